"""Editions of standards: published once, in force from a day on, never reworded.

Editions of one standard do not overlap, so that on every day at most one is in force. An edition
without a last day ends by itself on the day before the next one begins.
"""

from datetime import timedelta

import msgspec

from backend.foundation.checklists import problems
from backend.foundation.checklists.commands import EndEdition, PublishEdition
from backend.foundation.checklists.days import day_of
from backend.foundation.checklists.facts import EditionEnded, EditionPublished
from backend.foundation.checklists.handlers import require_publisher
from backend.foundation.checklists.model import Edition
from backend.foundation.checklists.tables import EDITIONS
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.work import Work
from backend.foundation.kernel import canonical
from backend.foundation.kernel.clock import wire
from backend.foundation.kernel.problem import args_invalid, id_taken


async def publish_edition(work: Work, asked: PublishEdition, ctx: Context) -> Outcome:
    """Refuses doubled numbers, missing words, and days that belong to another edition."""
    require_publisher(ctx, asked.line, "publish_edition")
    _require_kind(ctx)
    if await work.load(EDITIONS, ctx.rec[1]) is not None:
        raise id_taken()
    if await work.published("line", asked.line) is None:
        raise args_invalid(field="line", reason="there is no such line")
    require_clauses(asked)
    await work.hold("standard_code", asked.code)
    others = await _of_standard(work, asked.code, asked.line)
    ended = placed(asked, others)
    for other in ended:
        work.save(EDITIONS, other)
        work.touch("standard_edition", other.id)
    made = Edition(
        id=ctx.rec[1],
        published_by=ctx.actor.id,
        published_at=wire(ctx.now),
        **{name: getattr(asked, name) for name in PublishEdition.__struct_fields__},
    )
    work.save(EDITIONS, made)
    work.touch("standard_edition", made.id)
    digest = canonical.digest([msgspec.to_builtins(clause) for clause in made.clauses])
    fact = EditionPublished(
        made.id, made.code, made.edition, made.line, made.effective_from, digest
    )
    return Outcome((fact, *(EditionEnded(one.id, one.effective_to or "") for one in ended)))


async def end_edition(work: Work, asked: EndEdition, ctx: Context) -> Outcome:
    """Items go on citing it; only new checklists should cite another."""
    edition = await work.load(EDITIONS, ctx.rec[1])
    if edition is None or not ctx.actor.is_at(None, edition.line):
        raise problems.edition_unknown()
    require_publisher(ctx, edition.line, "end_edition")
    if day_of(asked.effective_to, "effective_to") < day_of(
        edition.effective_from, "effective_from"
    ):
        raise problems.edition_days()
    await work.hold("standard_code", edition.code)
    for other in await _of_standard(work, edition.code, edition.line):
        if edition.effective_from < other.effective_from <= asked.effective_to:
            raise problems.edition_overlap(edition=other.edition)
    work.save(EDITIONS, msgspec.structs.replace(edition, effective_to=asked.effective_to))
    work.touch("standard_edition", edition.id)
    return Outcome((EditionEnded(edition.id, asked.effective_to),))


def require_clauses(asked: PublishEdition) -> None:
    """Refuses numbers that come twice and words that are missing in a language. Pure."""
    seen: set[str] = set()
    for clause in asked.clauses:
        if clause.no in seen:
            raise problems.clause_doubled(clause=clause.no)
        seen.add(clause.no)
        if not clause.text.zh.strip() or not clause.text.en.strip():
            raise problems.clause_words(clause=clause.no)
    if not asked.title.zh.strip() or not asked.title.en.strip():
        raise args_invalid(field="title", reason="both Chinese and English words are needed")


def placed(asked: PublishEdition, others: list[Edition]) -> list[Edition]:
    """Editions that end because this one begins. Pure. Raises `edition_taken`, `edition_days`,
    `edition_overlap`."""
    begins = day_of(asked.effective_from, "effective_from")
    if asked.effective_to is not None and day_of(asked.effective_to, "effective_to") < begins:
        raise problems.edition_days()
    ended: list[Edition] = []
    for other in others:
        if other.edition == asked.edition:
            raise problems.edition_taken(code=asked.code, edition=asked.edition)
        if other.effective_to is None and other.effective_from < asked.effective_from:
            last = (begins - timedelta(days=1)).isoformat()
            ended.append(msgspec.structs.replace(other, effective_to=last))
        elif _overlap(asked, other):
            raise problems.edition_overlap(edition=other.edition)
    return ended


async def _of_standard(work: Work, code: str, line: str) -> list[Edition]:
    # A code of another line is another standard: nobody learns here what lies there.
    return [one for one in await work.find(EDITIONS, code=code) if one.line == line]


def _overlap(asked: PublishEdition, other: Edition) -> bool:
    # ISO days compare as they follow one another.
    begins_before_it_ends = other.effective_to is None or asked.effective_from <= other.effective_to
    ends_after_it_begins = asked.effective_to is None or asked.effective_to >= other.effective_from
    return begins_before_it_ends and ends_after_it_begins


def _require_kind(ctx: Context) -> None:
    if ctx.rec[0] != "standard_edition":
        raise args_invalid(field="rec", reason=f"{ctx.op} is about an edition of a standard")
