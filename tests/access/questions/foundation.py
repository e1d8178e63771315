"""Commands of the foundation: organisation, people, evidence, checklists, privacy."""

from typing import Any

import msgspec

from backend.foundation.checklists.template import TemplateDoc, template_id
from backend.foundation.kernel.canonical import digest
from backend.foundation.kernel.ids import new_id
from tests.access.bank import Bank
from tests.access.living import Lives
from tests.access.questions import Question, Rec, said
from tests.features.stage import CITY, RIVERSIDE, document, fixed, picture, words
from tests.features.visits.builders import notice

SOMEBODY = ("person", fixed("ana"))
SOMEWHERE = {"name": words("Name")}
HASH = f"$argon2id$v=19$m=65536,t=3,p=4${'c2FsdHNhbHQ' * 2}${'aGFzaGhhc2g' * 4}"
LOOK = {
    "type": "image/jpeg",
    "width": 40,
    "height": 30,
    "sharpness": 9,
    "brightness": 9,
    "contrast": 9,
    "fingerprint": "0" * 16,
    "gradient": "0" * 16,
}


def _fresh_doc(lives: Lives) -> dict[str, Any]:
    return document(f"Not yet published in {lives.line}")


def _fresh_template(lives: Lives) -> Rec:
    return "template", template_id(msgspec.convert(_fresh_doc(lives), TemplateDoc))


def _to_publish(lives: Lives) -> dict[str, Any]:
    doc = {"code": "SQ", "edition": "next", "line": lives.line, "rhythm": "monthly"}
    return doc | {"doc": _fresh_doc(lives)}


def _to_put_in_force(lives: Lives) -> dict[str, Any]:
    clause = {"no": "1", "kind": "hard", "text": words("Clause"), "points": 10}
    named = {"code": "NET", "title": words("Standard"), "edition": "next", "line": lives.line}
    return named | {"effective_from": "2031-01-01", "clauses": [clause]}


def _to_tell(lives: Lives) -> dict[str, Any]:
    return {"doc": notice() | {"edition": "next", "code": lives.line}}


def _brought(name: str) -> Any:
    return lambda lives: ("blob", picture(f"{lives.line} {name}")["sha256"])


def _awaited(lives: Lives) -> dict[str, Any]:
    return {"digest": lives.photos["case waiting"], "reason": "the phone is lost"}


