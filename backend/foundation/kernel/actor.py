"""Who acts, and what they may do where. Computed from posts held, never stored on the phone."""

from collections.abc import Iterable

import msgspec

from backend.foundation.kernel.clock import Moment


class Grant(msgspec.Struct, frozen=True):
    """A role at an outlet and in a line. None means every outlet, or every line. `for_person` is
    whose post it is, where that is somebody absent: it shows their desk and decides nothing."""

    role: str
    outlet: str | None = None
    line: str | None = None
    for_person: str | None = None


class StandIn(msgspec.Struct, frozen=True):
    """Somebody absent, and when a deputy decides for them (`until` excluded). `grants` are those
    of the posts that a deputy stands in for."""

    person: str
    name: str
    since: Moment
    until: Moment
    first_day: str
    last_day: str
    grants: tuple[Grant, ...] = ()

    def covers(self, moment: Moment) -> bool:
        """Whether a decision of this moment may be made for them."""
        return self.since <= moment < self.until


class Actor(msgspec.Struct, frozen=True):
    """A person at a device. `system` acts for the worker and for imports. `stands_in` is for whom
    they may decide, were to or will; `for_person` for whom they do it in this very command."""

    id: str
    name: str
    grants: tuple[Grant, ...] = ()
    device_id: str = ""
    stands_in: tuple[StandIn, ...] = ()
    for_person: str | None = None

    def may(
        self, roles: str | Iterable[str], outlet: str | None = None, line: str | None = None
    ) -> bool:
        """Whether one grant covers one of the roles at this outlet and line.

        `outlet=None` or `line=None` asks only about the other: "somewhere" is enough.
        """
        wanted = {roles} if isinstance(roles, str) else set(roles)
        return any(
            grant.role in wanted
            and (outlet is None or grant.outlet is None or grant.outlet == outlet)
            and (line is None or grant.line is None or grant.line == line)
            for grant in self.grants
        )

    def is_at(self, outlet: str | None, line: str | None) -> bool:
        """Whether any post of theirs covers this outlet and line. For whoever has none there, a
        record of that place does not exist; None asks only about the other, as in `may`."""
        return self.may(self.roles(), outlet, line)

    def roles(self) -> frozenset[str]:
        """Every role this person holds somewhere."""
        return frozenset(grant.role for grant in self.grants)

    def alone(self) -> "Actor":
        """This person with nothing but their own posts."""
        if not self.stands_in:
            return self
        own = tuple(grant for grant in self.grants if grant.for_person is None)
        return msgspec.structs.replace(self, grants=own, for_person=None)

    def standing_in(self, absent: StandIn) -> "Actor":
        """This person deciding for somebody absent. Their own posts go on counting: what these
        keep them from (one's own outlet) they may not do for anybody either."""
        alone = self.alone()
        both = (*alone.grants, *absent.grants)
        return msgspec.structs.replace(alone, grants=both, for_person=absent.person)

    def stripped(self) -> "Actor":
        """This person without any right."""
        return msgspec.structs.replace(self, grants=(), stands_in=())


SYSTEM_ID = "00000000-0000-7000-8000-000000000001"
SYSTEM_ROLE = "system"
SYSTEM = Actor(id=SYSTEM_ID, name="Xunfang", grants=(Grant(SYSTEM_ROLE),), device_id="system")
