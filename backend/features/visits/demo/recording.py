"""What the two staff record at one visit, by its kind."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from backend.demo.stage import Asked, Stage
from backend.foundation.kernel.clock import Moment, wire

Rec = tuple[str, str]
Told = dict[str, Any]
Capture = Callable[[Stage, str, str, Moment], Awaitable[dict[str, Any]]]
STAFF = ("outreach", "outreach2")


async def of_kind(
    stage: Stage, told: Told, visit: Rec, at: Moment, capture: Capture
) -> list[Asked]:
    """The commands of the first of the two, in order."""
    if told["kind"] == "guidance":
        args = {"topics": told["topics"], "minutes": told["minutes"]}
        return [("visits.guide", visit, args, at + timedelta(minutes=told["minutes"]))]
    if told["kind"] == "collection":
        return _hand_overs(stage, told, visit, at)
    asked = await _consent(stage, told, visit, at, capture)
    if "refusal" in told:
        return asked
    return [*asked, *await _verified(stage, told, visit, at, capture)]


def _hand_overs(stage: Stage, told: Told, visit: Rec, at: Moment) -> list[Asked]:
    mine = stage.id("person", STAFF[0])
    way = (("customer", mine, 12), (mine, "counter", 35))
    return [
        (
            "visits.hand_over",
            visit,
            {
                "id": stage.id("hand_over", f"{told['name']}:{number}"),
                "what": "sealed_bag",
                "number": told["bag"],
                "giver": giver,
                "taker": taker,
                "at": wire(at + timedelta(minutes=minute)),
            },
            at + timedelta(minutes=minute),
        )
        for number, (giver, taker, minute) in enumerate(way)
    ]


async def _consent(
    stage: Stage, told: Told, visit: Rec, at: Moment, capture: Capture
) -> list[Asked]:
    notices = await stage.bodies("privacy_notice")
    notice, body = next(one for one in notices.items() if one[1]["code"] == "home_visit")
    signed = at + timedelta(minutes=8)
    shot = await capture(stage, "signature", f"signature:{told['name']}", signed)
    refused = told.get("refused", ())
    giving = {
        "id": stage.id("consent", told["name"]),
        "notice": notice,
        "principal": "person",
        "answers": [
            {"purpose": one, "given": one.removeprefix("visits.") not in refused}
            for one in body["purposes"]
        ],
        "how": "signature",
        "staff": [stage.id("person", name) for name in STAFF],
        "photo": shot["id"],
    }
    return [
        ("visits.sign", visit, {"photo": shot}, signed),
        ("visits.consent", visit, {"consent": giving}, signed),
    ]


async def _verified(
    stage: Stage, told: Told, visit: Rec, at: Moment, capture: Capture
) -> list[Asked]:
    def later(minutes: int) -> Moment:
        return at + timedelta(minutes=minutes)

    def part(aspect: str) -> Rec:
        return ("visit_answer", f"{visit[1]}.{aspect}")

    observed = {**told["observed"], "note": stage.words(told["observed"]["note"])}
    agent = {"present": True, "relationship": told["person"]["agent"]["relationship"]}
    seen = {"kind": "identity_card", "matches": True}
    until = stage.workday(told["valid"]).isoformat()
    authority = {"business": [told["business"]], "scope": told["scope"], "until": until}
    asked: list[Asked] = [
        ("visits.sight", part("identity"), {"of": "principal", "document": seen}, later(10)),
        ("visits.sight", part("identity"), {"of": "agent", "document": seen}, later(11)),
        ("visits.note_agent", part("identity"), agent, later(11)),
        ("visits.observe", part("condition"), observed, later(14)),
        (
            "visits.record_intention",
            part("intention"),
            {"words": stage.words(told["words"])},
            later(18),
        ),
        ("visits.authorise", visit, authority, later(22)),
    ]
    for number, name in enumerate(told.get("photos", ())):
        shot = await capture(stage, name, f"{told['name']}:{name}", later(25 + number))
        asked.append(("visits.attach", part("photos"), {"photo": shot}, later(25 + number)))
    return asked