QUESTIONS: dict[str, Question] = {
    "organisation.add_unit": Question(
        "new unit", said(code="99", level="branch", **SOMEWHERE), "keeper"
    ),
    "organisation.change_unit": Question(lambda _: ("unit", CITY), said(**SOMEWHERE), "keeper"),
    "organisation.add_outlet": Question(
        "new outlet", said(code="99", unit=CITY, **SOMEWHERE), "keeper"
    ),
    "organisation.change_outlet": Question(
        lambda _: ("outlet", RIVERSIDE), said(**SOMEWHERE), "keeper"
    ),
    "organisation.add_line": Question(lambda _: ("line", "micro"), said(**SOMEWHERE), "keeper"),
    "organisation.set_calendar_days": Question(
        lambda _: ("calendar", "2026"), said(days={}), "keeper"
    ),
    "organisation.import_calendar_year": Question(lambda _: ("calendar", "2025"), said(), "keeper"),
    "identity.add_person": Question(
        "new person", said(username="new.person", name="New"), "keeper"
    ),
    "identity.change_person": Question(lambda _: SOMEBODY, said(name="Other"), "keeper"),
    "identity.hold_post": Question(
        lambda _: SOMEBODY,
        lambda lives: {
            "post": new_id(),
            "role": "security",
            "line": lives.line,
            "title": words("Post"),
        },
        "keeper",
    ),
    "identity.leave_post": Question(lambda _: SOMEBODY, said(post=fixed("post ana")), "keeper"),
    "identity.suspend_person": Question(lambda _: SOMEBODY, said(reason="left"), "keeper"),
    "identity.restore_person": Question(
        lambda _: ("person", fixed("stopped_one")), said(), "keeper"
    ),
    "identity.set_password": Question(lambda _: SOMEBODY, said(password_hash=HASH), "keeper"),
    "identity.set_device_state": Question(
        lambda _: ("device", "decoy-phone"), said(state="suspended", reason="lost"), "keeper"
    ),
    "identity.end_sessions": Question(lambda _: ("device", "decoy-phone"), said(), "keeper"),
    "identity.confirm_erased": Question(
        lambda lives: ("device", f"{lives.receiver.id}-meant"), said(unsent=0), "receiver"
    ),
    # Nobody's but one's own: whoever it belongs to is refused here for what is sealed.
    "identity.set_pin": Question(
        lambda lives: ("pin", lives.head.id), said(sealed="xfs1.WEZFWDEK"), "head"
    ),
    "identity.reset_pin": Question(lambda lives: ("pin", lives.head.id), said(), "keeper"),
    "identity.appoint_deputy": Question(
        "new deputy",
        said(
            person=fixed("chen_jie"),
            deputy=fixed("zhao_min"),
            first_day="2027-03-01",
            last_day="2027-03-05",
            reason="on leave",
        ),
        "keeper",
    ),
    "identity.end_deputy": Question(lambda _: ("deputy", fixed("now")), said(), "keeper"),
    "identity.hand_over_work": Question(
        lambda _: SOMEBODY,
        lambda lives: {
            "to": fixed("li_na"),
            "items": [lives.recs["round open"]],
            "reason": "moves to another post",
        },
        "keeper",
    ),
    "evidence.receive": Question(_brought("new"), said(size=9, type="image/jpeg", by=SOMEBODY[1])),
    "evidence.accept": Question(_brought("stored"), said(**LOOK)),
    "evidence.refuse": Question(_brought("stored"), said(reason="cut_short")),
    "evidence.erased": Question(_brought("stored"), said(order=fixed("order"))),
    "evidence.waive": Question("round sent", _awaited, "manager"),
    "evidence.open_sealed": Question("photo sealed", said(reason="asked by a court"), "officer"),
    "checklists.publish_template": Question(_fresh_template, _to_publish, "keeper", True),
    "checklists.retire_template": Question("template", said(), "keeper"),
    "checklists.keep_draft": Question("new template_draft", said(code="SQ"), "keeper"),
    "checklists.drop_draft": Question("draft", said(), "keeper"),
    "checklists.publish_edition": Question("new standard_edition", _to_put_in_force, "keeper"),
    "checklists.end_edition": Question("edition", said(effective_to="2030-12-31"), "keeper"),
    "privacy.publish_notice": Question(
        lambda lives: ("privacy_notice", digest(_to_tell(lives)["doc"])), _to_tell, "officer", True
    ),
    "privacy.retire_notice": Question(
        lambda _: ("privacy_notice", digest(notice())), said(), "officer"
    ),
    "privacy.withdraw": Question(
        "consent under way", said(channel="phone", asked_by="person"), "manager"
    ),
    "privacy.hold": Question(
        "new hold",
        lambda lives: {"parent": lives.recs["visit under way"], "why": "a court asked"},
        "officer",
    ),
    "privacy.release": Question("hold", said(why="over"), "officer"),
    "privacy.repeat_erasure": Question("round sent", said()),
    "privacy.expire": Question("visit accepted", said(klass="visit_record")),
}


async def live(bank: Bank, lives: Lives) -> None:
    """A draft of the administrator's, and an edition of a standard of this line."""
    keeper = bank.who("keeper")
    draft = lives.recs["draft"] = ("template_draft", new_id())
    await keeper.must("checklists.keep_draft", draft, {"code": "SQ"})
    edition = lives.recs["edition"] = ("standard_edition", new_id())
    args = _to_put_in_force(lives) | {"edition": "first", "effective_from": "2026-01-01"}
    await keeper.must("checklists.publish_edition", edition, args)
