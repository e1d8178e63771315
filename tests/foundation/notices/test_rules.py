"""Decisions about inboxes, targets and ways, on values alone."""

import json
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from backend.foundation.kernel.actor import Actor, Grant
from backend.foundation.kernel.clock import parse, wire
from backend.foundation.kernel.problem import Problem
from backend.foundation.notices import addresses, lanes, outcomes, rules
from backend.foundation.notices.commands import ChangeTarget, Choose, ReplayTarget, SetAddress
from backend.foundation.notices.model import Inbox, Lane, Quiet, Target
from backend.foundation.notices.outcomes import Outcome
from tests.kit.clock import MORNING

TARGET = Target(
    id="t",
    name="Hook",
    kind="webhook",
    host="https://hooks.example",
    sealed="xfs1.AAAA",
    kinds=("rectifications.Reported",),
    outlets=(),
    lines=(),
    language="zh",
    state="active",
    made_at=wire(MORNING),
)
REPORTED = "rectifications.Reported"


@pytest.mark.parametrize(
    ("chosen", "type_", "outlet", "line", "is_told"),
    [
        ({}, REPORTED, "a", "service", True),
        ({}, "rectifications.Approved", "a", "service", False),
        ({}, REPORTED, "a", "security", False),
        ({"lines": ("security",)}, REPORTED, "a", "security", True),
        ({"lines": ("retail",)}, REPORTED, "a", "service", False),
        ({"outlets": ("a",)}, REPORTED, "a", "service", True),
        ({"outlets": ("b",)}, REPORTED, "a", "service", False),
    ],
)
def test_who_is_told(chosen: Any, type_: str, outlet: str, line: str, is_told: bool) -> None:
    target = msgspec.structs.replace(TARGET, **chosen)
    assert rules.wants(target, type_, outlet, line) is is_told


@pytest.mark.parametrize(
    ("since", "until", "now", "end"),
    [
        ("22:00", "07:00", "23:30", "2026-11-24T23:00:00.000Z"),
        ("22:00", "07:00", "06:59", "2026-11-23T23:00:00.000Z"),
        ("22:00", "07:00", "07:00", None),
        ("22:00", "07:00", "21:59", None),
        ("12:00", "14:00", "12:00", "2026-11-24T06:00:00.000Z"),
        ("12:00", "14:00", "14:00", None),
    ],
)
def test_quiet_hours_by_the_banks_clock(since: str, until: str, now: str, end: str | None) -> None:
    at = parse(f"2026-11-24T{now}:00+08:00")
    found = rules.quiet_until(Quiet(since, until), at)
    assert (found and wire(found)) == end


def test_without_quiet_hours_there_are_none() -> None:
    assert rules.quiet_until(None, MORNING) is None


def test_quiet_hours_that_end_where_they_begin_are_refused() -> None:
    with pytest.raises(Problem, match="args_invalid"):
        rules.choose(Inbox("p"), Choose((), Quiet("07:00", "07:00"), "zh"))


def test_only_the_person_and_only_administrators() -> None:
    with pytest.raises(Problem, match="forbidden"):
        rules.require_own(Actor("a", "A"), "b")
    with pytest.raises(Problem, match="forbidden"):
        rules.require_keeper(Actor("a", "A", (Grant("manager"),)))


def test_a_target_is_paused_once_and_resumed_once() -> None:
    paused = rules.pause(TARGET)
    with pytest.raises(Problem, match="target_is_paused"):
        rules.pause(paused)
    with pytest.raises(Problem, match="target_is_paused"):
        rules.require_sending(paused)
    with pytest.raises(Problem, match="target_not_paused"):
        rules.resume(rules.resume(paused))


def test_what_is_left_out_of_a_change_stays() -> None:
    changed = rules.change(TARGET, ChangeTarget(name="Other", lines=("retail",)), None)
    assert changed == msgspec.structs.replace(TARGET, name="Other", lines=("retail",))


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (ReplayTarget(), "replay_of_what"),
        (ReplayTarget(delivery="d", since="2026-11-24T01:00:00Z"), "replay_of_what"),
        (ReplayTarget(since="yesterday"), "args_invalid"),
    ],
)
def test_a_replay_is_of_one_thing(asked: ReplayTarget, code: str) -> None:
    with pytest.raises(Problem, match=code):
        rules.require_one_replay(asked)


