"""One living record of every kind, in every state that some command needs: made by real commands.

`Lives` holds them by name for one of the two families (a line at Riverside). Every photo that the
matrix asks for has bytes in the store; what its states are called stands in `photos`.
"""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from backend.features.rectifications.reactions import case_id
from backend.foundation.kernel import canonical
from backend.foundation.kernel.ids import new_id
from media.store import ObjectStore, original_key, rendition_key
from tests.access.bank import Bank
from tests.features.events.ground import by_roster, plan, walked_in
from tests.features.stage import (
    OPERATIONS,
    RIVERSIDE,
    Hand,
    document,
    fixed,
    passing,
    picture,
)
from tests.features.visits.builders import Home

Rec = tuple[str, str]
WINDOW = {"opens_at": "2026-11-24T00:00:00.000Z", "due_at": "2026-11-27T10:00:00.000Z"}
PURPOSES = ("events.attendance", "events.contact", "events.photos", "events.children")


@dataclass
class Lives:
    """The records of one family, and its people by what they do there."""

    line: str
    inspector: Hand
    manager: Hand
    head: Hand
    teller: Hand
    outreach: Hand
    receiver: Hand
    unit: str
    template: str = ""
    recs: dict[str, Rec] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    photos: dict[str, str] = field(default_factory=dict)  # digest by what it is a photo of
    told: dict[str, str] = field(default_factory=dict)  # what a digest was made from

    def shot(self, name: str, **more: Any) -> dict[str, Any]:
        """The phone's record of a picture of this family alone."""
        made = picture(f"{self.line} {name}", **more)
        self.photos[name] = made["sha256"]
        self.told[made["sha256"]] = f"{self.line} {name}"
        return made

    def marks(self) -> set[str]:
        """Ids and digests that nobody outside of the family may ever be sent."""
        told = {id for name, id in self.ids.items() if not name.endswith("notice")}
        own = {id for _, id in self.recs.values()} | told
        return {mark for mark in own | set(self.photos.values()) if len(mark) > 30}


async def live(bank: Bank, store: ObjectStore, line: str, event_notice: str) -> Lives:
    """Everything of one family."""
    by_line = {
        "service": ("li_na", "chen_jie", "wang_fang", "xiao_chen", "lin_xia", "guo_qiang"),
        "security": ("he_ping", "hu_bo", "wang_fang", "lu_wei", "ma_tao", "shi_lei"),
    }
    unit = OPERATIONS if line == "service" else fixed("unit section")
    inspector, manager, head, teller, outreach, receiver = map(bank.who, by_line[line])
    lives = Lives(line, inspector, manager, head, teller, outreach, receiver, unit)
    lives.template = await bank.publish(document(f"Rounds of {line}"), line, line=line)
    lives.recs["template"] = ("template", lives.template)
    for part in (_rounds, _cases, _visits):
        await part(bank, lives)
    await _events(bank, lives, event_notice)
    await _rest(bank, lives, event_notice)
    await _bytes(store, lives)
    return lives


async def _round(bank: Bank, lives: Lives, name: str, **answers: Any) -> Rec:
    rec = lives.recs[name] = ("round", new_id())
    asked = {"template": lives.template, "outlet": RIVERSIDE, "assignee": lives.inspector.id}
    await lives.manager.must("inspections.assign", rec, asked | WINDOW | {"rhythm": "monthly"})
    for key, value in answers.items():
        await lives.inspector.must("inspections.set_answer", rec, {"item": key, "value": value})
    return rec


async def _rounds(bank: Bank, lives: Lives) -> None:
    await _round(bank, lives, "round assigned")
    rec = await _round(bank, lives, "round open", **passing() | {"i_ramp": "fail"})
    shot = lives.shot("round open")
    lives.ids["finding"] = await bank.finding(lives.inspector, rec, shot)
    lives.ids["photo of round"] = shot["id"]
    await bank.arrive(shot, by=lives.inspector)
    lives.recs["sheet"] = ("sheet", rec[1])
    ready = await _round(bank, lives, "round ready", **passing())
    lives.ids["ready hash"] = (await bank.manifest_of(ready))["manifest"]["hash"]


