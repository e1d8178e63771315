"""Publishing and retiring checklist versions."""

import msgspec

from backend.foundation.checklists import problems
from backend.foundation.checklists.answering import template_for
from backend.foundation.checklists.assessing import require_assessed
from backend.foundation.checklists.commands import PublishTemplate, RetireTemplate
from backend.foundation.checklists.facts import TemplatePublished, TemplateRetired
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

# The secretariat and administrators publish for lines their posts cover; a line's lead for it.
PUBLISHERS = frozenset({"secretariat", "admin", "line_lead"})


async def publish_template(work: Work, asked: PublishTemplate, ctx: Context) -> Outcome:
    """Refuses a version that is unsound, already there, or not what its id says."""
    _require_publisher(ctx, asked.line, "publish_template")
    id = ctx.rec[1]
    if await work.load(TEMPLATES, id) is not None:
        raise problems.template_exists()
    if template_id(asked.doc) != id:
        raise problems.template_id_mismatch(id=id)
    if await work.published("line", asked.line) is None:
        raise args_invalid(field="line", reason="there is no such line")
    require_sound(asked.doc)
    require_assessed(asked.doc)
    for other in await work.find(TEMPLATES, code=asked.code):
        if other.edition == asked.edition:
            raise problems.template_edition_taken(code=asked.code, edition=asked.edition)
    await _attach_references(work, asked, ctx)
    work.save(TEMPLATES, _template(id, asked, ctx))
    work.touch("template", id)
    return Outcome((TemplatePublished(id, asked.code, asked.edition, asked.line),))


async def retire_template(work: Work, asked: RetireTemplate, ctx: Context) -> Outcome:
    """Rounds that pinned the version keep it; only new ones can no longer choose it."""
    template = await template_for(work, ctx.rec[1], ctx.actor)
    _require_publisher(ctx, template.line, "retire_template")
    if template.retired_at is not None:
        raise problems.template_retired()
    work.save(TEMPLATES, msgspec.structs.replace(template, retired_at=wire(ctx.now)))
    work.touch("template", template.id)
    return Outcome((TemplateRetired(template.id),))


def _require_publisher(ctx: Context, line: str, move: str) -> None:
    if not ctx.actor.may(PUBLISHERS, line=line):
        raise forbidden(move=move)


async def _attach_references(work: Work, asked: PublishTemplate, ctx: Context) -> None:
    """Reference pictures become photos of the template, so that its line's phones may have them.

    The publisher uploads them first: a digest alone opens nobody's picture.
    """
    for item in items_of(asked.doc):
        for digest in item.reference:
            blob = await work.load(BLOBS, digest)
            brought = await work.load(BRINGERS, bringer_id(digest, ctx.actor.id))
            if blob is None or brought is None:
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
