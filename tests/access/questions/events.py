"""Commands of events."""

from typing import Any

from backend.foundation.kernel.ids import new_id
from tests.access.living import Lives, giving
from tests.access.questions import Question, said
from tests.features.events.ground import plan
from tests.features.stage import picture

REMARK = {"points": [{"about": "theme", "comment": "shorter"}]}


def _plan(lives: Lives) -> dict[str, Any]:
    return plan(line=lives.line, staff=[lives.head.id, lives.teller.id])


def _seen(state: str, **more: Any) -> Any:
    return lambda lives: {"content_digest": lives.ids[f"seen event {state}"]} | more


def _at(lives: Lives, **more: Any) -> dict[str, Any]:
    return {"event": lives.recs["event open"][1]} | more


def _told(lives: Lives) -> dict[str, Any]:
    return {"consent": giving(lives, lives.ids["event notice"])}


QUESTIONS: dict[str, Question] = {
    "events.plan": Question("new event", _plan, "head"),
    "events.revise": Question("event draft", _plan, "head"),
    "events.propose": Question("event draft", lambda lives: {"approver": lives.manager.id}, "head"),
    "events.approve": Question("event proposed", _seen("proposed"), "manager"),
    "events.return": Question("event proposed", _seen("proposed", **REMARK), "manager"),
    "events.cancel": Question("event approved", said(reason="rain"), "head"),
    "events.assign_staff": Question(
        "event approved", lambda lives: {"staff": [lives.teller.id]}, "head"
    ),
    "events.invite": Question(
        "new event_roster",
        lambda lives: _at(lives, entries=[{"id": new_id(), "name": "One more"}]),
        "head",
    ),
    "events.uninvite": Question("roster", lambda lives: {"entries": [lives.ids["entry"]]}, "head"),
    "events.open": Question("event approved", said(), "teller"),
    "events.close": Question("event open", said(), "teller"),
    "events.reopen": Question("event closed", said(reason="late guests"), "head"),
    "events.check_in": Question(
        "new check_in",
        lambda lives: _at(lives, how="walk_in", walk_in={"age_band": "18_39"}),
        "teller",
    ),
    "events.void": Question(
        "event open",
        lambda lives: {"check_ins": [lives.recs["check_in b"][1]], "reason": "twice"},
        "teller",
    ),
    "events.judge_duplicate": Question(
        "event open",
        lambda lives: {
            "a": lives.recs["check_in a"][1],
            "b": lives.recs["check_in b"][1],
            "same": True,
        },
        "head",
    ),
    "events.tally": Question("event open", said(counter="visitors", n=1), "teller"),
    "events.hand_out": Question("event open", said(material="lantern", n=1), "teller"),
    "events.restock": Question("event open", said(material="lantern", n=1), "teller"),
    "events.count_stock": Question("event open", said(material="lantern", counted=5), "teller"),
    "events.ask": Question(
        "event open", lambda _: {"id": new_id(), "text": "Is it insured?"}, "teller"
    ),
    "events.consent": Question("event open", _told, "teller"),
    "events.follow_up": Question(
        "new event_follow_up",
        lambda lives: _at(lives, name="Ms Wu", phone="0797-8123456", **_told(lives)),
        "teller",
    ),
    "events.done_follow_up": Question("follow_up", said(outcome="reached"), "teller"),
    "events.attach": Question(
        "event open",
        lambda lives: {
            "photo": picture(f"{lives.line} event more {new_id()}"),
            "people": "nobody",
        },
        "teller",
    ),
    "events.detach": Question(
        "event open", lambda lives: {"photo": lives.ids["photo of event"]}, "teller"
    ),
    "events.conclude": Question("event closed", said(lessons="earlier"), "teller"),
    "events.accept_result": Question("event concluded", _seen("concluded"), "manager"),
}
