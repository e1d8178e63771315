"""The sheet of a round, put together from registers, findings and photos."""

from backend.features.inspections.model import Found, Round
from backend.features.inspections.tables import FOUND
from backend.foundation.checklists import answering
from backend.foundation.checklists.sheet import Sheet
from backend.foundation.evidence import attaching
from backend.foundation.evidence.model import Photo
from backend.foundation.journal.work import Work


def begin(work: Work, round_id: str) -> None:
    """The round is only being made, so its sheet is empty and nobody need look."""
    answering.begin(work, round_id)
    attaching.begin(work, ("round", round_id))
    work.begin(FOUND, round=round_id)


async def found_in(work: Work, round_: Round) -> list[Found]:
    """The round's findings, in the order of their ids."""
    return await work.find(FOUND, round=round_.id)


async def photos_in(work: Work, round_: Round) -> list[Photo]:
    """The round's photos, in the order of their ids."""
    return await attaching.photos_of(work, ("round", round_.id))


async def sheet_of(work: Work, round_: Round, signature: str | None) -> Sheet:
    """Answers, findings and signature as they stand."""
    photos = await photos_in(work, round_)
    return Sheet(
        template=round_.template,
        answers=await answering.answers_of(work, round_.id),
        findings={one.id: one.in_sheet(photos) for one in await found_in(work, round_)},
        signature=signature,
    )
