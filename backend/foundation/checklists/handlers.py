"""Publishing and retiring checklist versions."""

from collections.abc import Iterable

import msgspec

from backend.foundation.checklists import problems
from backend.foundation.checklists.answering import template_for
from backend.foundation.checklists.assessing import require_assessed
from backend.foundation.checklists.citing import require_cited
from backend.foundation.checklists.commands import PublishTemplate, RetireTemplate
from backend.foundation.checklists.days import end_of
from backend.foundation.checklists.facts import TemplatePublished, TemplateRetired
from backend.foundation.checklists.listing import require_listed
from backend.foundation.checklists.model import Template
from backend.foundation.checklists.soundness import require_sound
from backend.foundation.checklists.tables import TEMPLATES
from backend.foundation.checklists.template import items_of, template_id
from backend.foundation.evidence import attaching
from backend.foundation.evidence.commands import Capture
from backend.foundation.evidence.model import bringer_id
from backend.foundation.evidence.tables import BLOBS, BRINGERS
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.work import Work
from backend.foundation.kernel.clock import wire
from backend.foundation.kernel.problem import args_invalid, forbidden
from backend.foundation.organisation.calendar import business_day

# The secretariat and administrators publish for lines their posts cover; a line's lead for it.
PUBLISHERS = frozenset({"secretariat", "admin", "line_lead"})


async def publish_template(work: Work, asked: PublishTemplate, ctx: Context) -> Outcome:
    """Refuses a version that is unsound, already there, or not what its id says."""
    require_publisher(ctx, asked.line, "publish_template")
    id = ctx.rec[1]
    if await work.load(TEMPLATES, id) is not None:
        raise problems.template_exists()
    if template_id(asked.doc) != id:
        raise problems.template_id_mismatch(id=id)
    if await work.published("line", asked.line) is None:
        raise args_invalid(field="line", reason="there is no such line")
    require_sound(asked.doc)
    require_assessed(asked.doc)
    await require_cited(work, asked.doc, asked.line)
    await require_listed(work, asked.doc, business_day(ctx.now))
    # Two versions of one code may be on their way at once: they are other records.
    await work.hold("template_code", asked.code)
    others = await work.find(TEMPLATES, code=asked.code)
    if any(other.edition == asked.edition for other in others):
        raise problems.template_edition_taken(code=asked.code, edition=asked.edition)
    await _attach_references(work, asked, pictures_of(others, asked.line), ctx)
    work.save(TEMPLATES, _template(id, asked, ctx))
    work.touch("template", id)
    return Outcome((TemplatePublished(id, asked.code, asked.edition, asked.line),))


async def retire_template(work: Work, asked: RetireTemplate, ctx: Context) -> Outcome:
    """Rounds that pinned the version keep it; only new ones can no longer choose it. A last day
    that is still ahead may be moved."""
    template = await template_for(work, ctx.rec[1], ctx.actor)
    require_publisher(ctx, template.line, "retire_template")
    if template.is_retired(ctx.now):
        raise problems.template_retired()
    retired_at = ctx.now
    if asked.last_day is not None:
        retired_at = end_of(asked.last_day, "last_day")
        if retired_at <= ctx.now:
            raise problems.last_day_past(day=asked.last_day)
    work.save(TEMPLATES, msgspec.structs.replace(template, retired_at=wire(retired_at)))
    work.touch("template", template.id)
    return Outcome((TemplateRetired(template.id, asked.last_day),))


def require_publisher(ctx: Context, line: str, move: str) -> None:
    if not ctx.actor.may(PUBLISHERS, line=line):
        raise forbidden(move=move)


def pictures_of(templates: Iterable[Template], line: str) -> frozenset[str]:
    """Digests of the reference pictures that phones of this line have with these versions."""
    return frozenset(
        digest
        for template in templates
        if template.line == line
        for item in items_of(template.doc)
        for digest in item.reference
    )


async def _attach_references(
    work: Work, asked: PublishTemplate, known: frozenset[str], ctx: Context
) -> None:
    """Reference pictures become photos of the template, so that its line's phones may have them.

    The publisher uploads them first, or takes them over from an earlier version of this line: a
    digest alone opens nobody's picture.
    """
    for item in items_of(asked.doc):
        for digest in item.reference:
            blob = await work.load(BLOBS, digest)
            brought = await work.load(BRINGERS, bringer_id(digest, ctx.actor.id))
            if blob is None or (brought is None and digest not in known):
                raise problems.reference_missing(no=item.no)
            capture = Capture(
                id=work.derive(f"{item.key}:{digest}"),
                sha256=digest,
                size=blob.size,
                type=blob.type,
                source="gallery",
                taken_at=wire(ctx.occurred_at),
                width=blob.width,
                height=blob.height,
            )
            await attaching.attach(
                work,
                capture,
                ctx,
                parent=("template", ctx.rec[1]),
                buckets=(f"line:{asked.line}",),
                purpose="reference",
                item=item.key,
            )


def _template(id: str, asked: PublishTemplate, ctx: Context) -> Template:
    return Template(
        id=id,
        code=asked.code,
        edition=asked.edition,
        line=asked.line,
        rhythm=asked.rhythm,
        title=asked.doc.title,
        doc=asked.doc,
        published_by=ctx.actor.id,
        published_at=wire(ctx.now),
        retired_at=None,
    )
