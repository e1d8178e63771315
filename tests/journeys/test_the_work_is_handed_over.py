"""Lin Xia changes her post. What waits for her goes to others, and what she still sends is kept."""

from typing import Any

from tests.features.events.ground import planned
from tests.features.front import Front
from tests.features.stage import HILLTOP, RIVERSIDE, Stage, fixed, words
from tests.features.visits.builders import Home

RAMP = {"item": "i_ramp", "value": "fail", "note": "Boxes"}


async def branch(stage: Stage) -> tuple[Home, dict[str, tuple[str, str]]]:
    """Lin Xia visits, inspects and works at an event; an administrator is there. What she has."""
    for name, role, place in (
        ("lin_xia", "inspector", {"line": "service"}),
        ("sun_yue", "admin", {}),
        ("ana", "outreach", {}),
        ("ana", "outlet_staff", {"outlet": HILLTOP}),
    ):
        post = {"post": fixed(f"{name} {role}"), "role": role, "title": words("Post"), **place}
        await stage.house(("identity.hold_post", ("person", fixed(name)), post))
    home = await Home(stage).scheduled(line="service")
    event = await planned(stage, staff=[stage.lin_xia.id], line="service")
    case = await stage.case()
    await stage.chen_jie.must("rectifications.assign", case, {"owner": stage.lin_xia.id})
    held = {"round": await stage.round("lin_xia"), "visit": home.visit, "event": event}
    return home, held | {"rectification": case}


async def give(front: Front, to: str, *items: tuple[str, str]) -> dict[str, str]:
    """What became of each piece: its verdict, or the code of its refusal."""
    asked = {"to": fixed(to), "items": items, "reason": "moves to another post"}
    path = f"/v1/console/people/{fixed('lin_xia')}/work"
    answer = await front.call("sun_yue", "POST", path, json=asked)
    assert answer.status_code == 200, answer.text
    return {one["kind"]: one["code"] or one["s"] for one in answer.json()["results"]}


async def listed(front: Front) -> list[str]:
    told: Any = await front.get("sun_yue", f"/v1/console/people/{fixed('lin_xia')}/work")
    return [one["kind"] for one in told["work"]]


async def test_each_piece_goes_and_what_the_former_owner_sends_is_kept(
    stage: Stage, front: Front
) -> None:
    home, held = await branch(stage)
    await stage.lin_xia.sees()
    late = stage.lin_xia.ask("inspections.set_answer", held["round"], RAMP)
    assert sorted(await listed(front)) == sorted(held)
    told = await give(front, "ana", *held.values())
    assert told == dict.fromkeys(held, "applied")
    assert await listed(front) == []
    assert (await stage.lin_xia.push(late)).answers[0].s == "merged"
    sheet = await stage.body("sheet", held["round"][1])
    assert sheet["answers"]["i_ramp"]["by"] == stage.lin_xia.id
    bodies = {kind: await stage.body(*rec) for kind, rec in held.items()}
    ana = stage.ana.id
    assert (bodies["round"]["assignee"], bodies["rectification"]["owner"]) == (ana, ana)
    assert bodies["visit"]["staff"] == [ana, stage.xiao_chen.id]
    assert (bodies["visit"]["day"], bodies["visit"]["begins"]) == ("2026-11-24", "09:30")
    assert bodies["event"]["staff"] == [ana]
    (act,) = await stage.facts("identity.WorkHandedOver")
    assert (act["person"], act["to"], len(act["items"])) == (stage.lin_xia.id, ana, 4)
    assert home.visit in await (await stage.hand("ana", "another")).sees()


async def test_each_piece_that_cannot_go_says_why_and_the_others_go(
    stage: Stage, front: Front
) -> None:
    """Xiao Chen works at Riverside: no round there, and the visit would have one person twice."""
    _, held = await branch(stage)
    told = await give(front, "xiao_chen", *held.values(), ("round", fixed("nothing")))
    assert told == {
        "round": "work_elsewhere",
        "visit": "staff_pair",
        "event": "applied",
        "rectification": "applied",
    }
    assert (await stage.body(*held["round"]))["assignee"] == stage.lin_xia.id
    assert await give(front, "xiao_chen", held["round"]) == {"round": "own_outlet"}
    assert await give(front, "guo_qiang", held["round"]) == {"round": "assignee_out_of_scope"}
    assert await give(front, "ana", held["event"]) == {"event": "work_elsewhere"}
    assert sorted(await listed(front)) == ["round", "visit"]


async def test_a_visit_under_way_stays_with_those_who_are_there(stage: Stage, front: Front) -> None:
    home, held = await branch(stage)
    for one in (home.a, home.b):
        await one.must("visits.sign_in", home.visit, {})
    assert await give(front, "ana", held["visit"]) == {"visit": "bad_transition"}


async def test_only_administrators_hand_over_and_only_to_somebody_who_can_have_it(
    stage: Stage, front: Front
) -> None:
    _, held = await branch(stage)
    path = f"/v1/console/people/{fixed('lin_xia')}/work"
    asked: dict[str, Any] = {"to": fixed("ana"), "items": [held["round"]], "reason": "leaves"}
    for who, more, code in (
        ("chen_jie", {}, "forbidden"),
        ("sun_yue", {"to": fixed("lin_xia")}, "receiver_unfit"),
        ("sun_yue", {"to": fixed("nobody")}, "person_unknown"),
        ("sun_yue", {"items": []}, "args_invalid"),
    ):
        answer = await front.call(who, "POST", path, json=asked | more)
        assert answer.json()["code"] == code, (who, more)
    assert (await front.call("chen_jie", "GET", path)).json()["code"] == "forbidden"
    missing = await front.call("sun_yue", "GET", f"/v1/console/people/{fixed('nobody')}/work")
    assert missing.json()["code"] == "not_found"
    await stage.house(("identity.suspend_person", ("person", fixed("ana")), {"reason": "left"}))
    answer = await front.call("sun_yue", "POST", path, json=asked)
    assert answer.json()["code"] == "receiver_unfit"
    assert (await stage.body(*held["round"]))["outlet"] == RIVERSIDE
