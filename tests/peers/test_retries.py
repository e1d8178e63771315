"""Retries that made doubles, false refusals, or stopped everything behind them."""

import asyncio
from typing import Any

from backend.foundation.kernel.ids import new_id
from tests.features.front import Front
from tests.features.stage import RIVERSIDE, Stage, fixed

RAMP = {"item": "i_ramp", "value": "fail"}


async def test_retry_race_answered_deleted(stage: Stage) -> None:
    """ODK Central, 9 of 10 trials: of two identical posts that overlapped, one was answered "This
    submission has been deleted. You may not resubmit it.\""""
    for _ in range(10):
        rec = await stage.round()
        asked = stage.li_na.ask("inspections.set_answer", rec, RAMP)
        both = await asyncio.gather(*(stage.li_na.push(asked) for _ in range(4)))
        told = sorted(result.answers[0].s for result in both)
        assert told == ["applied", "duplicate", "duplicate", "duplicate"]
        assert {r.answers[0].original for r in both} == {None, "applied"}
    assert len(await stage.facts("inspections.AnswerSet")) == 10


async def test_an_unchanged_repeat_looked_like_a_failure(stage: Stage) -> None:
    """ODK Central's REST call answered 409 to an identical repeat after a lost answer."""
    rec = await stage.filled()
    submit = stage.li_na.ask("inspections.submit", rec, await stage.manifest_of(rec))
    first = (await stage.li_na.push(submit)).answers[0]
    stage.clock.pass_(days=40)
    again = (await stage.li_na.push(submit)).answers[0]
    assert (first.s, again.s, again.original) == ("applied", "duplicate", "applied")


async def test_doubles_with_one_identifier(stage: Stage) -> None:
    """kobotoolbox/kobocat#470, #859 and kpi#5047: a race of retries stored a record twice."""
    rec = ("round", new_id())
    args = {"template": stage.template, "outlet": RIVERSIDE}
    tablet = await stage.hand("li_na", "tablet")
    one = stage.li_na.ask("inspections.start", rec, args)
    two = tablet.ask("inspections.start", rec, args)
    results = await asyncio.gather(stage.li_na.push(one), tablet.push(two))
    told = sorted((r.answers[0].s, r.answers[0].code) for r in results)
    assert told == [("applied", None), ("rejected", "id_taken")]
    assert len(await stage.facts("inspections.Started")) == 1


async def test_one_bad_record_blocking_the_queue(stage: Stage) -> None:
    """dimagi/commcare-android#1721, #1807, #1823, #2289: one bad form and nothing went any more."""
    rec = await stage.round()
    hand = stage.li_na
    outbox = [
        hand.ask("inspections.set_answer", rec, {"item": "i_ramp", "value": "pass"}),
        hand.ask("inspections.levitate", rec, {}),
        hand.ask("inspections.set_answer", rec, {"item": "i_gone", "value": "pass"}),
        hand.ask("inspections.set_answer", ("round", new_id()), RAMP),
        hand.ask("inspections.set_answer", rec, {"item": 5}),
        hand.ask("inspections.set_answer", rec, {"item": "i_door", "value": "pass"}),
    ]
    result = await hand.push(*outbox)
    assert [answer.code for answer in result.answers] == [
        None,
        "op_unknown",
        "template_item_unknown",
        "not_found",
        "args_invalid",
        None,
    ]
    assert result.last_seq == len(outbox)
    assert set((await stage.body("sheet", rec[1]))["answers"]) == {"i_ramp", "i_door"}


async def test_bytes_that_cannot_be_read_blocking_the_queue(stage: Stage, front: Front) -> None:
    """The same over HTTP, with a command that is no command at all."""
    rec = await stage.round()
    commands = [
        sent(stage, rec, 1, "i_ramp"),
        {"id": new_id(), "seq": 2, "op": 7},
        sent(stage, rec, 3, "i_door"),
    ]
    answer = await front.call(
        "li_na", "POST", "/v1/sync/push", json={"req": "r1", "saw": 0, "commands": commands}
    )
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert [one["s"] for one in told["results"]] == ["applied", "rejected", "applied"]
    assert told["last_seq"] == 3


async def test_stuck_by_other_content_under_the_same_id(stage: Stage) -> None:
    """getodk/collect#5317: after a cancelled upload the phone was refused for ever with "different
    XML". The second content is kept, and what comes behind it is taken."""
    rec = await stage.round()
    first = stage.li_na.ask("inspections.set_answer", rec, RAMP)
    await stage.li_na.push(first)
    other = {"item": "i_ramp", "value": "pass"}
    changed = stage.li_na.ask("inspections.set_answer", rec, other, id=first.id)
    behind = {"item": "i_door", "value": "pass"}
    following = stage.li_na.ask("inspections.set_answer", rec, behind)
    result = await stage.li_na.push(changed, following)
    assert [(a.s, a.code) for a in result.answers] == [
        ("rejected", "command_reused"),
        ("applied", None),
    ]
    assert [one["args"] for one in await stage.kept("command_reused")] == [other]


async def test_a_rejected_push_left_no_trace(stage: Stage) -> None:
    """Aam-Digital/ndb-core#4179: a refused push left no error anywhere. Ours has a code, a class,
    words in both languages, and the payload on the server."""
    rec = await stage.round()
    answer = await stage.ana.do("inspections.set_answer", rec, RAMP)
    assert (answer.code, answer.cls) == ("not_assigned", "final")
    assert answer.detail
    assert answer.detail_zh
    kept = await stage.kept("not_assigned")
    assert [(one["rec"], one["args"]) for one in kept] == [(list(rec), RAMP)]


async def test_the_next_user_of_a_tablet_wrote_into_the_first_ones_work(stage: Stage) -> None:
    """SORMAS-Foundation/SORMAS-Project#950: the next user met the previous user's data. Two people
    on one device have two orders of commands, and neither acts in the other's name."""
    rec = await stage.round("li_na")
    shared = await stage.hand("li_na", "tablet"), await stage.hand("ana", "tablet")
    await shared[0].must("inspections.set_answer", rec, RAMP)
    assert await shared[1].refused("inspections.set_answer", rec, RAMP) == "not_assigned"
    forged = shared[1].ask("inspections.set_answer", rec, RAMP, actor=fixed("li_na"))
    assert (await shared[1].push(forged)).answers[0].code == "actor_mismatch"


def sent(stage: Stage, rec: tuple[str, str], seq: int, item: str) -> dict[str, Any]:
    """A command as it travels."""
    return {
        "id": new_id(),
        "seq": seq,
        "op": "inspections.set_answer",
        "v": 1,
        "actor": stage.li_na.id,
        "rec": list(rec),
        "base": None,
        "at": "2026-11-24T01:00:00.000Z",
        "args": {"item": item, "value": "pass"},
    }
