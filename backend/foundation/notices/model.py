"""Inboxes, targets and what is on its way to them, as rules think and phones receive them."""

from typing import Annotated, Literal

import msgspec

from backend.foundation.kernel import limits

Language = Literal["zh", "en"]
TargetKind = Literal["webhook", "wecom", "dingtalk"]
TargetState = Literal["active", "paused"]
LaneKind = Literal["hook", "mail"]
LaneState = Literal["well", "failing", "dead"]
DeliveryState = Literal["queued", "sent", "refused", "expired", "dropped"]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=limits.NAME_MAX)]
FactName = Annotated[str, msgspec.Meta(pattern=r"^[a-z_]{1,40}\.[A-Za-z]{1,40}$")]
FeatureName = Annotated[str, msgspec.Meta(pattern=r"^[a-z_]{1,40}$")]
ClockTime = Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
# Written as on a card: no quotes, comments or address literals, which nobody's bank uses.
MailAddress = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
        r"@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$",
        max_length=254,
    ),
]


class Quiet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From when until when, by the bank's clock, no e-mail is sent; over midnight if need be."""

    since: ClockTime
    until: ClockTime


class Inbox(msgspec.Struct, frozen=True):
    """What a person chose (`id` is the person's). `muted` are features that send no e-mail; the
    inbox on phone and desk has everything, always."""

    id: str
    address: str | None = None
    muted: tuple[str, ...] = ()
    quiet: Quiet | None = None
    language: Language = "zh"


class InboxBody(msgspec.Struct, frozen=True):
    """The same, as the person's own phones receive it."""

    address: str | None
    muted: tuple[str, ...]
    quiet: Quiet | None
    language: Language


class Target(msgspec.Struct, frozen=True):
    """Where facts go. `sealed` is address and secret as the administrator's browser sealed them for
    this house; `host` is what is shown of it. Without `outlets` all of them, without `lines` all
    but the restricted ones, which have to be named."""

    id: str
    name: str
    kind: TargetKind
    host: str
    sealed: str
    kinds: tuple[str, ...]
    outlets: tuple[str, ...]
    lines: tuple[str, ...]
    language: Language
    state: TargetState
    made_at: str


class Delivery(msgspec.Struct, frozen=True):
    """One message in a lane. `place` is its order there; `at` when the fact was recorded; `code`
    and `status` say why it is not out: our word, and the other side's number."""

    id: str
    lane: str
    place: int
    type: str
    rec_kind: str | None
    rec_id: str | None
    outlet: str | None
    line: str | None
    at: str
    state: DeliveryState = "queued"
    attempts: int = 0
    ended_at: str | None = None
    code: str | None = None
    status: int | None = None


class Lane(msgspec.Struct, frozen=True):
    """The way to one target or one person's e-mail: one message at a time. `clock_off` is how many
    seconds our clock is ahead of theirs, where that is worth a word."""

    id: str
    kind: LaneKind
    owner: str  # the target's or the person's id
    state: LaneState = "well"
    attempts: int = 0
    next_at: str = ""
    failing_since: str | None = None
    last_sent_at: str | None = None
    code: str | None = None
    status: int | None = None
    clock_off: int | None = None
    holder: str = ""
    held_until: str = ""


class Gathered(msgspec.Struct, frozen=True):
    """How far facts and notices were looked at for what has to leave the house."""

    id: str
    seq: int
    ver: int


def lane_id(kind: LaneKind, owner: str) -> str:
    """`hook:<target>` or `mail:<person>`."""
    return f"{kind}:{owner}"