@pytest.mark.parametrize("address", ["li.na@bank.example", "a+b@x-y.co", "13800000000@qq.com"])
def test_an_address(address: str) -> None:
    assert msgspec.convert({"address": address}, SetAddress).address == address


@pytest.mark.parametrize(
    "address", ["li na@bank.example", "li@bank", "@x.de", "a@b.c\r\nBcc: x@y.de", "a,b@c.de", ""]
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"address": address}, SetAddress)


# Where the house may connect to


@pytest.mark.parametrize(
    ("url", "address", "may"),
    [
        ("https://hooks.example/a", "93.184.216.34", True),
        ("https://hooks.example/a", "2606:2800:220:1:248:1893:25c8:1946", True),
        ("http://hooks.example/a", "93.184.216.34", False),
        ("https://hooks.example/a", "127.0.0.1", False),
        ("https://hooks.example/a", "10.1.2.3", False),
        ("https://hooks.example/a", "169.254.169.254", False),
        ("https://hooks.example/a", "100.64.0.1", False),
        ("https://hooks.example/a", "::1", False),
        ("https://hooks.example/a", "fd00::1", False),
        ("https://hooks.example/a", "::ffff:10.0.0.1", False),
        ("http://inner.bank:8080/a", "10.1.2.3", True),
        ("http://inner.bank:8081/a", "10.1.2.3", False),
        ("http://robots.bank/a", "10.1.2.3", True),
    ],
)
def test_where_the_house_may_connect_to(url: str, address: str, may: bool) -> None:
    allowed = ("inner.bank:8080", "robots.bank")
    assert addresses.may_connect(addresses.place_of(url), address, allowed) is may


def sealed(**changed: str) -> bytes:
    usual = {"url": "https://h.example/x?k=1", "secret": "s" * 16, "target": "t", "command": "c"}
    return json.dumps(usual | changed).encode()


@pytest.mark.parametrize(
    ("plain", "code"),
    [
        (b"{}", "target_unreadable"),
        (b"\xff", "target_unreadable"),
        (sealed(target="other"), "target_elsewhere"),
        (sealed(command="other"), "target_elsewhere"),
        (sealed(secret="short"), "target_secret_short"),
        (sealed(url="ftp://h.example"), "target_address_wrong"),
        (sealed(url="https://"), "target_address_wrong"),
        (sealed(url="https://me:pw@h.example/"), "target_address_wrong"),
        (sealed(url="https://h.example/ x"), "target_address_wrong"),
        (sealed(url="https://h.example:99999/"), "target_address_wrong"),
        (sealed(url="https://h.example/" + "x" * 600), "target_address_wrong"),
    ],
)
def test_what_cannot_be_a_target(plain: bytes, code: str) -> None:
    found = addresses.read(plain, "webhook", "t", "c")
    assert isinstance(found, Problem)
    assert found.code == code


def test_of_an_address_only_the_host_is_shown() -> None:
    found = addresses.read(sealed(), "webhook", "t", "c")
    assert isinstance(found, addresses.Sealed)
    assert addresses.shown(found.url) == "https://h.example"
    assert addresses.shown("http://h.example:8080/secret/path") == "http://h.example:8080"


# What came of a try


