"""13: the whole log of requests, sent again at the end, changes nothing.

Left out are requests that nobody sends again: one of them may have been on its way when the server
died, so that its repeat would be its first arrival. They are those of a phone whose storage was
evicted, and those of a photo that this person never brought: the phone found it spoilt and told its
person, or heard that a colleague's bytes, told of later and brought sooner, stand for it too.
"""

import base64

from backend.foundation.identity.sessions import token_hash
from tests.simulation import invariants
from tests.simulation.network import Call
from tests.simulation.truth import Broken
from tests.simulation.world import World

_WRITING = ("/v1/sync/push", "/v1/sync/escrow", "/v1/uploads")


async def replay(world: World, digest: str) -> None:
    """Raises Broken when the state is another one than `digest` says."""
    server = world.server
    rows = await server.tuples(
        "SELECT s.id, b.digest FROM session s JOIN blob_bringer b ON b.person = s.person"
    )
    brought = {(session, photo) for session, photo in rows}
    for call in list(server.log):
        if not call.path.startswith(_WRITING):
            continue
        photo = _brings(call)
        if photo is not None and (_session(call), photo) not in brought:
            continue
        if any(device.owns(call) for device in world.devices):
            await server.call(call)
            world.figures.counts["calls replayed"] += 1
    if await invariants.state_digest(server, with_times=True) != digest:
        raise Broken(13, "the request log, sent again, changed the state")


def _session(call: Call) -> str:
    return token_hash(call.headers["authorization"].removeprefix("Bearer "))


def _brings(call: Call) -> str | None:
    """The digest of the photo that an upload begins with, or None."""
    for pair in call.headers.get("upload-metadata", "").split(","):
        name, _, value = pair.partition(" ")
        if name == "sha256":
            return base64.b64decode(value).decode()
    return None
