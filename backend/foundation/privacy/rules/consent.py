"""What a consent may be, and how somebody stands to a purpose."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

import msgspec

from backend.foundation.evidence.model import rec_key
from backend.foundation.journal.envelope import Context, RecKey
from backend.foundation.journal.purpose import AtEnd
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.clock import Moment, parse, wire
from backend.foundation.kernel.problem import forbidden, not_found
from backend.foundation.privacy import problems
from backend.foundation.privacy.commands import Giving, Withdraw
from backend.foundation.privacy.model import Answer, Consent, Notice, Standing
from backend.foundation.privacy.policy import ERASE_WITHIN_DAYS, LATE_NOTICE_DAYS
from backend.foundation.privacy.rules.publishing import OFFICER

# Whoever answers for the outlet or line of the record, or goes to people's homes for it. A customer
# tells whom they know; sending them to a central office would not be as easy as giving was.
WITHDRAWING = frozenset({"manager", "line_lead", "outlet_head", "outreach"})
# What each way of giving leaves behind.
_PROOF: dict[str, tuple[str, ...]] = {
    "signature": ("photo",),
    "thumbprint": ("photo", "witness"),
    "spoken": ("witness",),
}


class Place(msgspec.Struct, frozen=True):
    """The record that a consent belongs to, where it is, and where it is seen."""

    rec: RecKey
    outlet: str
    line: str | None
    buckets: tuple[str, ...]
    minor: bool


def consent(asked: Giving, notice: Notice, place: Place, ctx: Context) -> Consent:
    """The consent as it is kept. Whether its photo and people are there is asked elsewhere."""
    _require_answers(asked, notice)
    if place.minor and asked.principal != "guardian":
        raise problems.guardian_required()
    _require_proof(asked, ctx.actor)
    given_at = ctx.judged_at()
    if asked.valid_until is not None and asked.valid_until <= wire(given_at):
        raise problems.validity_past()
    return Consent(
        id=asked.id,
        parent_kind=place.rec[0],
        parent_id=place.rec[1],
        parent=rec_key(*place.rec),
        outlet=place.outlet,
        line=place.line,
        buckets=place.buckets,
        notice=notice.id,
        late_notice=_is_late(notice, given_at),
        principal=asked.principal,
        minor=place.minor,
        how=asked.how,
        photo=asked.photo,
        witness=asked.witness,
        staff=asked.staff,
        by=ctx.actor.id,
        device=ctx.device_id,
        given_at=wire(given_at),
        occurred_at=wire(ctx.occurred_at),
        offset_ms=ctx.offset_ms,
        error_ms=ctx.error_ms,
        received_at=wire(ctx.now),
        valid_until=asked.valid_until,
    )


def answers(asked: Giving) -> tuple[Answer, ...]:
    """One row for each purpose."""
    return tuple(
        Answer(answer_id(asked.id, one.purpose), asked.id, one.purpose, one.given)
        for one in asked.answers
    )


def answer_id(consent_id: str, purpose: str) -> str:
    return f"{consent_id}|{purpose}"


def standing(
    consents: Iterable[Consent],
    answered: Mapping[str, Sequence[Answer]],
    purpose: str,
    at: str,
    device: str,
) -> Standing:
    """How the person stood to the purpose when this device did something at this moment: what was
    answered last counts. `answered` are the answers by consent."""
    found = Standing("missing")
    for one in sorted(consents, key=lambda one: (one.given_at, one.received_at, one.id)):
        if not _was_given(one, at, device):
            continue
        for answer in answered[one.id]:
            if answer.purpose == purpose:
                found = _stands(one, answer, at)
    return found


def require_withdrawing(actor: Actor, outlet: str, line: str | None) -> None:
    """The officer, or staff of the record's outlet and line. For strangers there is no consent."""
    if actor.may(OFFICER) or actor.may(WITHDRAWING, outlet, line):
        return
    raise forbidden(move="withdraw") if actor.is_at(outlet, line) else not_found()


def withdraw(
    answered: Sequence[Answer], asked: Withdraw, ctx: Context, *, held: bool
) -> tuple[Answer, ...]:
    """The answers that change; none when all of it was taken back before, by whatever channel."""
    named = _named(answered, asked)
    action: AtEnd = "seal" if held else "erase"
    at = ctx.judged_at()
    return tuple(
        msgspec.structs.replace(
            answer,
            withdrawn_at=wire(at),
            recorded_at=wire(ctx.now),
            channel=asked.channel,
            asked_by=asked.asked_by,
            staff=asked.staff or ctx.actor.id,
            action=action,
            erase_by=erase_by(at),
        )
        for answer in named
        if answer.withdrawn_at is None
    )


def unsealed(answered: Iterable[Answer], now: Moment) -> tuple[Answer, ...]:
    """The answers whose erasing waited for a hold that is gone."""
    return tuple(
        msgspec.structs.replace(answer, action="erase", erase_by=erase_by(now))
        for answer in answered
        if answer.action == "seal"
    )


def erase_by(moment: Moment) -> str:
    """Until when the bytes have to be gone."""
    return wire(moment + timedelta(days=ERASE_WITHIN_DAYS))


def _was_given(one: Consent, at: str, device: str) -> bool:
    """Whether the consent came first. A device's own commands come in its order, whatever its clock
    showed; a clock that said nothing (see `judged_at`) cannot say that it came too late."""
    return one.device == device or one.given_at <= at or not _says_when(one)


def _says_when(one: Consent) -> bool:
    try:
        told = parse(one.occurred_at) + timedelta(milliseconds=one.offset_ms)
    except OverflowError:
        return False
    return wire(told) == one.given_at


def _named(answered: Sequence[Answer], asked: Withdraw) -> list[Answer]:
    given = {answer.purpose: answer for answer in answered if answer.given}
    if asked.purposes is None:
        if not given:
            raise problems.nothing_to_withdraw(purpose="*")
        return list(given.values())
    for purpose in asked.purposes:
        if purpose not in given:
            raise problems.nothing_to_withdraw(purpose=purpose)
    return [given[purpose] for purpose in dict.fromkeys(asked.purposes)]


def _stands(one: Consent, answer: Answer, at: str) -> Standing:
    if not answer.given:
        return Standing("refused", one.id, one.given_at)
    if answer.withdrawn_at is not None and answer.withdrawn_at <= at:
        return Standing("withdrawn", one.id, answer.withdrawn_at)
    if one.valid_until is not None and one.valid_until <= at:
        return Standing("expired", one.id, one.valid_until, one.valid_until)
    return Standing("given", one.id, one.given_at, one.valid_until)


def _require_answers(asked: Giving, notice: Notice) -> None:
    if not asked.answers:
        raise problems.answers_missing()
    seen: set[str] = set()
    for answer in asked.answers:
        if answer.purpose not in notice.purposes:
            raise problems.purpose_not_covered(purpose=answer.purpose)
        if answer.purpose in seen:
            raise problems.purpose_answered_twice(purpose=answer.purpose)
        seen.add(answer.purpose)


def _require_proof(asked: Giving, actor: Actor) -> None:
    for what in _PROOF[asked.how]:
        if getattr(asked, what) is None:
            raise problems.consent_proof_missing(what=what)
    if asked.witness == actor.id:
        raise problems.witness_own()


def _is_late(notice: Notice, given_at: Moment) -> bool:
    """Whether the wording was retired before it was read. Refuses when that was long ago."""
    if notice.retired_at is None or wire(given_at) < notice.retired_at:
        return False
    if given_at - parse(notice.retired_at) > timedelta(days=LATE_NOTICE_DAYS):
        raise problems.notice_retired()
    return True