@pytest.mark.parametrize(
    ("kind", "body", "verdict", "code"),
    [
        ("wecom", b'{"errcode":0}', "sent", None),
        ("wecom", b'{"errcode":45009}', "later", "rate_limited"),
        ("wecom", b'{"errcode":93000}', "later", "robot_gone"),
        ("wecom", b'{"errcode":40058}', "refused", "message_refused"),
        ("wecom", b'{"errcode":-1}', "later", "their_error"),
        ("wecom", b'{"errcode":48002}', "later", "robot_refused"),
        ("wecom", b"<html>", "later", "no_robot"),
        ("wecom", b"[]", "later", "no_robot"),
        ("dingtalk", b'{"errcode":0,"errmsg":"ok"}', "sent", None),
        ("dingtalk", b'{"errcode":310000}', "later", "robot_security"),
        ("dingtalk", b'{"errcode":130101}', "later", "rate_limited"),
        ("dingtalk", b'{"errcode":410100}', "later", "rate_limited"),
        ("dingtalk", b'{"errcode":400101}', "later", "robot_gone"),
        ("dingtalk", b'{"errcode":430104}', "refused", "message_refused"),
        ("webhook", b"", "sent", None),
    ],
)
def test_an_answer_of_a_robot(kind: Any, body: bytes, verdict: str, code: str | None) -> None:
    found = outcomes.of_answer(kind, 200, body, None)
    assert (found.verdict, found.code) == (verdict, code)


@pytest.mark.parametrize(
    ("status", "said", "verdict", "code"),
    [
        (452, "4.2.2 out of space", "later", "mailbox_full"),
        (552, "mailbox full", "later", "mailbox_full"),
        (550, "5.2.2 over quota", "later", "mailbox_full"),
        (450, "4.2.0 greylisted", "later", "mail_later"),
        (550, "5.1.1 no such user", "stopped", "address_unknown"),
        (550, "no such user", "stopped", "address_unknown"),
        (553, "not allowed", "stopped", "address_unknown"),
        (550, "5.7.1 looks like spam", "refused", "mail_refused"),
        (554, "transaction failed", "refused", "mail_refused"),
    ],
)
def test_an_answer_of_a_mail_server(status: int, said: str, verdict: str, code: str) -> None:
    found = outcomes.of_mail(status, said)
    assert (found.verdict, found.code) == (verdict, code)


def test_a_difference_of_clocks_is_named_only_where_it_matters() -> None:
    failed = Outcome("later", "unauthorised", 401)
    assert outcomes.with_clock(failed, 30).clock_off is None
    assert outcomes.with_clock(failed, None).clock_off is None
    away = Outcome("later", "their_error", 503)
    assert outcomes.with_clock(away, -7200).clock_off is None
    assert outcomes.with_clock(failed, -7200.4).clock_off == -7200


# How a way stands after it


def test_pauses_grow_to_half_an_hour() -> None:
    lane, now, waits = Lane("hook:t", "hook", "t"), MORNING, []
    for _ in range(12):
        lane = lanes.judged(lane, Outcome("later", "their_error", 503), now, timedelta(0))
        waits.append((parse(lane.next_at) - now).total_seconds())
    assert waits[:3] == [10, 20, 40]
    assert waits[-1] == rules.BACKOFF_SECONDS_MAX


def test_a_way_is_given_up_after_a_day_and_many_tries_and_e_mail_never() -> None:
    failed = Outcome("later", "their_error", 503)
    since, later = wire(MORNING), MORNING + timedelta(hours=25)
    tried = Lane("hook:t", "hook", "t", state="failing", attempts=9, failing_since=since)
    assert lanes.judged(tried, failed, later, timedelta(0)).state == "dead"
    early = lanes.judged(tried, failed, MORNING + timedelta(hours=23), timedelta(0))
    assert early.state == "failing"
    few = msgspec.structs.replace(tried, attempts=3)
    assert lanes.judged(few, failed, later, timedelta(0)).state == "failing"
    mail = msgspec.structs.replace(tried, id="mail:p", kind="mail", attempts=90)
    assert lanes.judged(mail, failed, later, timedelta(0)).state == "failing"


def test_a_message_that_goes_out_ends_the_trouble() -> None:
    tried = Lane("hook:t", "hook", "t", state="failing", attempts=3, code="timeout", status=5)
    after = lanes.judged(tried, outcomes.SENT, MORNING, timedelta(seconds=3))
    assert (after.state, after.attempts, after.code, after.status) == ("well", 0, None, None)
    assert after.last_sent_at == wire(MORNING)
    assert after.next_at == wire(MORNING + timedelta(seconds=3))
