"""What a phone is told to send."""

from collections.abc import Iterable

from backend.foundation.evidence.need import lacking
from backend.foundation.identity.access import Signed
from backend.house import House


async def needed(house: House, signed: Signed, digests: Iterable[str]) -> list[str]:
    """The digests whose bytes this person has yet to bring, in the order asked: a digest is not a
    capability, so bytes that somebody else brought are asked for again unless this person may see
    them."""
    wanted = list(digests)
    if not wanted:
        return []
    person, device = signed.actor.id, signed.actor.device_id
    async with house.database.looking() as tx:
        buckets = lambda: house.access.buckets_of(tx, signed)  # noqa: E731
        missing = await lacking(tx, wanted, person, buckets, device)
    house.receiving.expected.ask(person, device, missing)
    return missing