async def _shown(bank: Bank, lives: Lives, name: str, by: Hand, *, arrives: bool = True) -> Any:
    shot = lives.shot(name)
    if arrives:
        await bank.arrive(shot, by=by)
    return shot


async def _cases(bank: Bank, lives: Lives) -> None:
    """One round handed in, a case of it in every state, and a photo that has not arrived."""
    rec = await _round(bank, lives, "round sent", **passing() | {"i_ramp": "fail"})
    states = ("open", "accepted", "reported", "closed", "waiting", "offered", "cancelled")
    for state in states:
        arrives = state != "waiting"
        shot = await _shown(bank, lives, f"case {state}", lives.inspector, arrives=arrives)
        found = await bank.finding(lives.inspector, rec, shot, text=f"{lives.line} {state}")
        lives.recs[f"case {state}"] = ("rectification", case_id(found))
    await bank.submit(lives.inspector, rec)
    for state in states[1:-1]:
        await lives.head.must("rectifications.accept", lives.recs[f"case {state}"])
    for state in ("accepted", "reported", "closed"):
        case = lives.recs[f"case {state}"]
        fixed_ = await _shown(bank, lives, f"fix {state}", lives.head)
        await lives.head.must("rectifications.attach", case, {"photo": fixed_})
        lives.ids[f"fix {state}"] = fixed_["id"]
        if state != "accepted":
            await lives.head.must("rectifications.report", case, {"note": "done"})
    closed = {"content_digest": await bank.seen(lives.recs["case closed"])}
    await lives.manager.must("rectifications.approve", lives.recs["case closed"], closed)
    wish = {"until": "2026-12-31", "reason": "parts are ordered"}
    await lives.head.must("rectifications.request_extension", lives.recs["case waiting"], wish)
    offer = {"to_unit": lives.unit, "to_person": lives.receiver.id, "reason": "yours"}
    await lives.head.must("rectifications.hand_over", lives.recs["case offered"], offer)
    await lives.manager.must("rectifications.cancel", lives.recs["case cancelled"], {"reason": "x"})


def home(bank: Bank, lives: Lives, notice: str) -> Home:
    """A visit of the family's people, not yet asked for."""
    made = Home(bank)
    made.a, made.b, made.judge, made.notice = lives.outreach, lives.teller, lives.manager, notice
    made.shot = lambda name, **more: lives.shot(f"visit {made.id} {name}", **more)
    return made


async def _visits(bank: Bank, lives: Lives) -> None:
    notice = bank.visit_notice
    where = {"line": lives.line}
    homes = {
        "requested": await home(bank, lives, notice).requested(**where),
        "scheduled": await home(bank, lives, notice).scheduled(**where),
        "guidance": await home(bank, lives, notice).at_home(kind="guidance", **where),
        "collection": await home(bank, lives, notice).at_home(kind="collection", **where),
    }
    for state in ("under way", "submitted", "accepted"):
        one = homes[state] = await home(bank, lives, notice).consented(**where)
        lives.recs[f"consent {state}"] = one.consent
        await one.answers()
        lives.photos[f"visit {state}"] = lives.photos.pop(f"visit {one.id} at the door")
        if state != "under way":
            await one.a.must("visits.submit", one.visit, {})
    await homes["accepted"].judge.must(
        "visits.accept", homes["accepted"].visit, await homes["accepted"].seen()
    )
    lives.recs["authorisation"] = await homes["accepted"].authorisation()
    for state, one in homes.items():
        lives.recs[f"visit {state}"], lives.recs[f"person {state}"] = one.visit, one.person
    for aspect in ("identity", "condition", "intention", "photos", "recording"):
        lives.recs[f"answer {aspect}"] = homes["under way"].part(aspect)
    body = await bank.body(*homes["under way"].part("photos"))
    lives.ids["photo of visit"] = body["photos"][0]
    body = await bank.body(*homes["submitted"].part("photos"))
    lives.recs["photo sealed"] = ("photo", body["photos"][0])


