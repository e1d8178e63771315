"""Holes cut into single checks, each in another layer: every one of them has to be named by a rule.
A check that could be taken away unseen is none."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from backend.api import evidence as blobs
from backend.features.events.handlers import loading as events
from backend.features.events.views import reading as event_reading
from backend.features.inspections.handlers import loading as rounds
from backend.features.inspections.views import reading as round_reading
from backend.features.rectifications.handlers import loading as cases
from backend.features.rectifications.views import reading as case_reading
from backend.features.visits.handlers import loading as visits
from backend.features.visits.rules import authorising
from backend.features.visits.views import reading as visit_reading
from backend.foundation.evidence.model import Blob
from backend.foundation.evidence.tables import BLOBS
from backend.foundation.identity import access, grants
from tests.access import rules
from tests.access.bank import ASKED
from tests.access.seen import seen_on
from tests.access.standing import Built

PATCH = pytest.MonkeyPatch
NOTHING: tuple[str, ...] = ()
NEAR = ("inspector_", "manager_", "outlet_head_", "admin_", "dpo_", "lost", "stopped", "stranger")
PEOPLE = tuple(name for name in ASKED if name.startswith(NEAR))


@dataclass(frozen=True)
class Hole:
    """A check that is taken away, the questions that go near it, and what has to be named."""

    cut: Callable[[PATCH], None]
    named: str
    ops: tuple[str, ...] = NOTHING
    calls: tuple[str, ...] = NOTHING
    photos: bool = False


def _nothing(*_: Any, **__: Any) -> None:
    return None


def _everywhere(*_: Any, **__: Any) -> tuple[str, list[Any]]:
    return "1 = 1", []


def _unclosed(patch: pytest.MonkeyPatch, reading: Any) -> None:
    """The list asks for no post any more, neither in its clause nor by its strands."""
    patch.setattr(reading, "within_reach", _everywhere)
    patch.setattr(reading, "strands_within_reach", lambda *_: [])


async def _all_blobs(tx: Any, person: str, buckets: Any, digests: Any) -> dict[str, Blob]:
    return {blob.id: blob for blob in await BLOBS.load(tx, digests)}


def _lines_of_all(patch: PATCH) -> None:
    patch.setattr(grants, "_lines", lambda post, network: (post.line,))


def _desks_of_all(patch: PATCH) -> None:
    patch.setattr(grants, "DESK_ROLES", grants.DESK_ROLES | {"inspector", "admin"})


def _counters_of_all(patch: PATCH) -> None:
    patch.setattr(grants, "_serves", lambda grant: grant.role in grants.OUTLET_ROLES)


def _private_to_all(patch: PATCH) -> None:
    patch.setattr(grants, "PRIVACY_ROLES", frozenset({"dpo", "admin"}))


def _stopped_go_on(patch: PATCH) -> None:
    async def buckets(self: Any, tx: Any, signed: Any) -> frozenset[str]:
        actor = await self.actor_of_now(tx, signed)
        return grants.buckets_of_grants(actor, await access.read_network(tx))

    async def actor_of_now(self: Any, tx: Any, signed: Any) -> Any:
        network = await access.read_network(tx)
        today = access.business_day(self._clock.now())
        held = grants.grants_of(signed.posts, today, network)
        return access.Actor(signed.actor.id, signed.actor.name, held, signed.actor.device_id)

    patch.setattr(access.Access, "actor_of_now", actor_of_now, raising=False)
    patch.setattr(access.Access, "buckets_of", buckets)


HOLES: dict[str, Hole] = {
    "a round is loaded without asking who sees it": Hole(
        lambda patch: patch.setattr(rounds, "require_sight", _nothing),
        "inspections.cancel",
        ops=("inspections.cancel",),
    ),
    "a case is loaded without asking who sees it": Hole(
        lambda patch: patch.setattr(cases, "require_sight", _nothing),
        "rectifications.report",
        ops=("rectifications.report",),
    ),
    "a visit is loaded without asking who sees it": Hole(
        lambda patch: patch.setattr(visits, "require_sight", _nothing),
        "visits.accept",
        ops=("visits.accept",),
    ),
    "an event is loaded without asking who sees it": Hole(
        lambda patch: patch.setattr(events, "require_sight", _nothing),
        "events.cancel",
        ops=("events.cancel",),
    ),
    "an authorisation is loaded without asking who sees it": Hole(
        lambda patch: patch.setattr(authorising, "require_sight", _nothing),
        "visits.revoke",
        ops=("visits.revoke",),
    ),
    "the list of rounds has lost its clause": Hole(
        lambda patch: _unclosed(patch, round_reading),
        "ConsoleRounds",
        calls=("ConsoleRounds",),
    ),
    "the list of findings has lost its clause": Hole(
        lambda patch: _unclosed(patch, case_reading),
        "ConsoleCases",
        calls=("ConsoleCases",),
    ),
    "the calendar of visits has lost its clause": Hole(
        lambda patch: patch.setattr(visit_reading, "within_reach", _everywhere),
        "ConsoleVisitCalendar",
        calls=("ConsoleVisitCalendar",),
    ),
    "the attendance is exported for every event": Hole(
        lambda patch: patch.setattr(event_reading, "within_reach", _everywhere),
        "EventTable",
        calls=("EventTable",),
    ),
    "administrators read who was at an event": Hole(
        lambda patch: patch.setattr(
            event_reading, "DESK_ROLES", event_reading.DESK_ROLES | {"admin"}
        ),
        "EventBook: admin_one",
        calls=("EventBook",),
    ),
    "bytes are served to whoever knows their digest": Hole(
        lambda patch: patch.setattr(blobs, "visible", _all_blobs), "photo", photos=True
    ),
    "a post without a line covers the restricted ones": Hole(_lines_of_all, "bucket"),
    "inspectors have desks": Hole(_desks_of_all, "bucket: admin_one"),
    "the section's people have what lies at the counters": Hole(
        _counters_of_all, "bucket: manager_guard receives authorisation"
    ),
    "administrators have the officer's bucket": Hole(_private_to_all, "bucket: admin_one"),
    "a stopped phone receives on": Hole(_stopped_go_on, "bucket: lost_one"),
}


@pytest.fixture(scope="module")
def sound(bank: Built) -> Built:
    """The bank while nothing is cut away: there is nothing to name."""
    ops = tuple({op for hole in HOLES.values() for op in hole.ops})
    calls = tuple({call for hole in HOLES.values() for call in hole.calls})
    seen = seen_on(bank, ops=ops, calls=calls, people=PEOPLE, photos=False)
    assert rules.everything(seen) == []
    return bank


@pytest.mark.slow
@pytest.mark.parametrize("name", HOLES)
def test_the_hole_is_named(sound: Built, monkeypatch: PATCH, name: str) -> None:
    hole = HOLES[name]
    hole.cut(monkeypatch)
    seen = seen_on(sound, ops=hole.ops, calls=hole.calls, people=PEOPLE, photos=hole.photos)
    complaints = rules.everything(seen)
    assert any(one.startswith(hole.named) for one in complaints), complaints
