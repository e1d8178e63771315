"""Whom a sighting is of, who was there, and who may have been seen twice. The same cases judge the
phone, and the short way of counting one more is held to the long one."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.features.events import commands
from backend.features.events.model import Counts, Judged
from backend.features.events.model.people import CheckIn, Invited, Void
from backend.features.events.rules.counting import count, is_joined, key_of, with_new
from backend.features.events.rules.duplicates import possible
from backend.foundation.kernel.problem import Problem

CASES = Path(__file__).parent / "cases"
COUNTING = json.loads((CASES / "counting.json").read_text("utf-8"))
DUPLICATES = json.loads((CASES / "duplicates.json").read_text("utf-8"))


@pytest.mark.parametrize("case", COUNTING["keys"], ids=lambda case: case["name"])
def test_whom_a_sighting_is_of(case: dict[str, Any]) -> None:
    asked = asked_of(case["asked"])
    if "refused" in case:
        with pytest.raises(Problem, match=f"^{case['refused']}$"):
            key_of("new", asked, line_of(asked))
        return
    assert key_of("new", asked, line_of(asked)) == case["key"]


@pytest.mark.parametrize("case", COUNTING["counts"], ids=lambda case: case["name"])
def test_who_was_there(case: dict[str, Any]) -> None:
    sightings = [sighting(COUNTING["blank"] | one) for one in case["sightings"]]
    judged = [judgement(one) for one in case["judged"]]
    expected = Counts(**case["counts"])
    assert count(sightings, judged) == expected
    assert count(reversed(sightings), judged) == expected


@pytest.mark.parametrize("case", DUPLICATES["cases"], ids=lambda case: case["name"])
def test_who_may_have_been_seen_twice(case: dict[str, Any]) -> None:
    sightings = [sighting(DUPLICATES["blank"] | one) for one in case["sightings"]]
    judged = [judgement(one) for one in case["judged"]]
    expected = [tuple(pair) for pair in case["pairs"]]
    assert possible(sightings, case["names"], judged) == expected
    assert possible(reversed(sightings), case["names"], judged) == expected


KEYS = st.sampled_from(["guest:a", "guest:b", "staff:c", "hash:d", "code:e:X", "guest:f"])
SIGHTINGS = st.lists(
    st.tuples(KEYS, st.booleans(), st.sampled_from([None, False, True])), max_size=30
)


@given(SIGHTINGS)
def test_one_more_is_counted_as_all_of_them(told: list[tuple[str, bool, bool | None]]) -> None:
    """The server never looks at two hundred others for the next one; the figures are the same."""
    seen: list[CheckIn] = []
    counts = Counts()
    for number, (key, late, _) in enumerate(told):
        new = sighting({"id": str(number), "key": key, "late": late, "void": None})
        counts = with_new(counts, new, [one for one in seen if one.key == key])
        seen.append(new)
        assert counts == count(seen)


@given(SIGHTINGS, st.randoms(use_true_random=False))
def test_the_order_has_no_say(told: list[tuple[str, bool, bool | None]], random: Any) -> None:
    sightings = [
        sighting(
            {
                "id": str(number),
                "key": key,
                "late": late,
                "void": None if void is None else Void("w", "t", "r", late=void),
            }
        )
        for number, (key, late, void) in enumerate(told)
    ]
    found = count(sightings)
    random.shuffle(sightings)
    assert count(sightings) == found
    assert found.persons == found.guests + found.staff
    living = {one.key for one in sightings if not one.late and (not one.void or one.void.late)}
    assert found.persons == len(living)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.booleans()), max_size=12))
def test_judging_never_counts_more_than_there_are(pairs: list[tuple[int, int, bool]]) -> None:
    """Joining people can only lower the figure, and never below one."""
    seen = [sighting({"id": str(n), "key": f"one:{n}"}) for n in range(6)]
    judged = [judgement({"a": str(a), "b": str(b), "same": same}) for a, b, same in pairs]
    found = count(seen, judged)
    assert 1 <= found.persons <= 6
    assert found.sightings == 6
    keys = {one.id: one.key for one in seen}
    alone = [one for one in seen if not is_joined(one.key, judged, keys)]
    assert found.persons >= len(alone)


def asked_of(values: dict[str, Any]) -> commands.CheckIn:
    walk_in = values.get("walk_in")
    person = None if walk_in is None else msgspec.convert(walk_in, commands.WalkIn)
    others: dict[str, Any] = values | {"walk_in": person}
    return commands.CheckIn(event=COUNTING["event"], **others)


def line_of(asked: commands.CheckIn) -> Invited | None:
    """The line of the roster that is named, or that has the code."""
    for one in COUNTING["roster"]:
        if asked.entry == one["id"] or (asked.code is not None and asked.code == one["code"]):
            return Invited(event="e", roster="r", code_key=None, group="", **one)
    return None


def sighting(values: dict[str, Any]) -> CheckIn:
    blank = {
        "event": "e",
        "how": "roster",
        "entry": None,
        "code": None,
        "person": None,
        "age_band": None,
        "interests": (),
        "by": "w",
        "device": "a",
        "at": "2026-11-24T01:00:00.000Z",
        "occurred_at": "2026-11-24T01:00:00.000Z",
        "received_at": "2026-11-24T01:00:00.000Z",
    }
    return msgspec.convert(msgspec.to_builtins(blank | values), CheckIn)


def judgement(values: dict[str, Any]) -> Judged:
    return Judged(by="w", at="t", **values)
