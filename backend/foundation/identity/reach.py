"""Which rows a person may list: their grants as a WHERE clause over an outlet and a line column."""

from typing import Any

from backend.foundation.database.transaction import Tx, among
from backend.foundation.identity.grants import DESK_ROLES
from backend.foundation.kernel.actor import Actor

OVERSEEING = DESK_ROLES | {"admin"}


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
