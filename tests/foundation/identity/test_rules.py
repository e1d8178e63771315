"""Refusals about people, posts and passwords."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from backend.foundation.identity import rules, throttle_rules
from backend.foundation.identity.commands import ChangePerson, HoldPost, SuspendPerson
from backend.foundation.identity.model import Credential, Person
from backend.foundation.identity.throttle_rules import Kind, Tries
from backend.foundation.kernel.actor import SYSTEM, Actor, Grant
from backend.foundation.kernel.problem import Problem
from backend.foundation.organisation.model import Outlet, Place, Words

ANA = Person("ana", "ana", "Ana", True)
TODAY = date(2026, 5, 4)
NOW = datetime(2026, 5, 4, 1, 0, tzinfo=UTC)
ATM = Outlet("atm", "S1", Words("自助银行", "ATM"), "self_service", "u", Place(), "all")
HASH = "$argon2id$v=19$m=65536,t=3,p=4$" + "a" * 22 + "$" + "b" * 43


def hold(**fields: Any) -> HoldPost:
    return HoldPost(**({"post": "p", "role": "manager", "title": Words("经理", "M")} | fields))


def refused(code: str, function: Any, *args: Any) -> Problem:
    with pytest.raises(Problem) as caught:
        function(*args)
    assert caught.value.code == code
    return caught.value


def test_only_an_administrator_or_the_server_keeps_people():
    rules.require_keeper(SYSTEM)
    rules.require_keeper(Actor("a", "A", (Grant("admin"),)))
    refused("forbidden", rules.require_keeper, Actor("m", "M", (Grant("manager"),)))


@pytest.mark.parametrize(
    ("fields", "needs"),
    [
        ({"role": "outlet_head"}, "outlet"),
        ({"role": "outlet_staff", "unit": "u"}, "outlet"),
        ({"role": "line_lead"}, "line"),
        ({"role": "security", "unit": "u"}, "line"),
        ({"role": "manager", "unit": "u", "outlet": "o"}, "unit | outlet"),
        ({"role": "admin", "unit": "u"}, "-"),
        ({"role": "dpo", "line": "retail"}, "-"),
    ],
)
def test_a_post_needs_the_scope_of_its_role(fields: dict[str, Any], needs: str):
    problem = refused("post_scope", rules.hold_post, ANA, hold(**fields), None, [], TODAY)
    assert problem.facts["needs"] == needs


def test_a_self_service_point_has_no_staff_but_may_have_somebody_answerable():
    """Source system E4: such a point is inspected and rectified with no staff attached."""
    staff = hold(role="outlet_staff", outlet="atm")
    refused("no_staff_here", rules.hold_post, ANA, staff, ATM, [], TODAY)
    head = hold(role="outlet_head", outlet="atm")
    assert rules.hold_post(ANA, head, ATM, [], TODAY).outlet == "atm"


def test_a_post_begins_today_unless_said_otherwise():
    assert rules.hold_post(ANA, hold(), None, [], TODAY).held_from == "2026-05-04"


def test_a_post_cannot_end_before_it_begins():
    backwards = hold(held_from="2026-05-04", held_to="2026-05-03")
    refused("post_dates", rules.hold_post, ANA, backwards, None, [], TODAY)
    one_day = hold(held_from="2026-05-04", held_to="2026-05-04")
    post = rules.hold_post(ANA, one_day, None, [], TODAY)
    refused("post_dates", rules.leave_post, post, "2026-05-03", SYSTEM)
    assert rules.leave_post(post, None, SYSTEM) is None


@pytest.mark.parametrize(
    ("held", "asked"),
    [
        ((None, None), (None, None)),
        (("2026-01-01", "2026-05-04"), ("2026-05-04", None)),
        (("2026-06-01", None), ("2026-05-04", "2026-06-01")),
    ],
)
def test_the_same_post_is_not_held_twice_on_one_day(held: Any, asked: Any):
    before = rules.hold_post(ANA, hold(held_from=held[0], held_to=held[1]), None, [], TODAY)
    again = hold(post="q", held_from=asked[0], held_to=asked[1])
    problem = refused("post_overlaps", rules.hold_post, ANA, again, None, [before], TODAY)
    assert problem.facts["first_day"] == before.held_from


def test_a_post_follows_the_one_before_and_another_place_is_another_post():
    before = rules.hold_post(ANA, hold(held_to="2026-05-04"), None, [], TODAY)
    next_day = hold(post="q", held_from="2026-05-05")
    assert rules.hold_post(ANA, next_day, None, [before], TODAY).held_from == "2026-05-05"
    for other in (hold(unit="u"), hold(line="retail"), hold(role="secretariat")):
        assert rules.hold_post(ANA, other, None, [before], TODAY).held_from == "2026-05-04"


def test_nobody_gives_up_their_own_administration():
    """The last administrator of a branch must not lock everybody out with one tap."""
    post = rules.hold_post(ANA, hold(role="admin"), None, [], TODAY)
    refused("own_post", rules.leave_post, post, None, Actor("ana", "Ana"))
    refused("own_post", rules.leave_post, post, "2026-05-09", Actor("ana", "Ana"))
    assert rules.leave_post(post, None, Actor("ben", "Ben")) is None


def test_ones_own_password_is_changed_by_who_gave_the_one_that_counts():
    before = Credential("ana", HASH, "2026-05-01T00:00:00.000Z")
    rules.require_replaced(before, rules.mark_of(before))
    for replaces in (None, "", HASH):
        refused("password_old_wrong", rules.require_replaced, before, replaces)
    refused("password_old_wrong", rules.require_replaced, None, None)
    refused("password_same", rules.require_another, "correct horse", "correct horse")


def test_a_password_that_somebody_else_set_is_for_one_time():
    ben = Actor("ben", "Ben", (Grant("admin"),))
    assert rules.one_time_until(ben, ANA, NOW) == "2026-05-11T01:00:00.000Z"
    assert rules.one_time_until(Actor("ana", "Ana"), ANA, NOW) is None
    assert rules.one_time_until(SYSTEM, ANA, NOW) is None


def test_a_date_that_does_not_exist_is_refused():
    refused("args_invalid", rules.hold_post, ANA, hold(held_from="2026-02-30"), None, [], TODAY)


def test_nobody_suspends_their_own_account():
    asked = SuspendPerson("left the bank")
    refused("own_account", rules.suspend, ANA, asked, Actor("ana", "Ana"))
    gone = rules.suspend(ANA, asked, SYSTEM)
    assert not gone.active
    refused("bad_transition", rules.suspend, gone, asked, SYSTEM)
    assert rules.restore(gone) == ANA
    refused("bad_transition", rules.restore, ANA)


def test_a_change_leaves_out_what_was_not_named():
    assert rules.change_person(ANA, ChangePerson(name="安娜")) == Person("ana", "ana", "安娜", True)


@pytest.mark.parametrize("password", ["1234567", "x" * 201, "Ana.Lopez"])
def test_a_weak_password_is_refused(password: str):
    refused("password_weak", rules.require_password, "ana.lopez", password)


def test_a_password_of_eight_characters_is_enough():
    rules.require_password("ana.lopez", "12345678")


@pytest.mark.parametrize(
    "text",
    [
        "plain text password",
        HASH.replace("argon2id", "argon2i"),
        HASH.replace("m=65536", "m=999999"),
        HASH.replace("m=65536", "m=64"),
        HASH.replace("t=3", "t=99"),
        HASH.replace("p=4", "p=0"),
        HASH + "\n",
    ],
)
def test_a_hash_that_could_stop_the_server_or_is_cheap_to_guess_is_refused(text: str):
    refused("password_form", rules.require_hash, text)


def test_a_hash_of_bearable_cost_is_taken():
    rules.require_hash(HASH)


@pytest.mark.parametrize(
    ("kind", "failures", "seconds"),
    [
        ("username", 0, 0),
        ("username", 4, 0),
        ("username", 5, 1),
        ("username", 6, 2),
        ("username", 9, 16),
        ("username", 1000, 900),
        ("device", 5, 1),
        ("address", 49, 0),
        ("address", 50, 1),
    ],
)
def test_each_failure_beyond_the_free_ones_doubles_the_wait(
    kind: Kind, failures: int, seconds: int
):
    assert throttle_rules.wait_seconds(kind, failures) == seconds


def test_the_wait_ends_at_its_second_and_not_before():
    tries = Tries(9, NOW)
    assert throttle_rules.remaining("username", tries, NOW) == 16
    assert throttle_rules.remaining("username", tries, NOW + timedelta(seconds=15.5)) == 1
    assert throttle_rules.remaining("username", tries, NOW + timedelta(seconds=16)) == 0


def test_a_day_without_failures_starts_the_count_again():
    tries = Tries(400, NOW)
    later = NOW + timedelta(days=1, seconds=1)
    assert throttle_rules.remaining("username", tries, later) == 0
    assert throttle_rules.after_failure(tries, later) == Tries(1, later)
    assert throttle_rules.after_failure(tries, NOW) == Tries(401, NOW)
