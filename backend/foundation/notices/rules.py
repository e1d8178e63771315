"""Decisions about inboxes, targets and the ways to them, on values alone."""

from datetime import timedelta

import msgspec

from backend.foundation.kernel import problem
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.clock import ZONE, Moment, parse
from backend.foundation.notices import problems
from backend.foundation.notices.commands import ChangeTarget, Choose, ReplayTarget
from backend.foundation.notices.model import Inbox, Lane, Quiet, Target
from backend.foundation.organisation.model import RESTRICTED_LINES

KEEPERS = frozenset({"admin"})
BACKOFF_SECONDS = 5
BACKOFF_SECONDS_MAX = 1800  # half an hour after a receiver is back it has everything
DEAD_AFTER = timedelta(hours=24)  # a night and a day: longer, and somebody has to look
DEAD_ATTEMPTS_MIN = 10  # so that a clock that jumps a year ahead ends no way by itself
MAIL_LIFE = timedelta(hours=72)  # over a weekend; an older notice is news to nobody
KEPT = timedelta(days=90)  # what can be sent again from the console


def require_own(actor: Actor, person: str) -> None:
    """Refuses everybody but the person."""
    if actor.id != person:
        raise problem.forbidden(needs="the person")


def require_keeper(actor: Actor) -> None:
    """Refuses everybody but administrators. The house itself has no targets to add."""
    if not actor.may(KEEPERS):
        raise problem.forbidden(needs="admin")


def choose(inbox: Inbox, asked: Choose) -> Inbox:
    """The inbox with these choices. Refuses hours that end where they begin."""
    if asked.quiet is not None and asked.quiet.since == asked.quiet.until:
        raise problem.args_invalid(field="quiet", reason="it ends when it begins")
    muted = tuple(sorted(set(asked.muted)))
    return msgspec.structs.replace(inbox, muted=muted, quiet=asked.quiet, language=asked.language)


def change(target: Target, asked: ChangeTarget, host: str | None) -> Target:
    """The changed target; None leaves a field as it is."""
    given = {
        name: value
        for name in ("name", "sealed", "kinds", "outlets", "lines", "language")
        if (value := getattr(asked, name)) is not None
    }
    if host is not None:
        given["host"] = host
    return msgspec.structs.replace(target, **given)


def pause(target: Target) -> Target:
    if target.state == "paused":
        raise problems.target_is_paused(target=target.name)
    return msgspec.structs.replace(target, state="paused")


def resume(target: Target) -> Target:
    if target.state != "paused":
        raise problems.target_not_paused(target=target.name)
    return msgspec.structs.replace(target, state="active")


def require_sending(target: Target) -> None:
    """A test or a replay of a paused target would lie there and look like a failure."""
    if target.state == "paused":
        raise problems.target_is_paused(target=target.name)


def require_one_replay(asked: ReplayTarget) -> None:
    """Refuses nothing, both, and what is no moment."""
    if (asked.delivery is None) == (asked.since is None):
        raise problems.replay_of_what()
    if asked.since is not None:
        try:
            parse(asked.since)
        except ValueError as wrong:
            raise problem.args_invalid(field="since", reason=str(wrong)) from wrong


def wants(target: Target, type: str, outlet: str | None, line: str | None) -> bool:
    """Whether the target is told of such a fact."""
    if type not in target.kinds or (target.outlets and outlet not in target.outlets):
        return False
    return line in target.lines if target.lines else line not in RESTRICTED_LINES


def is_mailed(inbox: Inbox, fact: str | None) -> bool:
    """Whether a notice of this fact goes out by e-mail as well."""
    feature = (fact or "").partition(".")[0]
    return inbox.address is not None and feature not in inbox.muted


def quiet_until(quiet: Quiet | None, now: Moment) -> Moment | None:
    """When the quiet hours that now is in are over; None outside of them."""
    if quiet is None:
        return None
    local = now.astimezone(ZONE)
    at = f"{local:%H:%M}"
    over_night = quiet.since > quiet.until
    within = (
        (at >= quiet.since or at < quiet.until) if over_night else (quiet.since <= at < quiet.until)
    )
    if not within:
        return None
    hour, minute = (int(part) for part in quiet.until.split(":"))
    end = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return end if end > local else end + timedelta(days=1)


def wait_after(attempts: int) -> timedelta:
    """How long to rest after so many failures in a row."""
    return timedelta(seconds=min(BACKOFF_SECONDS * 2 ** min(attempts, 16), BACKOFF_SECONDS_MAX))


def is_given_up(lane: Lane, now: Moment) -> bool:
    """Whether a way that failed once more has failed for so long that a person has to look. E-mail
    is never given up for that: its messages end by age, and a full mailbox may be emptied."""
    if lane.kind == "mail" or lane.failing_since is None:
        return False
    return lane.attempts >= DEAD_ATTEMPTS_MIN and now - parse(lane.failing_since) >= DEAD_AFTER
