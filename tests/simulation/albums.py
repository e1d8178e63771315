"""What must hold of the albums of `ward` at quiescence, besides what holds of every record."""

import hashlib
import json
from collections.abc import Callable, Collection

from tests.simulation.invariants import Tables
from tests.simulation.truth import Broken, Truth


async def last_words_stand(tables: Tables, truth: Truth) -> None:
    """2: of several edits that became one command the last one arrived."""
    rows = await tables.tuples(
        "SELECT f.cause, p.payload, t.id FROM fact f LEFT JOIN fact_personal p ON p.id = f.id "
        "LEFT JOIN tombstone t ON t.id = f.rec_kind || ':' || f.rec_id "
        "WHERE f.type = 'ward.Captioned'"
    )
    for cause, payload, erased in rows:
        promise = truth.confirmed.get(cause)
        if (payload is None) != (erased is not None):
            raise Broken(2, f"the words of {cause} are {payload}, erased: {erased}")
        if payload is None:
            continue
        words = json.loads(payload)["text"]
        if promise is None or words in truth.unsure:
            continue
        if promise.args["text"] != words:
            raise Broken(2, f"{cause} arrived as {words}, last confirmed: {promise.args['text']}")


async def albums_are_whole(
    tables: Tables, stored: Callable[[str], bytes | None], lost: Collection[str] = ()
) -> None:
    """8: complete only if every photo is stored and hashes to its digest. `lost` are digests that
    were erased before a restore brought back the records alone."""
    rows = await tables.tuples("SELECT parent_id, sha256, state FROM photo WHERE state <> 'erased'")
    waiting = {parent for parent, _, state in rows if state not in ("accepted", "waived")}
    for _, digest, state in rows:
        if digest in lost:
            continue
        data = stored(digest) if state in ("stored", "accepted") else b""
        if data is None or (data and hashlib.sha256(data).hexdigest() != digest):
            raise Broken(8, f"{digest} is {state} and its bytes are not there")
    for id, body in await tables.tuples("SELECT rec_id, body FROM record WHERE kind = 'album'"):
        if body == "null":
            continue
        if json.loads(body)["complete"] == (id in waiting):
            raise Broken(8, f"album {id} says that it is complete and is not, or the reverse")
