"""The list of people: their posts, whether they can sign in, and what their devices still hold."""

from datetime import date
from typing import Any, Literal

import msgspec

from backend.foundation.database.transaction import Row, Tx, among
from backend.foundation.identity.grants import is_held
from backend.foundation.identity.model import Post, Role
from backend.foundation.identity.tables import POSTS
from backend.foundation.kernel.clock import Moment, wire
from backend.foundation.kernel.limits import PAGE_ROWS_MAX
from backend.foundation.organisation.calendar import business_day
from backend.foundation.organisation.model import Words

PasswordState = Literal["none", "one_time", "lapsed", "own"]
_PEOPLE = (
    "SELECT p.id, p.username, p.name, p.active, c.id AS credential, c.one_time_until "
    "FROM person p LEFT JOIN credential c ON c.id = p.id"
)
_HELD = (
    "EXISTS (SELECT 1 FROM post o WHERE o.person = p.id AND o.held_from <= ? "
    "AND (o.held_to IS NULL OR o.held_to >= ?)"
)
_STATES = {"active": "p.active", "suspended": "NOT p.active", "no_password": "c.id IS NULL"}


class HeldPost(msgspec.Struct, frozen=True):
    """A post with its id, past, present or to come; `is_held` says whether it counts today."""

    id: str
    role: Role
    unit: str | None
    outlet: str | None
    line: str | None
    title: Words
    held_from: str
    held_to: str | None
    is_held: bool


class PersonRow(msgspec.Struct, frozen=True):
    """A person as the administrator's list shows them. `unsent` are commands and photos, as their
    devices last said; `password` is `lapsed` when a one-time one was not used in time."""

    id: str
    username: str
    name: str
    active: bool
    password: PasswordState
    posts: list[HeldPost]
    devices: int
    unsent: int
    last_contact_at: str | None


class PeoplePage(msgspec.Struct, frozen=True):
    """People by user name, and where the next page begins (null: this was the last)."""

    rows: list[PersonRow]
    next: str | None


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What to look for; None means all. `text` is a part of the name or user name; role, unit,
    outlet and line are those of one post held today."""

    text: str | None = None
    state: Literal["active", "suspended", "no_password"] | None = None
    role: str | None = None
    unit: str | None = None
    outlet: str | None = None
    line: str | None = None


async def people(
    tx: Tx, wanted: Wanted, now: Moment, after: str | None = None, limit: int = PAGE_ROWS_MAX
) -> PeoplePage:
    """A page of people. Three queries, whatever its length."""
    limit = max(1, min(limit, PAGE_ROWS_MAX))
    clause, args = _clause(wanted, business_day(now))
    if after is not None:
        clause, args = f"{clause} AND p.username > ?", [*args, after]
    tail = f"ORDER BY p.username LIMIT {limit + 1}"
    found = await tx.fetch(f"{_PEOPLE} WHERE {clause} {tail}", *args)
    rows = await _rows(tx, found[:limit], now)
    return PeoplePage(rows, rows[-1].username if len(found) > limit else None)


async def person(tx: Tx, person_id: str, now: Moment) -> PersonRow | None:
    """One person, or None if there is no such person."""
    rows = await _rows(tx, await tx.fetch(f"{_PEOPLE} WHERE p.id = ?", person_id), now)
    return rows[0] if rows else None


def _clause(wanted: Wanted, today: date) -> tuple[str, list[Any]]:
    parts, args = ["1 = 1"], list[Any]()
    if wanted.text is not None:
        parts.append("(lower(p.name) LIKE ? ESCAPE '!' OR p.username LIKE ? ESCAPE '!')")
        args += [_part(wanted.text)] * 2
    if wanted.state is not None:
        parts.append(_STATES[wanted.state])
    post = [("role", wanted.role), ("unit", wanted.unit)]
    post += [("outlet", wanted.outlet), ("line", wanted.line)]
    asked = [(column, value) for column, value in post if value is not None]
    if asked:
        matching = "".join(f" AND o.{column} = ?" for column, _ in asked)
        parts.append(f"{_HELD}{matching})")
        args += [today.isoformat()] * 2 + [value for _, value in asked]
    return " AND ".join(parts), args


def _part(text: str) -> str:
    bare = text.strip().lower()
    for sign in "!%_":
        bare = bare.replace(sign, f"!{sign}")
    return f"%{bare}%"


async def _rows(tx: Tx, found: list[Row], now: Moment) -> list[PersonRow]:
    ids = [row["id"] for row in found]
    today = business_day(now)
    clause, args = among(tx, "person", ids)
    posts: dict[str, list[HeldPost]] = {}
    for post in await POSTS.where(tx, f"{clause} ORDER BY held_from, id", *args):
        posts.setdefault(post.person, []).append(_held(post, today))
    said = {
        row["person"]: row
        for row in await tx.fetch(
            "SELECT person, count(*) AS devices, max(last_contact_at) AS last_contact_at, "
            "CAST(sum(unsent_commands + unsent_photos) AS BIGINT) AS unsent "
            f"FROM device_contact WHERE {clause} GROUP BY person",
            *args,
        )
    }
    return [_row(row, posts.get(row["id"], []), said.get(row["id"], {}), now) for row in found]


def _held(post: Post, today: date) -> HeldPost:
    return HeldPost(
        id=post.id,
        role=post.role,
        unit=post.unit,
        outlet=post.outlet,
        line=post.line,
        title=post.title,
        held_from=post.held_from,
        held_to=post.held_to,
        is_held=is_held(post, today),
    )


def _row(row: Row, posts: list[HeldPost], said: Row, now: Moment) -> PersonRow:
    return PersonRow(
        id=row["id"],
        username=row["username"],
        name=row["name"],
        active=bool(row["active"]),
        password=_password(row, now),
        posts=posts,
        devices=said.get("devices", 0),
        unsent=said.get("unsent", 0),
        last_contact_at=said.get("last_contact_at"),
    )


def _password(row: Row, now: Moment) -> PasswordState:
    if row["credential"] is None:
        return "none"
    if row["one_time_until"] is None:
        return "own"
    return "one_time" if wire(now) < row["one_time_until"] else "lapsed"
