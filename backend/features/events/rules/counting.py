"""Who was there. The phone counts its own records by the same cases (tests/features/events/cases).

A person is a set of sightings with one key, or with keys that somebody judged to be the same. The
order in which sightings came has no say, nor has how often they were seen.
"""

from collections.abc import Iterable, Mapping, Sequence

from backend.features.events import commands
from backend.features.events.model import Counts, Judged
from backend.features.events.model.people import CheckIn, Invited
from backend.features.events.problems import child_identified, how_unclear

STAFF, GUEST, CODE, HASH, ONE = "staff:", "guest:", "code:", "hash:", "one:"
_NAMELESS = (HASH, ONE)


def key_of(id: str, asked: commands.CheckIn, entry: Invited | None) -> str:
    """Whom a sighting is of. `entry` is the line of the roster that it names, or whose code it has.

    Raises `how_unclear` when it names nobody, or somebody in a way that does not belong to `how`;
    `child_identified` for a child with the hash of a number."""
    _require_clear(asked)
    if entry is not None:
        return key_of_entry(entry)
    if asked.code is not None:
        return f"{CODE}{asked.event}:{asked.code}"
    if asked.person is not None:
        return f"{STAFF}{asked.person}"
    walk_in = asked.walk_in
    assert walk_in is not None, "a check-in names somebody"
    if walk_in.phone_hash is None:
        return f"{ONE}{id}"
    if walk_in.age_band == "under_14":
        raise child_identified()
    return f"{HASH}{walk_in.phone_hash}"


def key_of_entry(entry: Invited) -> str:
    """Whom a line of the roster stands for. Staff of the house are one person, however named."""
    if entry.kind == "staff":
        return f"{STAFF}{entry.person or entry.id}"
    return f"{GUEST}{entry.id}"


def count(sightings: Iterable[CheckIn], judged: Sequence[Judged] = ()) -> Counts:
    """Every figure of an event. Sightings in any order."""
    told = list(sightings)
    same = joined(told, judged)
    persons: dict[str, set[str]] = {}
    counting = [one for one in told if one.counts]
    for one in counting:
        persons.setdefault(same.get(one.key, one.key), set()).add(one.key)
    staff = sum(any(key.startswith(STAFF) for key in keys) for keys in persons.values())
    walk_ins = sum(all(key.startswith(_NAMELESS) for key in keys) for keys in persons.values())
    return Counts(
        persons=len(persons),
        guests=len(persons) - staff,
        staff=staff,
        walk_ins=walk_ins,
        sightings=len(counting),
        late=sum(one.late and one.void is None for one in told),
        voided=sum(not one.late and not one.counts for one in told),
    )


def joined(sightings: Iterable[CheckIn], judged: Sequence[Judged]) -> dict[str, str]:
    """For keys that were judged to be one person: which key stands for all of them."""
    same = [pair for pair, one in latest(judged).items() if one.same]
    if not same:
        return {}
    keys = {one.id: one.key for one in sightings}
    stands: dict[str, str] = {}
    for a, b in same:
        if a in keys and b in keys:
            first, second = _root(stands, keys[a]), _root(stands, keys[b])
            stands[max(first, second)] = min(first, second)
    return {key: _root(stands, key) for key in stands}


def latest(judged: Iterable[Judged]) -> dict[tuple[str, str], Judged]:
    """The last judgement of each pair, in the order of the pairs' first ones."""
    found: dict[tuple[str, str], Judged] = {}
    for one in judged:
        found[min(one.a, one.b), max(one.a, one.b)] = one
    return found


def is_joined(key: str, judged: Iterable[Judged], keys: Mapping[str, str]) -> bool:
    """Whether a key may stand for more than itself. `keys` are those of the judged sightings."""
    return any(key in (keys.get(one.a), keys.get(one.b)) for one in judged if one.same)


def with_new(counts: Counts, new: CheckIn, others: Iterable[CheckIn]) -> Counts:
    """The figures with one more sighting, without looking at anybody else's: `others` are those
    with its key. For a key that nobody joined to another; `count` tells the same."""
    if new.late:
        return _plus(counts, late=1)
    if any(one.counts for one in others):
        return _plus(counts, sightings=1)
    staff = new.key.startswith(STAFF)
    nameless = new.key.startswith(_NAMELESS)
    return _plus(counts, sightings=1, persons=1, staff=staff, guests=not staff, walk_ins=nameless)


def _plus(counts: Counts, **more: int) -> Counts:
    names = Counts.__struct_fields__
    return Counts(**{name: getattr(counts, name) + more.get(name, 0) for name in names})


def _root(stands: dict[str, str], key: str) -> str:
    while (above := stands.get(key, key)) != key:
        key = above
    return key


def _require_clear(asked: commands.CheckIn) -> None:
    """Exactly one of the ways that belong to `how`."""
    allowed = _WAYS[asked.how]
    given = [way for way in ("entry", "code", "person", "walk_in") if getattr(asked, way)]
    if len(given) != 1 or given[0] not in allowed:
        raise how_unclear(how=asked.how)


_WAYS: dict[str, tuple[str, ...]] = {
    "code": ("code", "entry"),
    "roster": ("entry",),
    "staff": ("person", "entry"),
    "walk_in": ("walk_in",),
}
