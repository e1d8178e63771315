"""Who acts, and what they may do where. Computed from posts held, never stored on the phone."""

from collections.abc import Iterable

import msgspec


class Grant(msgspec.Struct, frozen=True):
    """A role at an outlet and in a line. None means every outlet, or every line."""

    role: str
    outlet: str | None = None
    line: str | None = None


class Actor(msgspec.Struct, frozen=True):
    """A person at a device. `system` acts for the worker and for imports."""

    id: str
    name: str
    grants: tuple[Grant, ...] = ()
    device_id: str = ""

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


SYSTEM_ID = "00000000-0000-7000-8000-000000000001"
SYSTEM_ROLE = "system"
SYSTEM = Actor(id=SYSTEM_ID, name="Xunfang", grants=(Grant(SYSTEM_ROLE),), device_id="system")
