"""What phones receive: notices everywhere, consents with their parent, the rest the officer."""

from backend.foundation.identity.grants import PRIVACY
from backend.foundation.journal.manifest import Projection
from backend.foundation.journal.work import Work
from backend.foundation.privacy.model import (
    Answer,
    AnswerBody,
    CertificateBody,
    ConsentBody,
    HoldBody,
    NoticeBody,
)
from backend.foundation.privacy.tables import ANSWERS, CERTIFICATES, CONSENTS, HOLDS, NOTICES

ORG = frozenset({"org"})
OFFICE = frozenset({PRIVACY})


async def notice(work: Work, id: str) -> Projection | None:
    """The whole wording; retired ones stay, because consents name them."""
    found = await work.load(NOTICES, id)
    if found is None:
        return None
    body = NoticeBody(
        code=found.code,
        edition=found.edition,
        title=found.title,
        points=found.points,
        purposes=found.purposes,
        published_at=found.published_at,
        retired_at=found.retired_at,
    )
    return Projection(body, ORG)


async def consent(work: Work, id: str) -> Projection | None:
    """The consent with its answers, wherever its parent is seen and at the officer's desk."""
    found = await work.load(CONSENTS, id)
    if found is None:
        return None
    answers = sorted(await work.find(ANSWERS, consent=id), key=lambda one: one.purpose)
    body = ConsentBody(
        parent=(found.parent_kind, found.parent_id),
        outlet=found.outlet,
        line=found.line,
        notice=found.notice,
        late_notice=found.late_notice,
        principal=found.principal,
        minor=found.minor,
        answers=tuple(_answer(one) for one in answers),
        how=found.how,
        photo=found.photo,
        witness=found.witness,
        staff=found.staff,
        by=found.by,
        given_at=found.given_at,
        received_at=found.received_at,
        valid_until=found.valid_until,
    )
    return Projection(body, OFFICE.union(found.buckets))


async def certificate(work: Work, id: str) -> Projection | None:
    """For the officer alone: a certificate names what a person asked to be forgotten."""
    found = await work.load(CERTIFICATES, id)
    if found is None:
        return None
    body = CertificateBody(
        cause=found.cause,
        action=found.action,
        parent=(found.kind, found.rec_id),
        rule=found.rule,
        records=found.records,
        fields=found.fields,
        digests=found.digests,
        by=found.by,
        ordered_at=found.ordered_at,
        erase_by=found.erase_by,
        state=found.state,
        done_at=found.done_at,
    )
    return Projection(body, OFFICE)


async def hold(work: Work, id: str) -> Projection | None:
    """For the officer alone: why a court or an auditor wants a record is nobody else's business."""
    found = await work.load(HOLDS, id)
    if found is None:
        return None
    body = HoldBody(
        parent=(found.kind, found.rec_id),
        by=found.by,
        why=found.why,
        at=found.at,
        released_by=found.released_by,
        released_why=found.released_why,
        released_at=found.released_at,
    )
    return Projection(body, OFFICE)


def _answer(one: Answer) -> AnswerBody:
    return AnswerBody(
        purpose=one.purpose,
        given=one.given,
        withdrawn_at=one.withdrawn_at,
        channel=one.channel,
        asked_by=one.asked_by,
        action=one.action,
        erase_by=one.erase_by,
    )
