"""Commands of inspections and of rectifications."""

from typing import Any

from backend.foundation.kernel.ids import new_id
from tests.access.living import WINDOW, Lives
from tests.access.questions import Question, said
from tests.features.stage import RIVERSIDE, picture

DIGEST = "0" * 64


def _started(lives: Lives) -> dict[str, Any]:
    return {"template": lives.template, "outlet": RIVERSIDE}


def _assigned(lives: Lives) -> dict[str, Any]:
    return _started(lives) | WINDOW | {"assignee": lives.inspector.id, "rhythm": "monthly"}


def _photo(**more: Any) -> Any:
    return lambda lives: {"photo": picture(f"{lives.line} one more {new_id()}")} | more


def _handed_in(lives: Lives) -> dict[str, Any]:
    return {"manifest": {"answers": 3, "hash": lives.ids["ready hash"], "blobs": []}}


ROUNDS: dict[str, Question] = {
    "inspections.assign": Question("new round", _assigned, "manager"),
    "inspections.start": Question("new round", _started, "inspector"),
    "inspections.open": Question("round assigned", said(), "inspector"),
    "inspections.reassign": Question(
        "round assigned",
        lambda lives: {"assignee": lives.inspector.id, "reason": "ill"},
        "manager",
    ),
    "inspections.cancel": Question("round assigned", said(reason="closed today"), "manager"),
    "inspections.set_answer": Question(
        "round open", said(item="i_door", value="fail"), "inspector"
    ),
    "inspections.clear_answer": Question("sheet", said(item="i_door"), "inspector"),
    "inspections.attach": Question(
        "round open", _photo(purpose="answer", item="i_door"), "inspector"
    ),
    "inspections.detach": Question(
        "round open", lambda lives: {"photo": lives.ids["photo of round"]}, "inspector"
    ),
    "inspections.record_finding": Question(
        "round open",
        lambda _: {"finding": new_id(), "item": "i_ramp", "severity": "minor", "text": "dust"},
        "inspector",
    ),
    "inspections.drop_finding": Question(
        "round open", lambda lives: {"finding": lives.ids["finding"]}, "inspector"
    ),
    "inspections.submit": Question("round ready", _handed_in, "inspector"),
    "inspections.amend": Question(
        "round sent", said(item="i_door", value="fail", reason="seen again"), "manager"
    ),
}


def _seen(name: str, **more: Any) -> Any:
    return lambda lives: {"content_digest": lives.ids[f"seen {name}"]} | more


REMARK = {"points": [{"about": "note", "comment": "not clean yet"}]}
CASES: dict[str, Question] = {
    "rectifications.assign": Question(
        "case open", lambda lives: {"owner": lives.head.id}, "manager"
    ),
    "rectifications.accept": Question("case open", said(), "head"),
    "rectifications.decline": Question("case accepted", said(reason="not ours"), "head"),
    "rectifications.attach": Question("case accepted", _photo(), "head"),
    "rectifications.detach": Question(
        "case accepted", lambda lives: {"photo": lives.ids["fix accepted"]}, "head"
    ),
    "rectifications.report": Question("case accepted", said(note="done"), "head"),
    "rectifications.request_extension": Question(
        "case accepted", said(until="2026-12-31", reason="parts"), "head"
    ),
    "rectifications.extend": Question("case waiting", said(due_on="2026-12-31"), "manager"),
    "rectifications.refuse_extension": Question("case waiting", said(reason="no"), "manager"),
    "rectifications.approve": Question("case reported", _seen("case reported"), "manager"),
    "rectifications.return": Question("case reported", _seen("case reported", **REMARK), "manager"),
    "rectifications.reopen": Question("case closed", said(reason="came back"), "manager"),
    "rectifications.cancel": Question("case open", said(reason="raised twice"), "manager"),
    "rectifications.hand_over": Question(
        "case open",
        lambda lives: {"to_unit": lives.unit, "to_person": lives.receiver.id, "reason": "yours"},
        "manager",
    ),
    "rectifications.take_over": Question("case offered", said(), "receiver"),
    "rectifications.decline_over": Question("case offered", said(reason="not ours"), "receiver"),
}
QUESTIONS = ROUNDS | CASES
