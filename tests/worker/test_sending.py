"""Targets are told what happens, in order, whatever happens to them; no record waits for one."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from backend.foundation.kernel.clock import wire
from backend.foundation.notices import rules
from backend.foundation.notices.tables import TARGETS
from backend.worker import posting as posting_module
from backend.worker import sending as sending_module
from tests.features.stage import HILLTOP, RIVERSIDE, Stage, fixed
from tests.features.stage import stage as either
from tests.worker.outside import KEEPER, outside, seal, stage
from tests.worker.receivers import Receiver, receiving

__all__ = ["either", "stage"]
HALF_HOUR = {"seconds": rules.BACKOFF_SECONDS_MAX}


async def test_a_fact_reaches_a_target_signed_and_names_nobody(either: Stage) -> None:
    with receiving() as hook:
        async with outside(either) as out:
            await out.target(hook)
            rec = await either.round()
            await out.turn()
    (said,) = hook.got
    assert said["type"] == "inspections.Assigned"
    assert said["words"] == {"zh": "检查已安排", "en": "Round assigned"}
    assert said["outlet"] == {"id": RIVERSIDE, "name": {"zh": "Riverside", "en": "Riverside"}}
    assert said["line"]["id"] == "service"
    assert said["link"] == f"https://xunfang.bank.example/open/round/{rec[1]}"
    assert set(said) == {"id", "type", "at", "words", "outlet", "line", "record", "link"}
    text = hook.asked[0][2].decode()
    assert not [name for name in ("li_na", fixed("li_na"), "chen_jie") if name in text]


@pytest.mark.parametrize(
    ("kind", "read"),
    [
        ("wecom", lambda said: said["markdown"]["content"]),
        ("dingtalk", lambda said: said["markdown"]["text"]),
    ],
)
async def test_a_robot_is_told_in_its_own_words(stage: Stage, kind: str, read: Any) -> None:
    with receiving(kind) as robot:
        async with outside(stage) as out:
            await out.target(robot)
            await stage.round()
            await stage.round()
            await out.turn()
            assert len(robot.got) == 1, "twenty in a minute: the second one waits"
            await out.turn(seconds=3)
    text = read(robot.got[1])
    assert "巡访 检查已安排" in text
    assert "网点: Riverside" in text
    assert "(https://xunfang.bank.example/open/round/" in text


async def test_a_robot_that_has_had_too_many_is_left_alone_and_nothing_is_lost(
    stage: Stage,
) -> None:
    with receiving("wecom") as robot:
        async with outside(stage) as out:
            target = await out.target(robot)
            robot.answers = [(200, {"errcode": 45009, "errmsg": "api freq out of limit"}, {})]
            await stage.round()
            await out.turn()
            assert (await out.stands(target)).way.code == "rate_limited"
            await out.turn(seconds=30)
            assert len(robot.asked) == 1
            await out.turn(seconds=30)
            assert await out.states(target) == ["sent"]


async def test_a_dead_target_delays_neither_a_living_one_nor_a_record(either: Stage) -> None:
    with receiving() as living, receiving() as dead:
        async with outside(either) as out:
            dead.usual = (503, {}, {})
            silent = await out.target(dead, "Dead")
            heard = await out.target(living, "Living")
            for _ in range(3):
                await either.round()
            await out.turn()
            assert await out.states(heard) == ["sent"] * 3
            assert await out.states(silent) == ["queued"] * 3
            assert len(dead.asked) == 1, "the others wait behind the first"
            way = (await out.stands(silent)).way
            assert (way.state, way.code, way.status) == ("failing", "their_error", 503)


async def test_what_failed_for_a_day_is_shown_as_dead_and_a_replay_sends_it_in_order(
    either: Stage,
) -> None:
    with receiving() as hook:
        async with outside(either) as out:
            target = await out.target(hook)
            first = wire(either.clock.now())
            for _ in range(3):
                await either.round()
            hook.usual = (503, {}, {})
            for _ in range(60):
                await out.turn(**HALF_HOUR)
            assert (await out.stands(target)).way.state == "dead"
            tried = len(hook.asked)
            await out.turn(hours=12)
            assert len(hook.asked) == tried, "nobody knocks at a dead door"
            hook.usual = (200, {}, {})
            await out.order("notices.replay_target", target, since=first)
            await out.turn()
            assert (await out.stands(target)).way.state == "well"
            assert await out.states(target) == ["sent"] * 3
            assert [one["at"] for one in hook.got] == sorted(one["at"] for one in hook.got)
            # Everything once more, under the same ids: the receiver knows them.
            await out.order("notices.replay_target", target, since=first)
            await out.turn()
            assert hook.ids[3:] == hook.ids[:3]


async def test_one_message_is_replayed_alone(stage: Stage) -> None:
    with receiving() as hook:
        async with outside(stage) as out:
            target = await out.target(hook)
            await stage.round()
            await stage.round()
            await out.turn()
            await out.order("notices.replay_target", target, delivery=hook.ids[1])
            await out.turn()
            assert hook.ids[2:] == [hook.ids[1]]


async def test_a_worker_killed_between_sending_and_noting_sends_the_same_id_again(
    either: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def kill(name: str) -> None:
        raise Killed

    with receiving() as hook:
        async with outside(either) as out:
            target = await out.target(hook)
            await either.round()
            await either.round()
            monkeypatch.setattr(sending_module, "failpoint", kill)
            with pytest.raises(Killed):
                await out.turn()
            monkeypatch.undo()
            await out.worker().turn()
            assert len(hook.got) == 1, "the dead one's hold is waited for"
            either.clock.pass_(seconds=121)
            await out.worker().turn()
            assert hook.ids[0] == hook.ids[1] != hook.ids[2]
            assert await out.states(target) == ["sent", "sent"]


async def test_two_workers_never_hold_one_lane(either: Stage) -> None:
    with receiving() as hook:
        async with outside(either) as out:
            await out.target(hook)
            for _ in range(5):
                await either.round()
            hook.delay = 0.02
            other = out.worker()
            await asyncio.gather(out.turn(), other.turn())
            await other.close()
    assert len(hook.ids) == len(set(hook.ids)) == 5


@pytest.mark.parametrize(
    ("answer", "code", "verdict"),
    [
        ((400, {}, {}), "message_refused", ["refused", "sent"]),
        ((401, {}, {}), "unauthorised", ["queued", "queued"]),
        ((404, {}, {}), "not_there", ["queued", "queued"]),
        ((302, {}, {"Location": "http://169.254.169.254/"}), "redirected", ["queued", "queued"]),
        ((429, {}, {"Retry-After": "120"}), "rate_limited", ["queued", "queued"]),
    ],
)
async def test_an_answer_is_taken_for_what_it_says(
    stage: Stage, answer: Any, code: str, verdict: list[str]
) -> None:
    with receiving() as hook:
        async with outside(stage) as out:
            target = await out.target(hook)
            hook.answers = [answer]
            await stage.round()
            await stage.round()
            await out.turn()
            assert await out.states(target) == verdict
            way = (await out.stands(target)).way
            assert way.code == (code if "queued" in verdict else None)


async def test_a_slow_or_endless_answer_is_not_waited_for(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with receiving() as slow, receiving() as large:
        async with outside(stage) as out:
            monkeypatch.setattr(posting_module, "SECONDS_MAX", 0.3)
            slow.delay = 1.5
            waited_for = await out.target(slow)
            large.usual = (500, "x" * 5_000_000, {})
            cut = await out.target(large)
            await stage.round()
            await out.turn()
            assert (await out.stands(waited_for)).way.code == "timeout"
            assert (await out.stands(cut)).way.code in ("their_error", "timeout")


async def test_nothing_is_asked_of_the_banks_own_network(stage: Stage) -> None:
    """Neither by an address, nor by a name that leads there, nor without https."""
    with receiving() as inner:
        async with outside(stage) as out:
            out.sending.posting._allowed = ()
            named = await out.target_at(f"http://localhost:{inner.port}/")
            plain = await out.target_at(inner.url)
            tls = await out.target_at(f"https://127.0.0.1:{inner.port}/")
            await stage.round()
            await out.turn()
            for target in (named, plain, tls):
                assert (await out.stands(target)).way.code == "address_forbidden"
    assert inner.asked == []


async def test_only_what_was_chosen_is_told_and_a_restricted_line_has_to_be_named(
    stage: Stage,
) -> None:
    with receiving() as hook, receiving() as guards, receiving() as elsewhere:
        async with outside(stage) as out:
            await out.target(hook, lines=["retail"])
            await out.target(guards, lines=["security"])
            await out.target(elsewhere, outlets=[HILLTOP])
            await stage.round()
            await out.turn()
    assert (hook.got, guards.got, elsewhere.got) == ([], [], [])


async def test_a_paused_target_gets_what_happened_meanwhile_in_order(stage: Stage) -> None:
    with receiving() as hook:
        async with outside(stage) as out:
            target = await out.target(hook)
            await out.order("notices.pause_target", target)
            await stage.round()
            await stage.round()
            await out.turn()
            assert hook.got == []
            await out.order("notices.resume_target", target)
            await out.turn()
            assert await out.states(target) == ["sent", "sent"]


async def test_a_test_message_goes_behind_what_waits_and_wakes_the_lane(stage: Stage) -> None:
    with receiving() as hook:
        async with outside(stage) as out:
            target = await out.target(hook)
            hook.answers = [(500, {}, {})]
            await stage.round()
            await out.turn()
            await out.order("notices.test_target", target)
            await out.turn()
    assert [one["type"] for one in hook.got] == ["inspections.Assigned", "notices.TargetTested"]
    assert hook.got[1]["link"] == "https://xunfang.bank.example"


async def test_a_changed_address_counts_at_once(stage: Stage) -> None:
    from_then_on = "http://127.0.0.1:9/closed"
    with receiving() as hook:
        async with outside(stage) as out:
            target = await out.target_at(from_then_on)
            await stage.round()
            await out.turn()
            assert (await out.stands(target)).way.code == "unreachable"
            command = "0198c0de-0000-7000-8000-0000000000aa"
            await stage.journal.command(
                "notices.change_target",
                ("target", target),
                {"sealed": seal(hook.url, target, command)},
                actor=KEEPER,
                command_id=command,
            )
            await out.turn()
            assert await out.states(target) == ["sent"]


async def test_a_removed_target_takes_its_secret_along_and_what_waited_is_dropped(
    either: Stage,
) -> None:
    with receiving() as hook:
        async with outside(either) as out:
            target = await out.target(hook)
            await out.order("notices.pause_target", target)
            await either.round()
            await out.turn()
            await out.order("notices.remove_target", target)
            await out.turn()
            assert await out.states(target) == ["dropped"]
            async with either.database.reading() as tx:
                assert await TARGETS.load(tx, [target]) == []


async def test_a_house_without_its_old_key_says_that_the_secret_cannot_be_read(
    stage: Stage,
) -> None:
    with receiving() as hook:
        async with outside(stage) as out:
            target = await out.target(hook)
            out.house.seal = _other_key()
            await stage.round()
            await out.turn()
            assert (await out.stands(target)).way.code == "secret_unreadable"


async def test_a_clock_that_is_set_back_stops_nothing(stage: Stage) -> None:
    with receiving() as hook:
        async with outside(stage) as out:
            target = await out.target(hook)
            hook.usual = (503, {}, {})
            await stage.round()
            await out.turn(days=400)
            hook.usual = (200, {}, {})
            await out.turn(days=-400)
            assert await out.states(target) == ["sent"]


async def test_a_clock_that_jumps_ahead_ends_no_way(stage: Stage) -> None:
    with receiving() as hook:
        async with outside(stage) as out:
            target = await out.target(hook)
            hook.usual = (503, {}, {})
            await stage.round()
            await out.turn()
            await out.turn(days=400)
            assert (await out.stands(target)).way.state == "failing"


async def test_a_wrong_clock_of_ours_is_named_where_the_signature_is_refused(
    stage: Stage,
) -> None:
    """DingTalk refuses what was signed over an hour ago by its clock."""
    with receiving("dingtalk") as robot:
        async with outside(stage) as out:
            target = await out.target(robot)
            robot.clock = stage.clock.now().timestamp() * 1000
            stage.clock.pass_(hours=3)
            await stage.round()
            await out.turn()
            way = (await out.stands(target)).way
            assert (way.code, way.status) == ("robot_security", 310000)
            assert way.clock_off == timedelta(hours=3).total_seconds()


async def test_nobody_is_told_what_happened_before_they_were_there(stage: Stage) -> None:
    with receiving() as hook:
        async with outside(stage) as out:
            await stage.round()
            stage.clock.pass_(seconds=1)
            await out.target(hook)
            await out.turn()
    assert hook.got == []


async def test_what_ended_long_ago_is_forgotten(either: Stage) -> None:
    with receiving() as hook:
        async with outside(either) as out:
            target = await out.target(hook)
            await either.round()
            await out.turn()
            either.clock.pass_(days=91)
            async with either.database.unit_of_work() as tx:
                await sending_module.lanes.clear_away(tx, either.clock.now())
            assert await out.states(target) == []


def _other_key() -> Any:
    return type("Key", (), {"opened": staticmethod(_unreadable)})()


def _unreadable(text: str) -> bytes:
    raise ValueError("sealed for another server")


def test_a_receiver_refuses_what_is_signed_by_another_secret() -> None:
    """The fake is no rubber stamp."""
    headers = {"webhook-id": "1", "webhook-timestamp": "2", "webhook-signature": "v1,AAAA"}
    receiver = Receiver("webhook")
    assert receiver.take("/", headers, b"{}")[0] == 401
