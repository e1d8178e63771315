"""People, posts, devices and sessions, as rules think of them."""

from typing import Annotated, Literal

import msgspec

from backend.foundation.kernel import limits
from backend.foundation.organisation.model import Words

Role = Literal[
    "inspector",
    "outreach",
    "outlet_head",
    "outlet_staff",
    "manager",
    "line_lead",
    "secretariat",
    "security",
    "admin",
    "dpo",
]
DeviceState = Literal["active", "suspended", "wipe_after_push", "wipe_now"]
Username = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9._-]{1,31}$")]
PersonName = Annotated[str, msgspec.Meta(min_length=1, max_length=limits.NAME_MAX)]


class Person(msgspec.Struct, frozen=True):
    """Somebody who can sign in. Inactive people keep their history and lose every grant."""

    id: str
    username: str
    name: str
    active: bool


class Post(msgspec.Struct, frozen=True):
    """A role held by a person. The last day `held_to` still counts; None means open-ended.

    At most one of `unit` and `outlet` is set; neither means the whole organisation.
    """

    id: str
    person: str
    role: Role
    unit: str | None
    outlet: str | None
    line: str | None
    title: Words
    held_from: str
    held_to: str | None


class Credential(msgspec.Struct, frozen=True):
    """The sign-in secret of a person (`id` is the person's). Sessions older than `set_at` end.

    `one_time_until` None is a password of their own; else an administrator gave it, it opens no
    session, and until then they may put one of their own in its place."""

    id: str
    password_hash: str
    set_at: str
    one_time_until: str | None = None


class Pin(msgspec.Struct, frozen=True):
    """The PIN of a person (`id` is the person's). `pin_hash` is Argon2 over what the house's key
    makes of it; `salt` (hex) and `check_bits` are what colleagues' phones hold of it. The one
    before counts on until `before_until`, for phones that have not heard of the new one."""

    id: str
    pin_hash: str
    salt: str
    iterations: int
    check_bits: int
    set_at: str
    before_hash: str | None = None
    before_until: str | None = None


class Device(msgspec.Struct, frozen=True):
    """An installation of the app. `state_*` are None until somebody changes the state; `erased_at`
    is when it said that it erased itself, with so many things unsent."""

    id: str
    name: str
    state: DeviceState
    first_seen_at: str
    state_reason: str | None = None
    state_by: str | None = None
    state_at: str | None = None
    erased_at: str | None = None
    erased_unsent: int | None = None


class Session(msgspec.Struct, frozen=True):
    """A sign-in. The id is the SHA-256 of its token."""

    id: str
    person: str
    device: str
    created_at: str
    expires_at: str


class Deputyship(msgspec.Struct, frozen=True):
    """Somebody decides for an absent person, from the first day to the last one. `appointed_at` is
    when that was ordered and `ended_at` when it was ended early: outside of both nothing counts."""

    id: str
    person: str
    deputy: str
    first_day: str
    last_day: str
    reason: str
    appointed_by: str
    appointed_at: str
    ended_by: str | None = None
    ended_at: str | None = None


class PinCheck(msgspec.Struct, frozen=True):
    """Enough to tell a slip of the finger at once, too little to tell the PIN: the first ten bits
    of PBKDF2-HMAC-SHA-256 over the six digits (ASCII), with this salt (hex)."""

    salt: str
    iterations: int
    check: int


class PinBody(msgspec.Struct, frozen=True):
    """What a person's own phones see of their PIN: that there is one."""

    set_at: str


class DeputyBody(msgspec.Struct, frozen=True):
    """What phones see of it: who decides for whom and when. Not why somebody is away."""

    person: str
    deputy: str
    first_day: str
    last_day: str
    appointed_at: str
    ended_at: str | None


class PostBody(msgspec.Struct, frozen=True):
    """What phones see of a post. The phone judges `held_from` and `held_to` by its own day."""

    role: Role
    unit: str | None
    outlet: str | None
    line: str | None
    title: Words
    held_from: str
    held_to: str | None

    @classmethod
    def of(cls, post: Post) -> "PostBody":
        """The post without its ids."""
        return cls(
            role=post.role,
            unit=post.unit,
            outlet=post.outlet,
            line=post.line,
            title=post.title,
            held_from=post.held_from,
            held_to=post.held_to,
        )


class PersonBody(msgspec.Struct, frozen=True):
    """What phones see of a person: the name directory, so that a case can name its people."""

    name: str
    username: str
    posts: tuple[PostBody, ...]
    active: bool
