"""What a phone is told to send."""

from collections.abc import Collection, Iterable

from backend.foundation.evidence.need import Lacking, lacking
from backend.foundation.identity.access import Signed
from backend.house import House


async def needed(
    house: House, signed: Signed, digests: Iterable[str], nowhere: Collection[str] = ()
) -> Lacking:
    """The digests whose bytes this person has yet to bring, in the order asked: a digest is not a
    capability, so bytes that somebody else brought are asked for again unless this person may see
    them. Those that are known to be `nowhere` are not looked up."""
    wanted = list(dict.fromkeys(digests))
    person, device = signed.actor.id, signed.actor.device_id
    missing, erased = set(nowhere), frozenset[str]()
    if unsure := [digest for digest in wanted if digest not in missing]:
        async with house.database.looking() as tx:
            buckets = lambda: house.access.buckets_of(tx, signed)  # noqa: E731
            found = await lacking(tx, unsure, person, buckets, device)
        missing.update(found.send)
        erased = found.erased
    asked_for = [digest for digest in wanted if digest in missing]
    house.receiving.expected.ask(person, device, asked_for)
    return Lacking(asked_for, erased)
