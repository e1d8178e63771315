"""Visits at people's homes: laid in every world, asked for, agreed to and taken back by its people.

Each customer has a mind of their own that never changes: some refuse photos, or to be asked how
they are. Staff record what they should, what they should not, and words that nobody wrote before;
customers take consents back from anybody who goes to homes or answers for it.
"""

import json
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, Protocol

from backend.foundation.journal.execute import Journal
from backend.foundation.kernel.actor import Actor, Grant
from backend.foundation.kernel.canonical import digest
from backend.foundation.kernel.problem import Problem
from tests.simulation.chance import chance, made_id

Asked = dict[str, Any]
OUTLET, LINE = "lake", "service"
ASPECTS = ("address", "identity", "condition", "intention", "photos", "recording")
# One where all is recorded and the second of the two has not signed in, one that is only planned,
# one that waits for review.
RECORDED, SCHEDULED, SUBMITTED = VISITS = tuple(made_id("visit", n) for n in range(3))
# Under which name of a command's arguments people's own words stand.
WORDS = {
    "visits.observe": "note",
    "visits.record_intention": "words",
    "visits.remark": "text",
    "visits.note_recording": "number",
}
_WEIGHTS = {
    "request": 2,
    "schedule": 4,
    "sign_in": 16,
    "consent": 14,
    "sight": 12,
    "note_agent": 8,
    "observe": 12,
    "record_intention": 14,
    "note_recording": 4,
    "authorise": 8,
    "remark": 8,
    "submit": 14,
    "withdraw": 9,
    "postpone": 2,
    "decline": 1,
    "use": 12,
    "revoke": 1,
}
_FOREIGN = 0.08  # of what people do, they do to a visit that their phone does not show
_FOR_A_VISIT = ("sight", "note_agent", "observe", "record_intention", "authorise", "remark")
_PART_OF = {
    "sight": "identity",
    "note_agent": "identity",
    "observe": "condition",
    "record_intention": "intention",
    "note_recording": "recording",
}


def _notice() -> dict[str, Any]:
    kinds = ("who", "purpose", "method", "kinds", "retention", "rights", "effect")
    return {
        "code": "home_visit",
        "edition": "1",
        "title": {"zh": "告知", "en": "Notice"},
        "points": [{"kind": kind, "text": {"zh": kind, "en": kind}} for kind in kinds],
        "purposes": [f"visits.{aspect}" for aspect in ASPECTS],
    }


NOTICE = digest(_notice())


def name_of(visit: str) -> str:
    """Who lives there."""
    return f"住户 {visit}"


def agrees(visit: str, aspect: str) -> bool:
    """What this customer answers, whoever asks and however often."""
    share = {"photos": 0.7, "recording": 0.5}.get(aspect, 1.0 if visit in VISITS else 0.9)
    return chance("mind", visit, aspect).random() < share


def photos_of(part: str) -> list[str]:
    """The record that photos of the same visit are attached to."""
    return ["visit_answer", f"{part.partition('.')[0]}.photos"]


class Desk(Protocol):
    """A server at which somebody works."""

    async def tuples(self, sql: str, *args: Any) -> Sequence[Sequence[Any]]: ...
    async def do_as(self, actor: Actor, op: str, rec: tuple[str, str], **args: Any) -> str: ...


async def lay(journal: Journal, pairs: Sequence[tuple[str, str]]) -> None:
    """The notice is in force; each pair of staff has one visit."""
    officer = Actor(made_id("officer"), "officer", (Grant("dpo"),), "officer")
    manager = Actor(made_id("coordinator"), "coordinator", (Grant("manager"),), "office")
    notice: Asked = {"doc": _notice()}
    rec = ("privacy_notice", NOTICE)
    await journal.command("privacy.publish_notice", rec, notice, actor=officer)
    for visit, pair in zip(VISITS, pairs, strict=True):
        wanted, plan = _wanted(visit), _plan(*pair)
        await journal.command("visits.request", ("visit_person", visit), wanted, actor=manager)
        await journal.command("visits.schedule", ("visit", visit), plan, actor=manager)
        if visit != SCHEDULED:
            await _record(journal, visit, *pair)
        if visit == SUBMITTED:
            for op, person in (("sign_in", pair[1]), ("submit", pair[0])):
                await journal.command(f"visits.{op}", ("visit", visit), {}, actor=_staff(person))


async def review(server: Desk, *, accepts: bool) -> int:
    """Somebody who answers for the line decides on all that was handed in: how many they could."""
    judge = Actor(made_id("coordinator"), "coordinator", (Grant("manager"),), "office")
    done = 0
    for id, body in await server.tuples("SELECT rec_id, body FROM record WHERE kind = 'visit'"):
        told = json.loads(body)
        if told is None or told["state"] != "submitted":
            continue
        seen: Asked = {"content_digest": told["content_digest"]}
        op, args = ("accept", seen) if accepts else ("return", seen | {"points": ["intention"]})
        try:
            await server.do_as(judge, f"visits.{op}", ("visit", id), **args)
            done += 1
        except Problem as refusal:
            if refusal.code != "visit_evidence_awaited":
                raise
    return done


