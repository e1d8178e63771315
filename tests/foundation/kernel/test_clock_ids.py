"""Times and ids have one spelling."""

import uuid
from datetime import UTC, datetime

import pytest

from backend.foundation.kernel import clock, ids


def test_wire_text_sorts_as_time() -> None:
    early, late = datetime(2026, 1, 2, 3, 4, 5, 999, UTC), datetime(2026, 1, 2, 3, 4, 5, 1999, UTC)
    assert clock.wire(early) == "2026-01-02T03:04:05.000Z" < clock.wire(late)


def test_an_offset_is_taken_to_utc() -> None:
    assert clock.wire(clock.parse("2026-05-04T17:12:33.120+08:00")) == "2026-05-04T09:12:33.120Z"


@pytest.mark.parametrize("text", ["2026-05-04T09:12:33", "yesterday", ""])
def test_a_time_without_a_zone_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"zone|Invalid"):
        clock.parse(text)


def test_ids_are_unique_and_derived_ids_repeat() -> None:
    made = {ids.new_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(ids.is_id(one) for one in made)
    parent = made.pop()
    assert (
        ids.derived_id(parent, "case")
        == ids.derived_id(parent, "case")
        != ids.derived_id(parent, "x")
    )
    assert not ids.is_id(parent.upper())
    assert ids.is_digest("a" * 64)
    assert not ids.is_digest("A" * 64)


def test_a_derived_id_is_the_uuid5_of_its_parent_and_name() -> None:
    parent = ids.new_id()
    for name in ("fact:0", "整改", ""):
        assert ids.derived_id(parent, name) == str(uuid.uuid5(uuid.UUID(parent), name))
