"""A small bank in which everybody stands somewhere else: the ground of the access matrix.

Two sub-branches with three outlets, four lines of which security is restricted. What there is to
see lies at Riverside, once in the line `service` and once in `security`. Every role is held by four
people: there in `service` (`own`), at another outlet (`away`), there in another line (`line`), and
there in `security` (`guard`). Nobody of them is named by any record: what they get, they get by
their posts. The records are made by the people of the stage and by Hu Bo's security section.
"""

from typing import Any

from tests.features.stage import CITY, HILLTOP, RIVERSIDE, Hand, Stage, fixed, words

EAST, WEST, SECTION = fixed("unit east"), fixed("unit west"), fixed("unit section")
LAKESIDE = fixed("outlet lakeside")
FAMILIES = ("service", "security")
ROLES = (
    "inspector",
    "outreach",
    "outlet_head",
    "outlet_staff",
    "manager",
    "line_lead",
    "secretariat",
    "security",
)
PLACES: dict[str, dict[str, Any]] = {
    "own": {"outlet": RIVERSIDE, "line": "service"},
    "away": {"outlet": HILLTOP, "line": "service"},
    "line": {"outlet": RIVERSIDE, "line": "retail"},
    "guard": {"outlet": RIVERSIDE, "line": "security"},
}
# Whose posts name no line, as in the field; and the pairs of those who look after everything.
SPECIAL: dict[str, dict[str, Any]] = {
    "outlet_head_own": {"role": "outlet_head", "outlet": RIVERSIDE},
    "outlet_head_away": {"role": "outlet_head", "outlet": LAKESIDE},
    "outlet_staff_own": {"role": "outlet_staff", "outlet": RIVERSIDE},
    "manager_own": {"role": "manager", "unit": EAST},
    "manager_away": {"role": "manager", "unit": WEST},
    "admin_one": {"role": "admin"},
    "admin_two": {"role": "admin"},
    "dpo_one": {"role": "dpo"},
    "dpo_two": {"role": "dpo"},
    "left_one": {"role": "manager", "held_from": "2026-01-01", "held_to": "2026-06-30"},
    "stopped_one": {"role": "manager", "unit": EAST},
    "lost_one": {"role": "manager", "unit": EAST},
    "deputy_now": {"role": "inspector", "outlet": LAKESIDE, "line": "retail"},
    "deputy_past": {"role": "inspector", "outlet": LAKESIDE, "line": "retail"},
}
# Who stands in for the manager of the outlet: this quarter, and no longer.
DEPUTY, DEPUTY_PAST, ABSENT = "deputy_now", "deputy_past", "manager_own"
LOST = "lost_one"  # whose phone is suspended; the person is not
STRANGER = "stranger_one"
FORGETFUL = "forgetful_one"  # is given one-time passwords, and asks nothing
# Who works with the records: named by them, and for the two families each their own.
CAST: dict[str, dict[str, Any]] = {
    "hu_bo": {"role": "manager", "line": "security"},
    "lu_wei": {"role": "outlet_staff", "outlet": RIVERSIDE, "line": "security"},
    "ma_tao": {"role": "outreach", "line": "security"},
    "shi_lei": {"role": "line_lead", "unit": SECTION, "line": "security"},
    "keeper": {"role": "admin"},
    "officer": {"role": "dpo"},
}


def asked_people() -> dict[str, dict[str, Any]]:
    """Everybody whose answers stand in the tables, with their post."""
    usual = {
        f"{role}_{place}": {"role": role, **post}
        for role in ROLES
        for place, post in PLACES.items()
    }
    return usual | SPECIAL


ASKED = (*asked_people(), STRANGER)


class Bank(Stage):
    """The stage with more units, outlets and people."""

    visit_notice = ""  # what customers are told before a visit, once it is published

    async def furnish(self) -> None:
        await super().furnish()
        await self.house(*self._more_places(), *self._more_people(), *self._deputies())
        for name in CAST:
            await self.hand(name)

    def who(self, name: str) -> Hand:
        """One of those who work with the records."""
        return self.hands[name]

    def _more_places(self) -> list[tuple[str, tuple[str, str], dict[str, Any]]]:
        made: list[tuple[str, tuple[str, str], dict[str, Any]]] = []
        levels = ((EAST, "sub_branch"), (WEST, "sub_branch"), (SECTION, "department"))
        for number, (id, level) in enumerate(levels):
            unit = {"code": f"1{number}", "name": words(level), "level": level, "parent": CITY}
            made.append(("organisation.add_unit", ("unit", id), unit))
        for id, unit in ((RIVERSIDE, EAST), (HILLTOP, WEST)):
            made.append(("organisation.change_outlet", ("outlet", id), {"unit": unit}))
        lakeside = {"code": "Lakeside", "name": words("Lakeside"), "unit": EAST}
        made.append(("organisation.add_outlet", ("outlet", LAKESIDE), lakeside))
        made.append(
            ("organisation.add_code_list", ("code_list", "channel"), {"name": words("How")})
        )
        return made

    def _deputies(self) -> list[tuple[str, tuple[str, str], dict[str, Any]]]:
        past, now = ("deputy", fixed("past")), ("deputy", fixed("now"))
        days = {"first_day": "2026-11-24", "last_day": "2027-02-20", "reason": "on leave"}
        asked = {"person": fixed(ABSENT), **days}
        return [
            ("identity.appoint_deputy", past, asked | {"deputy": fixed(DEPUTY_PAST)}),
            ("identity.end_deputy", past, {}),
            ("identity.appoint_deputy", now, asked | {"deputy": fixed(DEPUTY)}),
        ]

    def _more_people(self) -> list[tuple[str, tuple[str, str], dict[str, Any]]]:
        made: list[tuple[str, tuple[str, str], dict[str, Any]]] = []
        for name, post in (asked_people() | CAST).items():
            rec = ("person", fixed(name))
            made.append(("identity.add_person", rec, {"username": name, "name": name}))
            held = {"post": fixed(f"post {name}"), "title": words("Post"), **post}
            made.append(("identity.hold_post", rec, held))
        for name in (STRANGER, FORGETFUL):
            person = {"username": name, "name": name}
            made.append(("identity.add_person", ("person", fixed(name)), person))
        stopped = ("person", fixed("stopped_one"))
        made.append(("identity.suspend_person", stopped, {"reason": "left the bank"}))
        return made
