"""Who hears about evidence."""

from collections.abc import Iterable

from backend.foundation.evidence.facts import Refused, Waived
from backend.foundation.journal.envelope import Context, Told
from backend.foundation.journal.manifest import Notices


def refused(fact: Refused, _context: Context) -> Iterable[Told]:
    """The author, once for each photo."""
    for photo, author in zip(fact.photos, fact.authors, strict=True):
        yield Told(author, "photo_refused", {"reason": fact.reason}, ("photo", photo))


def waived(fact: Waived, context: Context) -> Iterable[Told]:
    """The author, unless they did it themselves."""
    for photo, author in zip(fact.photos, fact.authors, strict=True):
        if author != context.actor.id:
            yield Told(author, "photo_waived", {"by": context.actor.id}, ("photo", photo))


ALL = (
    Notices(Refused, refused, "照片被拒收", "Photo refused"),
    Notices(Waived, waived, "照片不再等待", "Photo given up"),
)
