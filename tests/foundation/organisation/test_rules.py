"""Refusals about units, outlets and calendar days."""

from datetime import date
from typing import Any

import msgspec
import pytest

from backend.foundation.kernel.actor import SYSTEM, Actor, Grant
from backend.foundation.kernel.problem import Problem
from backend.foundation.organisation import rules
from backend.foundation.organisation.commands import (
    AddOutlet,
    AddUnit,
    ChangeOutlet,
    ChangeUnit,
    PutCalendarYear,
    SetCalendarDays,
)
from backend.foundation.organisation.model import CalendarYear, OwnDays, Place, Unit, Words

CITY = Unit("city", "001", Words("分行", "City"), "branch", None)
WEST = Unit("west", "002", Words("西支行", "West"), "sub_branch", "city")
UNITS = {"city": CITY, "west": WEST}
TODAY = date(2026, 11, 24)
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
    asked = AddUnit("001", CITY.name, "branch")
    refused("code_taken", rules.add_unit, "x", asked, UNITS, TODAY)


def test_a_unit_needs_a_parent_that_exists():
    asked = AddUnit("003", CITY.name, "department", "nowhere")
    refused("unit_unknown", rules.add_unit, "x", asked, UNITS, TODAY)
    asked = ChangeUnit(parent="nowhere")
    refused("unit_unknown", rules.change_unit, WEST, asked, UNITS, TODAY)


def test_a_unit_cannot_stand_below_itself():
    for parent in ("west", "city"):
        asked = ChangeUnit(parent=parent)
        refused("unit_circle", rules.change_unit, CITY, asked, UNITS, TODAY)
    assert rules.change_unit(WEST, ChangeUnit(parent="city"), UNITS, TODAY) == WEST


def test_nothing_is_put_below_a_closed_unit_until_the_day_before_it_closes():
    closing = msgspec.structs.replace(CITY, closed_on="2026-11-25")
    units = {"city": closing, "east": msgspec.structs.replace(WEST, id="east", parent=None)}
    asked = AddUnit("003", CITY.name, "department", "city")
    assert rules.add_unit("x", asked, units, TODAY).parent == "city"
    refused("unit_closed", rules.add_unit, "x", asked, units, date(2026, 11, 25))
    moved = ChangeUnit(parent="city")
    refused("unit_closed", rules.change_unit, units["east"], moved, units, date(2026, 11, 25))


def test_what_stands_below_a_closed_unit_may_still_be_renamed():
    units = {"city": msgspec.structs.replace(CITY, closed_on="2026-11-01"), "west": WEST}
    asked = ChangeUnit(name=Words("西", "W"), parent="city")
    assert rules.change_unit(WEST, asked, units, TODAY).name.en == "W"


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


def test_a_week_of_its_own_needs_a_day_and_is_dropped_with_its_rule():
    asked = AddOutlet("007", CITY.name, "west", open_days="week")
    refused("week_empty", rules.add_outlet, "o", asked)
    own = OwnDays(week=(6, 2, 2), days={"2026-10-01": "work"})
    outlet = rules.add_outlet("o", msgspec.structs.replace(asked, own_days=own))
    assert outlet.own_days == OwnDays((2, 6), {"2026-10-01": "work"})
    plain = rules.change_outlet(outlet, ChangeOutlet(open_days="workdays"))
    assert plain.own_days == OwnDays((), {"2026-10-01": "work"})
    assert rules.change_outlet(plain, ChangeOutlet(own_days=OwnDays())).own_days is None
    refused("week_empty", rules.change_outlet, plain, ChangeOutlet(open_days="week"))
    bad = OwnDays(days={"2026-02-30": "work"})
    refused("args_invalid", rules.change_outlet, plain, ChangeOutlet(own_days=bad))


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


def test_a_monday_to_friday_is_no_make_up_workday():
    """At an outlet that is closed on Mondays the mark would open it."""
    refused("day_works_already", rules.set_days, YEAR, SetCalendarDays({"2026-10-12": "work"}))
    refused("day_works_already", rules.put_year, 2026, PutCalendarYear({"2026-10-12": "work"}))


def test_a_list_that_is_put_in_replaces_the_year():
    put = rules.put_year(2026, PutCalendarYear({"2026-10-10": "work", "2026-10-01": "rest"}))
    assert list(put.days) == ["2026-10-01", "2026-10-10"]
    assert put.published
    refused("day_outside_year", rules.put_year, 2026, PutCalendarYear({"2027-01-01": "rest"}))
