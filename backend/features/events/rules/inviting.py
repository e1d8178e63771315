"""Who is expected: the parts of a roster and their lines."""

from collections.abc import Iterable, Sequence

import msgspec

from backend.features.events import commands, problems
from backend.features.events.facts import Invited as InvitedFact
from backend.features.events.facts import Uninvited
from backend.features.events.model import Event
from backend.features.events.model.people import CheckIn, Invited
from backend.features.events.rules.counting import CODE, key_of_entry
from backend.features.events.rules.decision import Decision, place
from backend.features.events.rules.planning import require_once
from backend.features.events.states import OVER
from backend.foundation.kernel.problem import id_taken


def code_key(event: str, code: str | None) -> str | None:
    """How the line with a code is found."""
    return None if code is None else f"{event}|{code}"


def invite(
    event: Event,
    roster: str,
    asked: Sequence[commands.Entry],
    here: Sequence[Invited],
    known: Sequence[Invited],
    coded: Iterable[Invited],
) -> tuple[tuple[Invited, ...], Decision]:
    """The lines that are new. `here` are the lines of this part, `known` those that have one of
    the ids, `coded` those that have one of the codes. A line told twice is one."""
    if event.state in OVER:
        raise problems.event_over(state=event.state)
    require_once((one.id for one in asked), "entries")
    require_once((one.code for one in asked if one.code is not None), "code")
    there = {one.id: one for one in known}
    taken = {one.code_key: one.id for one in coded if not one.removed}
    new = []
    for entry in asked:
        line = _line(event, roster, entry)
        if entry.id in there:
            if not there[entry.id].removed and there[entry.id] != line:
                raise id_taken()
            continue
        if line.code_key is not None and line.code_key in taken:
            raise problems.entry_code_taken(code=line.code)
        new.append(line)
    living = sum(not one.removed for one in here)
    if living + len(new) > commands.ENTRIES_MAX:
        raise problems.roster_full(limit=commands.ENTRIES_MAX)
    if not new:
        return (), Decision(event, status="merged")
    ids = tuple(one.id for one in new)
    return tuple(new), Decision(event, (InvitedFact(**place(event), roster=roster, entries=ids),))


def uninvite(
    event: Event, roster: str, asked: commands.Uninvite, here: Sequence[Invited]
) -> tuple[tuple[Invited, ...], Decision]:
    """The lines as they are without a name. Whoever was seen by one of them still counts."""
    there = {one.id: one for one in here}
    if any(id not in there for id in asked.entries):
        raise problems.entry_unknown()
    gone = tuple(
        nameless(there[id]) for id in dict.fromkeys(asked.entries) if not there[id].removed
    )
    if not gone:
        return (), Decision(event, status="merged")
    ids = tuple(one.id for one in gone)
    return gone, Decision(event, (Uninvited(**place(event), roster=roster, entries=ids),))


def nameless(entry: Invited) -> Invited:
    """The line when nothing of the person is left but that it stood there."""
    return msgspec.structs.replace(entry, name="", code=None, code_key=None, group="", removed=True)


def recognised(sightings: Iterable[CheckIn], entries: Iterable[Invited]) -> tuple[CheckIn, ...]:
    """Sightings by a code that nobody had, of somebody who has it now."""
    by_code = {one.code: one for one in entries if one.code is not None}
    return tuple(
        msgspec.structs.replace(
            one, key=key_of_entry(entry), entry=entry.id, code=None, person=entry.person
        )
        for one in sightings
        if one.key.startswith(CODE) and (entry := by_code.get(one.code or "")) is not None
    )


def _line(event: Event, roster: str, entry: commands.Entry) -> Invited:
    name = entry.name.strip()
    if entry.kind == "child" and name:
        raise problems.child_identified()
    if entry.kind != "child" and not name:
        raise problems.entry_name_missing()
    return Invited(
        id=entry.id,
        event=event.id,
        roster=roster,
        kind=entry.kind,
        name=name,
        code=entry.code,
        code_key=code_key(event.id, entry.code),
        group=entry.group.strip(),
        person=entry.person if entry.kind == "staff" else None,
    )