async def _record(journal: Journal, visit: str, a: str, b: str) -> None:
    rng = chance("laid", visit)
    asked = [_asked("visits.sign_in", ["visit", visit], {})]
    asked += [_consent(visit, (a, b, b), made_id("laid", visit, "consent"))]
    asked += [_recorded(kind, visit, made_id("laid", visit, kind), rng) for kind in _FOR_A_VISIT]
    for one in asked:
        await journal.command(one["op"], tuple(one["rec"]), one["args"], actor=_staff(a))


def _staff(person: str) -> Actor:
    return Actor(person, person, (Grant("outreach"),), f"phone of {person}")


def act(
    rng: Random,
    shown: Mapping[str, Sequence[str]],
    people: Sequence[str],
    *names: object,
) -> Asked:
    """What somebody does about a visit. `shown` are the ids that their phone shows, by kind."""
    kind = rng.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
    visit = _visit(rng, shown)
    match kind:
        case "request":
            new = made_id(*names, "visit")
            return _asked("visits.request", ["visit_person", new], _wanted(new))
        case "schedule":
            return _asked("visits.schedule", ["visit", visit], _plan(*rng.sample(people, 2)))
        case "consent":
            return _consent(visit, rng.sample(people, 3), made_id(*names, "consent"))
        case "withdraw" if shown["consent"]:
            return _withdraw(rng, rng.choice(shown["consent"]))
        case "use" | "revoke" if shown["authorisation"]:
            return _on_authorisation(kind, rng.choice(shown["authorisation"]))
        case "withdraw" | "use" | "revoke":
            kind = "sign_in"
    return _recorded(kind, visit, made_id(*names, "words"), rng)


def _on_authorisation(kind: str, id: str) -> Asked:
    if kind == "revoke":
        return _asked("visits.revoke", ["authorisation", id], {"reason": "error"})
    done = {"business": "password_reset", "reference": "T-1000"}
    return _asked("visits.use", ["authorisation", id], done)


def _recorded(kind: str, visit: str, words: str, rng: Random) -> Asked:
    """What is recorded on the spot, with words that nobody else writes."""
    course = ["visit", visit]
    part = ["visit_answer", f"{visit}.{_PART_OF.get(kind)}"]
    match kind:
        case "sight":
            seen = {"kind": "identity_card", "matches": rng.random() < 0.95}
            return _asked("visits.sight", part, {"of": "principal", "document": seen})
        case "note_agent":
            return _asked("visits.note_agent", part, {"present": True, "relationship": "child"})
        case "observe":
            calm = {"responds_to_name": "yes", "states_purpose": "yes", "doubt": False}
            return _asked("visits.observe", part, calm | {"note": words})
        case "record_intention":
            return _asked("visits.record_intention", part, {"words": words})
        case "note_recording":
            return _asked("visits.note_recording", part, {"recorder": "R-1", "number": words})
        case "authorise":
            scope = rng.choice(("once", "until_expiry"))
            told = {"business": ["password_reset"], "scope": scope, "until": "2030-12-31"}
            return _asked("visits.authorise", course, told)
        case "postpone" | "decline":
            told = {"by": "customer", "reason": "other", "alternative": "branch"}
            return _asked(f"visits.{kind}", course, told)
        case "remark":
            rec = ["visit_person", visit]
            return _asked("visits.remark", rec, {"about": "visit", "text": words})
    return _asked(f"visits.{kind}", course, {})


def _visit(rng: Random, shown: Mapping[str, Sequence[str]]) -> str:
    """One that this person works on, if any is: its personal parts are on their phone."""
    mine = sorted({id.partition(".")[0] for id in (*shown["visit_person"], *shown["visit_answer"])})
    if rng.random() < _FOREIGN or not (mine or shown["visit"]):
        return rng.choice(VISITS)
    return rng.choice(mine or shown["visit"])


def _wanted(visit: str) -> dict[str, object]:
    return {
        "kind": "verification",
        "outlet": OUTLET,
        "line": LINE,
        "asked_by": "relative",
        "channel": "phone",
        "business": "password_reset",
        "why": "bedridden",
        "day": "2026-11-24",
        "begins": "09:30",
        "ends": "11:00",
        "person": {"name": name_of(visit), "address_as": "auntie", "address": f"湖滨路 {visit}"},
    }


def _plan(a: str, b: str) -> dict[str, object]:
    return {"day": "2026-11-24", "begins": "09:30", "ends": "11:00", "staff": [a, b]}


def _consent(visit: str, people: Sequence[str], id: str) -> Asked:
    a, b, witness = people
    told = {
        "id": id,
        "notice": NOTICE,
        "principal": "person",
        "answers": [
            {"purpose": f"visits.{aspect}", "given": agrees(visit, aspect)} for aspect in ASPECTS
        ],
        "how": "spoken",
        "witness": witness,
        "staff": [a, b],
    }
    return _asked("visits.consent", ["visit", visit], {"consent": told})


def _withdraw(rng: Random, consent: str) -> Asked:
    told: Asked = {"channel": rng.choice(("phone", "branch", "visit")), "asked_by": "person"}
    if rng.random() < 0.6:
        named = rng.sample(ASPECTS, rng.choice((1, 1, 2)))
        told["purposes"] = [f"visits.{aspect}" for aspect in named]
    return _asked("privacy.withdraw", ["consent", consent], told)


def _asked(op: str, rec: list[str], args: Asked) -> Asked:
    return {"op": op, "rec": rec, "args": args, "v": 1}