def giving(lives: Lives, notice: str) -> dict[str, Any]:
    """A yes to everything at an event, spoken before a witness."""
    return {
        "id": new_id(),
        "notice": notice,
        "principal": "person",
        "answers": [{"purpose": one, "given": True} for one in PURPOSES],
        "how": "spoken",
        "staff": [lives.teller.id],
        "witness": lives.head.id,
    }


async def _events(bank: Bank, lives: Lives, notice: str) -> None:
    staff = [lives.head.id, lives.teller.id]
    for state in ("draft", "proposed", "approved", "open", "closed", "concluded"):
        rec = lives.recs[f"event {state}"] = ("event", new_id())
        await lives.head.must("events.plan", rec, plan(line=lives.line, staff=staff))
        if state == "draft":
            continue
        await lives.head.must("events.propose", rec, {"approver": lives.manager.id})
        if state == "proposed":
            continue
        await lives.manager.must("events.approve", rec, {"content_digest": await bank.seen(rec)})
        if state == "approved":
            continue
        await lives.head.must("events.open", rec)
        if state == "open":
            await _open_event(bank, lives, rec, notice)
            continue
        await lives.head.must("events.close", rec)
        if state == "concluded":
            await lives.head.must("events.conclude", rec, {"lessons": lives.line})


async def _open_event(bank: Bank, lives: Lives, rec: Rec, notice: str) -> None:
    entry = {"id": new_id(), "kind": "guest", "name": f"Guest of {lives.line}", "code": "G001"}
    lives.ids["entry"] = entry["id"]
    roster = lives.recs["roster"] = ("event_roster", new_id())
    asked = {"event": rec[1], "entries": [entry]}
    await lives.head.must("events.invite", roster, asked)
    for name, args in (("a", by_roster(rec, entry["id"])), ("b", walked_in(rec))):
        seen = lives.recs[f"check_in {name}"] = ("check_in", new_id())
        await lives.head.must("events.check_in", seen, args)
    contact = lives.recs["follow_up"] = ("event_follow_up", new_id())
    told = giving(lives, notice)
    person = {"name": f"Ms Zhou of {lives.line}", "phone": "0797-8123456"}
    asked = {"event": rec[1], "consent": told, **person}
    await lives.teller.must("events.follow_up", contact, asked)
    lives.recs["consent event"] = ("consent", told["id"])
    lives.recs["event_key"] = ("event_key", rec[1])
    shot = await _shown(bank, lives, "event", lives.head)
    await lives.head.must("events.attach", rec, {"photo": shot, "people": "nobody"})
    lives.ids["photo of event"] = shot["id"]


async def _rest(bank: Bank, lives: Lives, event_notice: str) -> None:
    """What questions need to know of these records: contents, notices, bytes on their way."""
    lives.ids |= {"visit notice": bank.visit_notice, "event notice": event_notice}
    for name in ("case reported", "visit submitted", "event proposed", "event concluded"):
        lives.ids[f"seen {name}"] = await bank.seen(lives.recs[name])
    args = {"size": 9, "type": "image/jpeg", "by": lives.inspector.id}
    await bank.house(("evidence.receive", ("blob", lives.shot("stored")["sha256"]), args))


async def _bytes(store: ObjectStore, lives: Lives) -> None:
    """The bytes that these digests stand for, and the smaller pictures of them."""
    for name, digest in lives.photos.items():
        body = canonical.canonical({"picture": lives.told[digest]})
        assert hashlib.sha256(body).hexdigest() == digest, name
        await store.put(original_key(digest), body, sha256=digest)
        for size in (320, 1280):
            await store.put(rendition_key(digest, size), body, sha256=digest)
