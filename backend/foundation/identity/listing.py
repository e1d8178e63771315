"""What every list of the console has in common: whose rows, between which days, from where on."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Any, TypeVar

import msgspec

from backend.foundation.database.pages import Where
from backend.foundation.database.transaction import Tx, among
from backend.foundation.identity.grants import DESK_ROLES
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.clock import wire
from backend.foundation.kernel.problem import args_invalid, forbidden
from backend.foundation.organisation.calendar import day_start

OVERSEEING = DESK_ROLES | {"admin"}
FEW = 20  # outlets, or strands, that are worth being named in a question to an index
NAME = r"^[A-Za-z0-9_.:-]{1,64}$"  # ids, states and lines in an address
Named = Annotated[str, msgspec.Meta(pattern=NAME)]
Several = tuple[Named, ...] | Named  # in an address, one value is no list
_CURSOR = re.compile(r"([0-9TZ:.-]{24})\|([A-Za-z0-9_.:-]{1,64})")


def within_reach(
    tx: Tx, actor: Actor, outlet: str = "outlet", line: str = "line"
) -> tuple[str, list[Any]]:
    """A clause that is true for rows at the outlets and in the lines this person follows.

    One part per line named in a grant, whatever the number of outlets. False for somebody whose
    posts have no desk.
    """
    by_line: dict[str | None, set[str] | None] = {}
    for grant in actor.grants:
        if grant.role not in OVERSEEING:
            continue
        known = by_line.setdefault(grant.line, set())
        if grant.outlet is None:
            by_line[grant.line] = None
        elif known is not None:
            known.add(grant.outlet)
    parts: list[str] = []
    args: list[Any] = []
    for name, outlets in sorted(by_line.items(), key=lambda pair: pair[0] or ""):
        clauses: list[str] = []
        if outlets is not None:
            clause, more = among(tx, outlet, sorted(outlets))
            clauses.append(clause)
            args += more
        if name is not None:
            clauses.append(f"{line} = ?")
            args.append(name)
        parts.append(f"({' AND '.join(clauses) or '1 = 1'})")
    return (f"({' OR '.join(parts)})" if parts else "1 = 0"), args


def outlets_within_reach(actor: Actor) -> tuple[str, ...]:
    """The only outlets at which `within_reach` can be true, where there are few; else ()."""
    grants = [grant for grant in actor.grants if grant.role in OVERSEEING]
    found = {grant.outlet for grant in grants if grant.outlet is not None}
    whole = any(grant.outlet is None for grant in grants)
    return () if whole or len(found) > FEW else tuple(sorted(found))


def line_within_reach(actor: Actor) -> tuple[str, ...]:
    """The only line in which `within_reach` can be true, where there is one alone; else ()."""
    lines = {grant.line for grant in actor.grants if grant.role in OVERSEEING}
    return tuple(filter(None, lines)) if len(lines) == 1 else ()


def strands_within_reach(
    tx: Tx, actor: Actor, of_line: str | None, outlet: str = "outlet", line: str = "line"
) -> list[Where]:
    """`within_reach` in parts, perhaps of one line alone: a line each that this person follows
    everywhere, an outlet each of the others. None where one index answers all of it, and where the
    parts are many: what they may see is then found soon by time."""
    lines, outlets = _followed(actor)
    if None in lines or of_line in lines:
        return []
    wanted = lines if of_line is None else set[str | None]()
    parts: list[Where] = [(f"{line} = ?", [name]) for name in sorted(filter(None, wanted))]
    for name, known in sorted(outlets.items()):
        if None in known:
            parts.append((f"{outlet} = ?", [name]))
        elif of_line in known if of_line else known - lines:
            clause, args = among(tx, line, sorted(filter(None, known)))
            parts.append((f"{outlet} = ? AND {clause}", [name, *args]))
    return parts if len(parts) <= FEW else []


def _followed(actor: Actor) -> tuple[set[str | None], dict[str, set[str | None]]]:
    """Lines that a person follows at every outlet, and outlets with the lines followed there. A
    line of None stands for all of them."""
    lines: set[str | None] = set()
    outlets: dict[str, set[str | None]] = {}
    for grant in actor.grants:
        if grant.role not in OVERSEEING:
            continue
        if grant.outlet is None:
            lines.add(grant.line)
        else:
            outlets.setdefault(grant.outlet, set()).add(grant.line)
    return lines, outlets


def require_overseer(actor: Actor) -> None:
    """Lists are for people with a desk; everybody else has their own work on their phone."""
    if not actor.may(OVERSEEING):
        raise forbidden(move="console")


def names(given: list[str] | None, field: str) -> tuple[str, ...]:
    """Several values of one filter. Refuses what cannot be a name here."""
    wanted = tuple(given or ())
    if any(re.fullmatch(NAME, name) is None for name in wanted):
        raise args_invalid(field=field, reason="not a name that is used here")
    return wanted


def several(asked: Several) -> tuple[str, ...]:
    """The values of a filter that may be asked once or more often."""
    return (asked,) if isinstance(asked, str) else asked


class Span(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every list can be narrowed by, as it is asked: where, and from which local day to
    which."""

    outlet: Named | None = None
    line: Named | None = None
    since: str | None = None
    until: str | None = None

    def days(self) -> tuple[str | None, str | None]:
        """As `between`."""
        return between(self.since, self.until)


S = TypeVar("S", bound=Span)


def read_query(asked: Mapping[str, Any], into: type[S]) -> S:
    """A list's filter as it was asked, in texts. Refuses with `args_invalid` what it does not
    know."""
    try:
        return msgspec.convert(asked, into, strict=False)
    except msgspec.ValidationError as bad:
        raise args_invalid(field="query", reason=str(bad)) from None


def between(since: str | None, until: str | None) -> tuple[str | None, str | None]:
    """The first moment of a local day, and the first one after another. None stays None."""
    first = None if since is None else wire(day_start(_day(since, "since")))
    last = None if until is None else wire(day_start(_day(until, "until") + timedelta(days=1)))
    return first, last


def week_span(day: str | None) -> tuple[str, str] | None:
    """The first moment of the seven local days that begin with this one, and the first behind."""
    if day is None:
        return None
    first = _day(day, "week")
    return wire(day_start(first)), wire(day_start(first + timedelta(days=7)))


def cursor_of(text: str | None) -> tuple[str, str] | None:
    """The sort key and the id that the last page ended with."""
    if text is None:
        return None
    found = _CURSOR.fullmatch(text)
    if found is None:
        raise args_invalid(field="cursor", reason="not a cursor of this list")
    return found.group(1), found.group(2)


def dated(text: str | None) -> tuple[str, str] | None:
    """A cursor whose sort key is a moment."""
    cursor = cursor_of(text)
    if cursor is not None:
        _day(cursor[0][:10], "cursor")
    return cursor


def _day(text: str, field: str) -> date:
    try:
        # One spelling only: year 9999 has no day after it, and week dates are not days here.
        if re.fullmatch(r"[12]\d{3}-\d{2}-\d{2}", text) is None:
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise args_invalid(field=field, reason="not a day like 2026-05-04") from None
