"""Results: lists as files."""

from tests.access.bank import Bank
from tests.access.living import Lives
from tests.access.questions import Question, said

MADE = {"rows": 1, "size": 1, "sha256": "0" * 64, "reach": "0" * 64}
ORDER = {"list": "cases", "query": {}, "kind": "csv", "language": "en"}
QUESTIONS: dict[str, Question] = {
    "exports.order": Question("new export", said(**ORDER), "manager"),
    "exports.progress": Question("export", said(rows=1)),
    "exports.fail": Question("export", said(problem="busy")),
    "exports.finish": Question("export", said(**MADE)),
    "exports.remove": Question("export"),
}


async def live(bank: Bank, lives: Lives) -> None:
    """A file that the family's manager has ordered."""
    rec = lives.recs["export"] = QUESTIONS["exports.order"].rec(lives)
    await lives.manager.must("exports.order", rec, ORDER)
