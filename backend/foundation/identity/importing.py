"""People with their posts that somebody brings as a file: its columns, and what only the house
knows of them. Pure. Nothing is kept: what is taken in are commands like any other.

A row is a post; rows with one user name are one person. Ids follow from what they are about, so
that reading the same file again finds what was taken, and two who bring it at once collide.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

import msgspec

from backend.foundation.documents.sheet import (
    CellProblem,
    Choice,
    Code,
    Day,
    Field,
    Imported,
    Row,
    Sheet,
    Text,
    cell_problem,
)
from backend.foundation.identity import brought_problems as problems
from backend.foundation.identity import problems as identity
from backend.foundation.identity import rules
from backend.foundation.identity.commands import HoldPost
from backend.foundation.identity.model import Person, Post, Role
from backend.foundation.kernel.actor import SYSTEM_ID
from backend.foundation.kernel.ids import derived_id
from backend.foundation.kernel.problem import Problem, ProblemType
from backend.foundation.organisation import brought_problems as closed_problems
from backend.foundation.organisation.model import Line, Outlet, Unit, Words
from backend.foundation.organisation.rules import is_closed

ROLES: dict[str, tuple[str, ...]] = {
    "inspector": ("检查员", "Inspector"),
    "outreach": ("外拓人员", "Outreach"),
    "outlet_head": ("网点负责人", "Outlet head"),
    "outlet_staff": ("网点员工", "Outlet staff"),
    "manager": ("管理人员", "Manager"),
    "line_lead": ("条线负责人", "Line lead"),
    "secretariat": ("综合秘书", "Secretariat"),
    "security": ("安全保卫", "Security"),
    "admin": ("系统管理员", "Administrator"),
    "dpo": ("个人信息保护负责人", "Data-protection officer"),
}
PEOPLE = Sheet(
    (
        Field("name", "姓名", "Name", Text(), required=True),
        Field("username", "用户名", "User name", Code(32), required=True, also=("账号", "Login")),
        Field("role", "岗位", "Role", Choice(ROLES), required=True),
        Field("title", "职务", "Title", Text()),
        Field("unit", "机构", "Unit", Code(), also=("机构号",)),
        Field("outlet", "网点", "Outlet", Code(), also=("网点号",)),
        Field("line", "条线", "Line", Code()),
        Field("held_from", "起始日", "From", Day()),
        Field("held_to", "截止日", "To", Day()),
    )
)
P = TypeVar("P", Unit, Outlet, Line)
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
_MISSING = {
    "unit": (problems.cell_unit_unknown, closed_problems.cell_unit_closed),
    "outlet": (problems.cell_outlet_unknown, closed_problems.cell_outlet_closed),
    "line": (problems.cell_line_unknown, closed_problems.cell_line_closed),
}
_HEADINGS = {field.name: f"{field.zh} / {field.en}" for field in PEOPLE.fields}


class Places(msgspec.Struct, frozen=True):
    """Units, outlets and lines of the house by their codes."""

    units: Mapping[str, Unit]
    outlets: Mapping[str, Outlet]
    lines: Mapping[str, Line]


class Known(msgspec.Struct, frozen=True):
    """Who is there already, by user name, and what they hold, by their id."""

    people: Mapping[str, Person]
    posts: Mapping[str, list[Post]]


class BroughtPost(msgspec.Struct, frozen=True):
    """A post of a row, as `identity.hold_post` takes it; not `is_new`: it is held already."""

    row: int
    post: str
    is_new: bool
    role: Role
    title: Words
    unit: str | None
    outlet: str | None
    line: str | None
    held_from: str
    held_to: str | None


class BroughtPerson(msgspec.Struct, frozen=True):
    """A person of the file; not `is_new`: they are there already."""

    rows: list[int]
    id: str
    username: str
    name: str
    is_new: bool
    posts: list[BroughtPost]


class PeopleImport(msgspec.Struct, frozen=True):
    """People that can be taken in, and every problem by row and column. A row with a problem is
    left out; the mended file brings it later. `is_cut`: there are more problems than are told."""

    people: list[BroughtPerson]
    problems: list[CellProblem]
    ignored: list[str]
    tab: str
    is_cut: bool


def brought(imported: Imported, places: Places, known: Known, today: date) -> PeopleImport:
    """What the file holds, judged by what the house knows."""
    reader = _Reader(places, known, today)
    for row in imported.rows:
        reader.take(row)
    return PeopleImport(
        people=list(reader.people.values()),
        problems=sorted([*imported.problems, *reader.problems], key=lambda one: one.row),
        ignored=imported.ignored,
        tab=imported.tab,
        is_cut=imported.is_cut,
    )


class _Refused(Exception):
    """A row that cannot be taken: which column, and why."""

    def __init__(self, column: str, kind: ProblemType, **facts: str | int) -> None:
        super().__init__(kind.code)
        self.column, self.kind, self.facts = column, kind, facts


class _Reader:
    """Goes through the rows once, top to bottom."""

    def __init__(self, places: Places, known: Known, today: date) -> None:
        self.people: dict[str, BroughtPerson] = {}
        self.problems: list[CellProblem] = []
        self._places, self._known, self._today = places, known, today
        self._held: dict[str, list[Post]] = {}  # of this file, by person

    def take(self, row: Row) -> None:
        """Adds the row's post to its person, or notes what is wrong with it."""
        try:
            person = self._person(row)
            post = self._post(row, person)
        except _Refused as no:
            heading = _HEADINGS[no.column]
            self.problems.append(cell_problem(no.kind, row.number, no.column, heading, **no.facts))
            return
        person.rows.append(row.number)
        person.posts.append(post)
        self.people[person.username] = person

    def _person(self, row: Row) -> BroughtPerson:
        username, name = str(row.values["username"]).lower(), str(row.values["name"])
        if _USERNAME.fullmatch(username) is None:
            raise _Refused("username", problems.cell_not_username, value=username)
        before = self.people.get(username)
        if before is not None:
            if before.name != name:
                raise _Refused("name", problems.person_differs, first=before.rows[0])
            return before
        there = self._known.people.get(username)
        if there is None:
            id = derived_id(SYSTEM_ID, f"person:{username}")
            return BroughtPerson([], id, username, name, is_new=True, posts=[])
        if there.name != name:
            raise _Refused("username", problems.person_known_otherwise, name=there.name)
        return BroughtPerson([], there.id, username, name, is_new=False, posts=[])

    def _post(self, row: Row, person: BroughtPerson) -> BroughtPost:
        asked, outlet = self._asked(row, person)
        somebody = Person(person.id, person.username, person.name, active=True)
        try:
            post = rules.hold_post(somebody, asked, outlet, [], self._today)
        except Problem as no:
            column = "held_to" if no.code == identity.post_dates.code else "role"
            raise _Refused(
                column, problems.post_not_taken, why=no.detail, why_zh=no.detail_zh
            ) from no
        is_new = not _is_among(post, self._known.posts.get(person.id, []))
        held = self._held.setdefault(person.id, [])
        if is_new and _is_among(post, held):
            raise _Refused("role", problems.post_in_file_twice)
        held.append(post)
        return BroughtPost(
            row=row.number,
            post=post.id,
            is_new=is_new,
            role=post.role,
            title=post.title,
            unit=post.unit,
            outlet=post.outlet,
            line=post.line,
            held_from=post.held_from,
            held_to=post.held_to,
        )

    def _asked(self, row: Row, person: BroughtPerson) -> tuple[HoldPost, Outlet | None]:
        values = {name: None if value is None else str(value) for name, value in row.values.items()}
        unit = self._named(self._places.units, values, "unit")
        outlet = self._named(self._places.outlets, values, "outlet")
        line = self._named(self._places.lines, values, "line")
        role = str(values["role"])
        ids = [None if one is None else one.id for one in (unit, outlet, line)]
        about = [person.id, role, *ids, values["held_from"]]
        zh, en = ROLES[role]
        asked = HoldPost(
            post=derived_id(SYSTEM_ID, "post:" + "|".join(part or "" for part in about)),
            role=msgspec.convert(role, Role),
            title=Words(values["title"] or zh, values["title"] or en),
            unit=ids[0],
            outlet=ids[1],
            line=ids[2],
            held_from=values["held_from"],
            held_to=values["held_to"],
        )
        return asked, outlet

    def _named(
        self, known: Mapping[str, P], values: Mapping[str, str | None], column: str
    ) -> P | None:
        """What the code in this column stands for, None when it is empty."""
        code = values[column]
        if code is None:
            return None
        unknown, closed = _MISSING[column]
        found = known.get(code)
        if found is None:
            raise _Refused(column, unknown, value=code)
        if is_closed(found, self._today):
            raise _Refused(column, closed, value=code)
        return found


def _is_among(post: Post, held: Iterable[Post]) -> bool:
    return any(
        other.id == post.id or (rules.is_same_post(post, other) and rules.overlap(post, other))
        for other in held
    )
