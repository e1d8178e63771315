"""From posts held to what a person may do and which buckets a phone receives. Pure.

A post without a line covers every line except the restricted ones: patrol templates and alarms of
the security section are for those whose post names that line. An outlet's head is the exception,
because the head must put right what the patrol found; the templates stay with the section.
"""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from backend.foundation.identity.model import Post
from backend.foundation.kernel.actor import Actor, Grant
from backend.foundation.organisation.model import RESTRICTED_LINES, Outlet, Unit

WHOLE_LINE_ROLES = frozenset({"admin", "dpo", "outlet_head"})
# Who follows cases and submitted rounds of an outlet. Inspectors and outreach staff hold their
# own rounds and the cases they raised; a desk would put other people's findings on phones that
# are carried through lobbies.
DESK_ROLES = frozenset({"manager", "line_lead", "secretariat", "outlet_head", "security"})
# Whose phones hold what belongs to an outlet as a whole and to no line: who works there, and who
# answers for it. No findings lie in these buckets, so the staff's own phones may carry them. A post
# in a restricted line does not count: the security section does no business at the counter.
OUTLET_ROLES = frozenset({"outlet_head", "outlet_staff", "manager", "secretariat"})
# Consents, certificates and holds of the whole house: for the data-protection officer alone.
PRIVACY_ROLES = frozenset({"dpo"})
PRIVACY = "privacy"
# Posts that a deputy stands in for: those that decide about the work of others. Administration and
# privacy have a second person instead, and work of one's own is handed over.
DEPUTISED_ROLES = DESK_ROLES
UNIT_DEPTH_MAX = 12


class Network(msgspec.Struct, frozen=True):
    """Units, outlets and line codes of the organisation, as one snapshot."""

    units: Mapping[str, Unit]
    outlets: Mapping[str, Outlet]
    lines: tuple[str, ...]

    def open_lines(self) -> tuple[str, ...]:
        """Lines that a post covers without naming them."""
        return tuple(line for line in self.lines if line not in RESTRICTED_LINES)


def is_held(post: Post, today: date) -> bool:
    """Whether the post counts on this local date."""
    text = today.isoformat()
    return post.held_from <= text and (post.held_to is None or text <= post.held_to)


def grants_of(posts: Iterable[Post], today: date, network: Network) -> tuple[Grant, ...]:
    """Every grant of the posts held today, each once, in a stable order."""
    found = {
        Grant(role=post.role, outlet=outlet, line=line)
        for post in posts
        if is_held(post, today)
        for outlet in _outlets(post, network)
        for line in _lines(post, network)
    }
    return tuple(
        sorted(found, key=lambda grant: (grant.role, grant.outlet or "", grant.line or ""))
    )


def buckets_of_grants(actor: Actor, network: Network) -> frozenset[str]:
    """The buckets that follow from posts alone: org, lines, desks, outlets, privacy, one's own."""
    buckets = {"org", f"user:{actor.id}"}
    for grant in actor.grants:
        lines = network.open_lines() if grant.line is None else (grant.line,)
        buckets.update(f"line:{line}" for line in lines)
        if grant.role in DESK_ROLES:
            buckets.update(_desks(grant, network))
        if _serves(grant):
            buckets.update(f"outlet:{outlet}" for outlet in _covered(grant, network))
        if grant.role in PRIVACY_ROLES:
            buckets.add(PRIVACY)
    return frozenset(buckets)


def serves(actor: Actor, outlet: str) -> bool:
    """Whether the outlet's own bucket is on this person's phones."""
    return any(_serves(grant) and grant.outlet in (None, outlet) for grant in actor.grants)


def _serves(grant: Grant) -> bool:
    return grant.role in OUTLET_ROLES and grant.line not in RESTRICTED_LINES


def _desks(grant: Grant, network: Network) -> Iterable[str]:
    lines = network.lines if grant.line is None else (grant.line,)
    return (f"desk:{outlet}:{line}" for outlet in _covered(grant, network) for line in lines)


def _covered(grant: Grant, network: Network) -> Iterable[str]:
    return network.outlets if grant.outlet is None else (grant.outlet,)


def _lines(post: Post, network: Network) -> tuple[str | None, ...]:
    if post.line is not None:
        return (post.line,)
    if post.role in WHOLE_LINE_ROLES or RESTRICTED_LINES.isdisjoint(network.lines):
        return (None,)
    return network.open_lines()


def _outlets(post: Post, network: Network) -> tuple[str | None, ...]:
    """The outlets a post covers; (None,) stands for all of them, also those still to come."""
    if post.outlet is not None:
        return (post.outlet,)
    place = _place(post.unit, network)
    if place is None:
        return (None,) if post.unit is None else ()
    roots = [unit for unit in network.units.values() if unit.parent is None]
    if place.parent is None and len(roots) == 1:
        return (None,)
    below = units_below(place.id, network)
    return tuple(sorted(outlet.id for outlet in network.outlets.values() if outlet.unit in below))


def _place(unit_id: str | None, network: Network) -> Unit | None:
    """The branch that a post in this unit looks after: a department serves the branch it is in."""
    unit = network.units.get(unit_id) if unit_id is not None else None
    for _ in range(UNIT_DEPTH_MAX):
        if unit is None or unit.level != "department" or unit.parent is None:
            return unit
        unit = network.units.get(unit.parent)
    return None


def units_below(unit_id: str, network: Network) -> frozenset[str]:
    """The unit and every unit under it."""
    found = {unit_id}
    for _ in range(UNIT_DEPTH_MAX):
        more = {unit.id for unit in network.units.values() if unit.parent in found} - found
        if not more:
            break
        found |= more
    return frozenset(found)
