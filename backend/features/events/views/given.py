"""What every read of events is given, and the one event that it is about."""

from typing import Annotated, Any, Literal

from litestar import Request
from litestar.di import NamedDependency
from litestar.params import PathParameter, QueryParameter, SkipValidation

from backend.features.events.views import reading
from backend.features.events.views.reading import Held
from backend.foundation.database.engine import Database
from backend.foundation.database.transaction import Tx
from backend.foundation.documents.workshop import Workshop
from backend.foundation.evidence.pictures import Pictures
from backend.foundation.identity.access import Signed
from backend.foundation.identity.listing import NAME
from backend.foundation.kernel.clock import Clock
from backend.foundation.kernel.limits import PAGE_ROWS_MAX
from backend.foundation.kernel.problem import forbidden, not_found
from backend.foundation.organisation.lunar import YEAR_MAX, YEAR_MIN

Asking = Request[Any, Signed, Any]
GivenDatabase = NamedDependency[SkipValidation[Database]]
GivenClock = NamedDependency[SkipValidation[Clock]]
GivenWorkshop = NamedDependency[SkipValidation[Workshop]]
GivenPictures = NamedDependency[SkipValidation[Pictures]]
GivenOrigin = NamedDependency[SkipValidation[str]]
Name = Annotated[str | None, QueryParameter(pattern=NAME)]
Limit = Annotated[int, QueryParameter(ge=1, le=PAGE_ROWS_MAX)]
Year = Annotated[int, QueryParameter(ge=YEAR_MIN, le=YEAR_MAX)]
EventId = Annotated[str, PathParameter(pattern=NAME)]
Tongue = Annotated[Literal["zh", "en"], QueryParameter(name="language")]


async def people_of(tx: Tx, request: Asking, event_id: str) -> Held:
    """The same, for whoever may read who was there. Refuses others with `forbidden`."""
    held = await held_of(tx, request, event_id)
    if not held.shows_people:
        raise forbidden(move="attendance")
    return held


async def held_of(tx: Tx, request: Asking, event_id: str) -> Held:
    """The event with its people. Refuses with `not_found` whoever may not see it."""
    held = await reading.held(tx, request.auth.actor, event_id)
    if held is None:
        raise not_found()
    return held
