"""Refusals about units, outlets and calendar days."""

from typing import Any

import pytest

from backend.foundation.kernel.actor import SYSTEM, Actor, Grant
from backend.foundation.kernel.problem import Problem
from backend.foundation.organisation import rules
from backend.foundation.organisation.commands import (
    AddOutlet,
    AddUnit,
    ChangeOutlet,
    ChangeUnit,
    SetCalendarDays,
)
from backend.foundation.organisation.model import CalendarYear, Place, Unit, Words

CITY = Unit("city", "001", Words("分行", "City"), "branch", None)
WEST = Unit("west", "002", Words("西支行", "West"), "sub_branch", "city")
UNITS = {"city": CITY, "west": WEST}
YEAR = CalendarYear("2026", 2026, False, {"2026-10-01": "rest"})


def refused(code: str, function: Any, *args: Any) -> None:
    with pytest.raises(Problem) as caught:
        function(*args)
    assert caught.value.code == code


def test_only_an_administrator_changes_the_organisation():
    rules.require_keeper(SYSTEM)
    refused("forbidden", rules.require_keeper, Actor("s", "S", (Grant("secretariat"),)))


def test_the_secretariat_keeps_the_calendar_as_well():
    rules.require_calendar_keeper(Actor("s", "S", (Grant("secretariat"),)))
    refused("forbidden", rules.require_calendar_keeper, Actor("m", "M", (Grant("manager"),)))


def test_two_units_cannot_share_a_code():
    refused("code_taken", rules.add_unit, "x", AddUnit("001", CITY.name, "branch"), UNITS)


def test_a_unit_needs_a_parent_that_exists():
    asked = AddUnit("003", CITY.name, "department", "nowhere")
    refused("unit_unknown", rules.add_unit, "x", asked, UNITS)
    refused("unit_unknown", rules.change_unit, WEST, ChangeUnit(parent="nowhere"), UNITS)


def test_a_unit_cannot_stand_below_itself():
    refused("unit_circle", rules.change_unit, CITY, ChangeUnit(parent="west"), UNITS)
    refused("unit_circle", rules.change_unit, CITY, ChangeUnit(parent="city"), UNITS)
    assert rules.change_unit(WEST, ChangeUnit(parent="city"), UNITS) == WEST


def test_a_ring_of_parents_in_old_data_does_not_hang_the_walk():
    ring = {
        "a": Unit("a", "a", CITY.name, "branch", "b"),
        "b": Unit("b", "b", CITY.name, "branch", "a"),
    }
    assert len(rules.lineage("a", ring)) == rules.UNIT_DEPTH_MAX


def test_a_change_of_an_outlet_leaves_out_what_was_not_named():
    outlet = rules.add_outlet("o", AddOutlet("007", CITY.name, "west"))
    changed = rules.change_outlet(
        outlet, ChangeOutlet(open_days="all", address=Place("湖滨路", ""))
    )
    assert changed.open_days == "all"
    assert changed.address.zh == "湖滨路"
    assert (changed.name, changed.unit, changed.kind) == (outlet.name, "west", "outlet")


@pytest.mark.parametrize("record", ["abcd", "1999", "2100", "-2026", "２０２６", ""])
def test_a_calendar_is_known_by_its_year(record: str):
    refused("args_invalid", rules.calendar_year, record)
    assert rules.calendar_year("2026") == 2026


@pytest.mark.parametrize("code", ["Retail", "re tail", "desk:x", "", "零售"])
def test_a_line_code_can_stand_inside_a_bucket_name(code: str):
    refused("args_invalid", rules.line_code, code)
    assert rules.line_code("retail") == "retail"


def test_a_marked_day_can_be_given_back_to_its_weekday():
    changed = rules.set_days(YEAR, SetCalendarDays({"2026-10-01": None, "2026-10-10": "work"}))
    assert changed.days == {"2026-10-10": "work"}
    assert not changed.published


def test_saying_that_the_list_is_complete_publishes_the_year():
    assert rules.set_days(YEAR, SetCalendarDays(published=True)).published


def test_a_day_of_another_year_is_refused():
    refused("day_outside_year", rules.set_days, YEAR, SetCalendarDays({"2027-01-01": "rest"}))


def test_a_day_that_does_not_exist_is_refused():
    refused("args_invalid", rules.set_days, YEAR, SetCalendarDays({"2026-02-30": "rest"}))
