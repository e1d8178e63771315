"""Commands of visits."""

from typing import Any

from backend.foundation.kernel.ids import new_id
from tests.access.living import Lives
from tests.access.questions import Question, said
from tests.features.stage import picture
from tests.features.visits.builders import PURPOSES, wanted

HOURS = {"day": "2026-11-24", "begins": "09:30", "ends": "11:00"}
OFFERED = {"by": "customer", "alternative": "later_visit"}
PLACE = {"lat": 1, "lon": 1, "acc": 5, "at": "2026-11-24T01:00:00.000Z"}


def _shot(lives: Lives) -> dict[str, Any]:
    return {"photo": picture(f"{lives.line} visit more {new_id()}")}


def _bag(lives: Lives) -> dict[str, Any]:
    bag = {"id": new_id(), "what": "sealed_bag", "number": "BAG-1"}
    at = "2026-11-24T01:00:00.000Z"
    return bag | {"giver": "customer", "taker": lives.outreach.id, "at": at}


def _agreed(lives: Lives) -> dict[str, Any]:
    told = {
        "id": new_id(),
        "notice": lives.ids["visit notice"],
        "principal": "person",
        "answers": [{"purpose": one, "given": True} for one in PURPOSES],
        "how": "spoken",
        "staff": [lives.outreach.id, lives.teller.id],
        "witness": lives.teller.id,
    }
    return {"consent": told}


def _seen(lives: Lives, **more: Any) -> dict[str, Any]:
    return {"content_digest": lives.ids["seen visit submitted"]} | more


QUESTIONS: dict[str, Question] = {
    "visits.request": Question("new visit_person", lambda lives: wanted(line=lives.line), "head"),
    "visits.schedule": Question(
        "visit requested",
        lambda lives: HOURS | {"staff": [lives.outreach.id, lives.teller.id]},
        "head",
    ),
    "visits.reorder": Question(
        lambda lives: ("visit_route", f"{lives.outreach.id}.2026-11-24"),
        lambda lives: {"order": [lives.recs["visit scheduled"][1]]},
        "outreach",
    ),
    "visits.postpone": Question("visit scheduled", said(reason="not_home", **OFFERED), "outreach"),
    "visits.decline": Question(
        "visit scheduled", said(reason="refuses_consent", **OFFERED), "outreach"
    ),
    "visits.cancel": Question("visit scheduled", said(reason="solved"), "head"),
    "visits.sign_in": Question("visit scheduled", said(), "outreach"),
    "visits.locate": Question("person under way", said(geo=PLACE), "outreach"),
    "visits.remark": Question("person under way", said(about="visit", text="well"), "outreach"),
    "visits.sign": Question("visit under way", _shot, "outreach"),
    "visits.consent": Question("visit guidance", _agreed, "outreach"),
    "visits.sight": Question(
        "answer identity",
        said(of="principal", document={"kind": "identity_card", "matches": True}),
        "outreach",
    ),
    "visits.note_agent": Question(
        "answer identity", said(present=True, relationship="child"), "outreach"
    ),
    "visits.observe": Question(
        "answer condition",
        said(responds_to_name="yes", states_purpose="yes", doubt=False),
        "outreach",
    ),
    "visits.record_intention": Question("answer intention", said(words="please"), "outreach"),
    "visits.note_recording": Question(
        "answer recording", said(recorder="REC-1", number="0001"), "outreach"
    ),
    "visits.attach": Question("answer photos", _shot, "outreach"),
    "visits.detach": Question(
        "answer photos", lambda lives: {"photo": lives.ids["photo of visit"]}, "outreach"
    ),
    "visits.authorise": Question(
        "visit under way",
        said(business=["pension"], scope="once", until="2026-12-31"),
        "outreach",
    ),
    "visits.guide": Question("visit guidance", said(topics=["log_in"], minutes=20), "outreach"),
    "visits.hand_over": Question("visit collection", _bag, "outreach"),
    "visits.submit": Question("visit under way", said(), "outreach"),
    "visits.accept": Question("visit submitted", _seen, "manager"),
    "visits.return": Question(
        "visit submitted", lambda lives: _seen(lives, points=["photos"]), "manager"
    ),
    "visits.use": Question(
        "authorisation", said(business="password_reset", reference="A-001"), "teller"
    ),
    "visits.revoke": Question("authorisation", said(reason="error"), "manager"),
}
