"""Who may decide for whom, judged on values alone."""

from datetime import date
from typing import Any

import pytest

from backend.foundation.identity import deputy_rules as rules
from backend.foundation.identity.commands import AppointDeputy
from backend.foundation.identity.model import Deputyship, Person, Post
from backend.foundation.kernel.actor import Actor, Grant
from backend.foundation.kernel.problem import Problem
from backend.foundation.organisation.model import Words
from tests.kit.clock import MORNING

TODAY = date(2026, 11, 24)
MIN = Person("min", "min", "Min", active=True)
QIAN = Person("qian", "qian", "Qian", active=True)
OWNER = Actor("min", "Min", (Grant("manager"),))


def post(role: Any = "manager", since: str = "2026-01-01", until: str | None = None) -> Post:
    return Post("p", "min", role, None, None, None, Words("经理", "Manager"), since, until)


def known(person: str, deputy: str, first: str, last: str, ended: str | None = None) -> Deputyship:
    return Deputyship("other", person, deputy, first, last, "leave", person, "", "", ended)


def appoint(
    first: str = "2026-11-24",
    last: str = "2026-11-27",
    *others: Deputyship,
    people: tuple[Person, Person] = (MIN, QIAN),
    posts: tuple[Post, ...] = (post(),),
) -> Deputyship:
    asked = AppointDeputy(people[0].id, people[1].id, first, last, "annual leave")
    return rules.appoint("d", asked, people, posts, others, OWNER, MORNING, TODAY)


def refused(*args: Any, **more: Any) -> str:
    with pytest.raises(Problem) as caught:
        appoint(*args, **more)
    return caught.value.code


def test_it_counts_from_its_first_day_and_from_when_it_was_ordered():
    made = appoint("2026-11-24", "2027-02-23")
    assert (made.first_day, made.last_day) == ("2026-11-24", "2027-02-23")
    assert (made.appointed_at, made.ended_at) == ("2026-11-24T01:00:00.000Z", None)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-11-23", "2026-11-27"),  # begins in the past
        ("2026-11-27", "2026-11-26"),  # ends before it begins
        ("2026-11-24", "2027-02-24"),  # a day more than a quarter
    ],
)
def test_days_lie_ahead_in_order_and_within_a_quarter(first: str, last: str):
    assert refused(first, last) == "deputy_days"


def test_a_day_that_does_not_exist_is_told():
    assert refused("2026-11-31", "2026-12-01") == "args_invalid"


def test_nobody_is_their_own_deputy_and_suspended_people_are_none():
    assert refused(people=(MIN, MIN)) == "own_deputy"
    gone = Person("qian", "qian", "Qian", active=False)
    assert refused(people=(MIN, gone)) == "deputy_suspended"
    assert refused(people=(gone, MIN)) == "deputy_suspended"


@pytest.mark.parametrize(
    "posts",
    [
        (),
        (post("inspector"),),
        (post("admin"), post("dpo")),
        (post(until="2026-11-23"),),
        (post(since="2026-11-28"),),
    ],
)
def test_there_must_be_something_to_decide(posts: tuple[Post, ...]):
    assert refused(posts=posts) == "deputy_needless"


@pytest.mark.parametrize(
    ("other", "code"),
    [
        (known("min", "li", "2026-11-27", "2026-12-01"), "deputy_overlaps"),
        (known("qian", "li", "2026-11-20", "2026-11-24"), "deputy_away"),
        (known("li", "min", "2026-11-26", "2026-11-26"), "deputy_of_deputy"),
    ],
)
def test_one_deputy_at_a_time_who_is_there_and_passes_nothing_on(other: Deputyship, code: str):
    assert refused("2026-11-24", "2026-11-27", other) == code


@pytest.mark.parametrize(
    "other",
    [
        known("min", "li", "2026-11-28", "2026-12-01"),  # the day after
        known("min", "li", "2026-11-20", "2026-11-23"),  # the day before
        known("min", "li", "2026-11-24", "2026-11-27", ended="2026-11-23T01:00:00.000Z"),
        known("li", "qian", "2026-11-24", "2026-11-27"),  # a deputy of two people
    ],
)
def test_what_does_not_meet_stands_in_nobodys_way(other: Deputyship):
    assert appoint("2026-11-24", "2026-11-27", other).deputy == "qian"


def test_administrators_and_the_absent_person_appoint_and_all_three_end():
    admin, deputy = Actor("root", "Root", (Grant("admin"),)), Actor("qian", "Qian")
    rules.require_appointer(OWNER, "min")
    rules.require_appointer(admin, "min")
    with pytest.raises(Problem, match="forbidden"):
        rules.require_appointer(deputy, "min")
    for who in (OWNER, admin, deputy):
        ended = rules.end(appoint(), who, MORNING)
        assert (ended.ended_by, ended.ended_at) == (who.id, "2026-11-24T01:00:00.000Z")
    with pytest.raises(Problem, match="forbidden"):
        rules.end(appoint(), Actor("li", "Li", (Grant("manager"),)), MORNING)
    with pytest.raises(Problem, match="bad_transition"):
        rules.end(rules.end(appoint(), OWNER, MORNING), OWNER, MORNING)
