"""Which sightings may be one person seen twice. A question for somebody who looks at both, never an
answer. The phone asks by the same cases."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from backend.features.events.model import Judged
from backend.features.events.model.people import CheckIn
from backend.features.events.rules.counting import GUEST, ONE, joined, latest
from backend.foundation.kernel.clock import epoch_ms, parse

# Whoever walks past both tables does so within minutes; an hour later it is somebody else.
WINDOW_MS = 10 * 60 * 1000
Pair = tuple[str, str]
Opening = Callable[[CheckIn, CheckIn], bool]


def possible(
    sightings: Iterable[CheckIn], names: Mapping[str, str], judged: Sequence[Judged] = ()
) -> list[Pair]:
    """Pairs of check-ins, the smaller id first, in order. `names` are those of the roster by entry.

    Walk-ins without a number: seen by two devices within ten minutes, of one age band, with an
    interest in common or none told; each only with the one nearest in time. Guests of one name on
    two lines of the roster: by their first sightings. What was judged is not asked again.
    """
    told = [one for one in sightings if one.counts]
    same = joined(told, judged)
    keys = {one.id: one.key for one in told}
    asked = {frozenset((keys.get(a, ""), keys.get(b, ""))) for a, b in latest(judged)}

    def is_open(a: CheckIn, b: CheckIn) -> bool:
        one = same.get(a.key, a.key) == same.get(b.key, b.key)
        return not one and frozenset((a.key, b.key)) not in asked

    walked = [one for one in told if one.key.startswith(ONE)]
    found = {*_near(walked, is_open), *_namesakes(told, names, is_open)}
    return sorted(found)


def _near(walked: list[CheckIn], is_open: Opening) -> Iterator[Pair]:
    best: dict[str, tuple[int, str]] = {}
    timed = sorted((epoch_ms(parse(one.at)), one.id, one) for one in walked)
    for place, (at, _, one) in enumerate(timed):
        for later, _, other in timed[place + 1 :]:
            if later - at > WINDOW_MS:
                break
            if _alike(one, other) and is_open(one, other):
                for mine, theirs in ((one.id, other.id), (other.id, one.id)):
                    near = (later - at, theirs)
                    best[mine] = min(best.get(mine, near), near)
    for id, (_, other_id) in best.items():
        if id < other_id and best[other_id][1] == id:
            yield id, other_id


def _alike(a: CheckIn, b: CheckIn) -> bool:
    if a.device == b.device or a.age_band != b.age_band:
        return False
    return not a.interests or not b.interests or not set(a.interests).isdisjoint(b.interests)


def _namesakes(told: list[CheckIn], names: Mapping[str, str], is_open: Opening) -> Iterator[Pair]:
    first: dict[str, CheckIn] = {}
    for one in sorted(told, key=lambda one: one.id):
        if one.key.startswith(GUEST):
            first.setdefault(one.key, one)
    called: dict[str, list[CheckIn]] = {}
    for key, one in first.items():
        name = plain(names.get(key.removeprefix(GUEST), ""))
        if name:
            called.setdefault(name, []).append(one)
    for alike in called.values():
        yield from ((a.id, b.id) for a, b in combinations(alike, 2) if is_open(a, b))


def plain(name: str) -> str:
    """A name as it is compared: full width is half width, case and spaces do not matter."""
    return "".join(unicodedata.normalize("NFKC", name).lower().split())
