"""Items cite clauses of an edition that lies here, in its own words and points."""

from collections.abc import Iterator

from backend.foundation.checklists import problems
from backend.foundation.checklists.commands import EditionClause
from backend.foundation.checklists.model import Edition
from backend.foundation.checklists.tables import EDITIONS
from backend.foundation.checklists.template import Clause, Item, TemplateDoc, items_of
from backend.foundation.journal.work import Work
from backend.foundation.kernel.problem import Problem


async def require_cited(work: Work, doc: TemplateDoc, line: str) -> None:
    """Refuses a citation that the edition does not bear out. An item without `edition` cites what
    nobody here can look up, and is taken as it is."""
    ids = {item.clause.edition for item in items_of(doc) if item.clause and item.clause.edition}
    editions = {one.id: one for one in await work.load_many(EDITIONS, sorted(ids))}
    for _, problem in misquoted(doc, line, editions):
        raise problem


def misquoted(
    doc: TemplateDoc, line: str, editions: dict[str, Edition]
) -> Iterator[tuple[Item, Problem]]:
    """Items whose clause is not there, or says something else. Pure.

    Editions of another line are not there: their words must not reach the phones of this one.
    """
    for item in items_of(doc):
        if item.clause is None or item.clause.edition is None:
            continue
        edition = editions.get(item.clause.edition)
        found = None if edition is None or edition.line != line else _found(item.clause, edition)
        if edition is None or found is None:
            yield item, problems.clause_unknown(no=item.no, clause=item.clause.no)
        elif item.clause != cited(edition, found):
            yield item, problems.clause_differs(no=item.no, clause=item.clause.no)


def cited(edition: Edition, clause: EditionClause) -> Clause:
    """The clause as an item carries it."""
    return Clause(
        standard=edition.title.zh,
        no=clause.no,
        kind=clause.kind,
        edition=edition.id,
        text=clause.text,
        points=clause.points,
    )


def _found(clause: Clause, edition: Edition) -> EditionClause | None:
    return next((one for one in edition.clauses if one.no == clause.no), None)
