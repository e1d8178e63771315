"""What the demo shows of events: one held and reported, one of today, one proposed, one drafted."""

from pathlib import Path

import pytest

from tests.demo.test_performance import TUESDAY, played


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_demo_has_an_event_for_every_desk(tmp_path: Path, language: str) -> None:
    found = await played(tmp_path, TUESDAY, language)
    by_state = {event["state"]: event for event in found["event"]}
    assert sorted(by_state) == ["approved", "draft", "proposed", "reported"]
    assert by_state["approved"]["day"] == "2026-11-24"
    assert by_state["proposed"]["day"] == "2027-02-20"  # the Lantern Festival
    assert by_state["draft"]["minor_safe"] is True
    held = by_state["reported"]
    assert held["counts"] == {
        "persons": 35,
        "guests": 35,
        "staff": 0,
        "walk_ins": 9,
        "sightings": 39,
        "late": 0,
        "voided": 0,
    }
    assert held["tallies"] == {"visitors": 57}
    assert (len(held["photos"]), len(held["result"]["photos"])) == (3, 3)
    sizes = sorted(len(part["entries"]) for part in found["event_roster"])
    assert sizes == [24, 30]
    assert [key for key in found["event_key"] if key is not None] == []
