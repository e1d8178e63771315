"""What must hold of the albums of `ward` at quiescence, besides what holds of every record."""

import hashlib
import json
from collections.abc import Callable

from tests.simulation.invariants import Tables
from tests.simulation.truth import Broken, Truth


async def last_words_stand(tables: Tables, truth: Truth) -> None:
    """2: of several edits that became one command the last one arrived."""
    rows = await tables.tuples("SELECT cause, payload FROM fact WHERE type = 'ward.Captioned'")
    for cause, payload in rows:
        promise = truth.confirmed.get(cause)
        words = json.loads(payload)["values"]["text"]
        if promise is None or words in truth.unsure:
            continue
        if promise.args["text"] != words:
            raise Broken(2, f"{cause} arrived as {words}, last confirmed: {promise.args['text']}")


async def albums_are_whole(tables: Tables, stored: Callable[[str], bytes | None]) -> None:
    """8: complete only if every photo is stored and hashes to its digest."""
    rows = await tables.tuples("SELECT parent_id, sha256, state FROM photo")
    waiting = {parent for parent, _, state in rows if state not in ("accepted", "waived")}
    for _, digest, state in rows:
        data = stored(digest) if state in ("stored", "accepted") else b""
        if data is None or (data and hashlib.sha256(data).hexdigest() != digest):
            raise Broken(8, f"{digest} is {state} and its bytes are not there")
    for id, body in await tables.tuples("SELECT rec_id, body FROM record WHERE kind = 'album'"):
        if json.loads(body)["complete"] == (id in waiting):
            raise Broken(8, f"album {id} says that it is complete and is not, or the reverse")
