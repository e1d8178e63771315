"""Results: lists as files, and the views that somebody saved of them."""

from collections.abc import Callable
from typing import Any

from backend.foundation.kernel.ids import new_id
from tests.access.bank import Bank
from tests.access.living import Lives
from tests.access.questions import Question, said
from tests.features.stage import fixed

MADE = {"rows": 1, "size": 1, "sha256": "0" * 64, "reach": "0" * 64}
ORDER = {"list": "cases", "query": {}, "kind": "csv", "language": "en"}
VIEW = {"name": "Mine", "list": "cases", "query": {}}


def viewed(**values: Any) -> Callable[[Lives], Any]:
    """About the view that the family's head saved."""
    return lambda lives: {"view": fixed(f"view of {lives.line}")} | values


QUESTIONS: dict[str, Question] = {
    "exports.order": Question("new export", said(**ORDER), "manager"),
    "exports.progress": Question("export", said(rows=1)),
    "exports.fail": Question("export", said(problem="busy")),
    "exports.finish": Question("export", said(**MADE)),
    "exports.remove": Question("export"),
    "saved_views.add": Question("saved views", lambda _: VIEW | {"view": new_id()}, "head"),
    "saved_views.change": Question("saved views", viewed(name="Other"), "head"),
    "saved_views.move": Question("saved views", viewed(place=0), "head"),
    "saved_views.prefer": Question("saved views", viewed(standard=True), "head"),
    "saved_views.remove": Question("saved views", viewed(), "head"),
}


async def live(bank: Bank, lives: Lives) -> None:
    """A file that the family's manager has ordered, and a view that the head saved."""
    rec = lives.recs["export"] = QUESTIONS["exports.order"].rec(lives)
    await lives.manager.must("exports.order", rec, ORDER)
    rec = lives.recs["saved views"] = ("saved_views", lives.head.id)
    await lives.head.must("saved_views.add", rec, viewed(**VIEW)(lives))
