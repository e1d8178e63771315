"""An identity document is looked at and given back: what may be kept of that."""

from backend.foundation.journal.envelope import Context
from backend.foundation.kernel.clock import wire
from backend.foundation.privacy import problems
from backend.foundation.privacy.commands import Sighted
from backend.foundation.privacy.model import Sighting


def sight(asked: Sighted, ctx: Context, *, keep_last_four: bool) -> Sighting:
    """The sighting. More than four characters cannot even be asked: the Struct refuses them."""
    if asked.last_four is not None and not keep_last_four:
        raise problems.last_four_not_kept()
    return Sighting(
        kind=asked.kind,
        last_four=asked.last_four,
        matches=asked.matches,
        by=ctx.actor.id,
        at=wire(ctx.judged_at()),
    )
