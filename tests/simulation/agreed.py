"""What must hold of visits, of what their customers agreed to and of what they took back.

Worked out from the facts in their order and from what people asked for; nothing of the features is
used for it. What was agreed to is kept as it was said; what was taken back is nowhere, and its
certificates are done; nobody hands in alone what takes two, or decides on what they did themselves.
"""

import json
from collections import Counter, defaultdict
from typing import Any

from tests.simulation.homes import ASPECTS, WORDS, agrees
from tests.simulation.invariants import Tables
from tests.simulation.truth import Broken, Truth

_NEEDED = {"identity", "condition", "intention"}
_SAID = {
    "visits.ConditionObserved": "note",
    "visits.IntentionRecorded": "words",
    "visits.Remarked": "text",
    "visits.RecordingNoted": "number",
}
_HALVED = {*_SAID, "visits.Requested", "visits.Sighted", "visits.AgentNoted"}
_ENDED = ("declined", "accepted", "cancelled")


async def visits_stand(tables: Tables, truth: Truth, figures: Counter[str]) -> None:
    """2, 9 and 14, asked of all visits."""
    book = _Book(truth, figures)
    gone = {id for (id,) in await tables.tuples("SELECT id FROM tombstone")}
    for type_, kind, id, cause, public, half in await tables.tuples(
        "SELECT f.type, f.rec_kind, f.rec_id, f.cause, f.payload, p.payload FROM fact f "
        "LEFT JOIN fact_personal p ON p.id = f.id "
        "WHERE f.type LIKE 'visits.%' OR f.type LIKE 'privacy.%' ORDER BY f.seq"
    ):
        if type_ in _HALVED and (half is None) != (f"{kind}:{id}" in gone):
            raise Broken(14, f"{type_} of {kind} {id} has {half}, erased: {half is not None}")
        book.enter(type_, cause, json.loads(public)["values"], half and json.loads(half))
    bodies = {
        f"{kind}:{id}": json.loads(body)
        for kind, id, body in await tables.tuples(
            "SELECT kind, rec_id, body FROM record WHERE kind IN "
            "('visit', 'visit_person', 'visit_answer', 'authorisation', 'certificate')"
        )
    }
    for visit, aspects in book.taken_back.items():
        _went(visit, aspects, gone, bodies)
        figures["purposes taken back"] += len(aspects)
    await _photos_went(tables, book)
    for key, body in bodies.items():
        if key.startswith("certificate:") and body["state"] != "done":
            raise Broken(14, f"{key} is {body['state']} when everything is worked off")
    figures["certificates done"] += len(book.certificates)


def _went(visit: str, aspects: set[str], gone: set[str], bodies: dict[str, Any]) -> None:
    for aspect in aspects:
        key = f"visit_answer:{visit}.{aspect}"
        key = f"visit_person:{visit}" if aspect == "address" else key
        if key not in gone or bodies.get(key) is not None:
            raise Broken(14, f"{key} was taken back and is there")
    body = bodies[f"visit:{visit}"]
    if not aspects & _NEEDED:
        return
    if body["state"] not in _ENDED:
        raise Broken(9, f"visit {visit} is {body['state']}, and nobody agrees to it any more")
    issued = bodies.get(f"authorisation:{body['authorisation']}")
    if issued is not None and issued["state"] == "issued":
        raise Broken(9, f"what visit {visit} allowed may still be used")


async def _photos_went(tables: Tables, book: "_Book") -> None:
    for visit, state in await tables.tuples(
        "SELECT parent_id, state FROM photo WHERE parent_kind = 'visit'"
    ):
        if state != "erased" and "photos" in book.taken_back[visit]:
            raise Broken(14, f"a photo of {visit} is {state}; photos were taken back")


class _Book:
    """Kept by hand, fact by fact."""

    def __init__(self, truth: Truth, figures: Counter[str]) -> None:
        self.truth = truth
        self.figures = figures
        self.there: dict[str, set[str]] = defaultdict(set)
        self.taken_back: dict[str, set[str]] = defaultdict(set)
        self.scopes: dict[str, str] = {}
        self.ended: set[str] = set()
        self.certificates: set[str] = set()

    def enter(self, type_: str, cause: str, values: dict[str, Any], half: Any) -> None:
        """One fact, in its order."""
        match type_:
            case "visits.SignedIn":
                self.there[values["visit"]].add(values["person"])
            case "visits.Submitted":
                self._both_were_there(values)
            case "visits.Accepted":
                if values["by"] in {*values["staff"], *self.there[values["visit"]]}:
                    raise Broken(9, f"{values['by']} accepted what they did themselves")
                self.figures["visits accepted"] += 1
            case "visits.Issued":
                self.scopes[values["authorisation"]] = values["scope"]
            case "visits.Used":
                self._may_be_used(values["authorisation"])
            case "visits.Revoked":
                self.ended.add(values["authorisation"])
            case "privacy.ConsentGiven":
                self._as_the_customer_said(values)
            case "privacy.ConsentWithdrawn":
                purposes = {one.removeprefix("visits.") for one in values["purposes"]}
                self.taken_back[values["parent_id"]] |= purposes
            case "privacy.ErasureOrdered":
                self.certificates.add(values["certificate"])
        if half and type_ in _SAID:
            self._as_it_was_written(cause, half[_SAID[type_]])

    def _both_were_there(self, values: dict[str, Any]) -> None:
        visit, staff = values["visit"], set(values["staff"])
        if len(staff) != 2 or not staff <= self.there[visit]:
            raise Broken(9, f"visit {visit} was handed in by one: {self.there[visit]}")
        if self.taken_back[visit] & _NEEDED:
            raise Broken(9, f"visit {visit} was handed in after {self.taken_back[visit]} was gone")
        self.figures["visits handed in"] += 1

    def _may_be_used(self, id: str) -> None:
        if id in self.ended:
            raise Broken(9, f"authorisation {id} was used after its end")
        if self.scopes[id] == "once":
            self.ended.add(id)
        self.figures["authorisations used"] += 1

    def _as_the_customer_said(self, values: dict[str, Any]) -> None:
        visit = values["parent_id"]
        given = {one.removeprefix("visits.") for one in values["given"]}
        if given != {aspect for aspect in ASPECTS if agrees(visit, aspect)}:
            raise Broken(2, f"of {visit} it is told that they agreed to {sorted(given)}")
        self.figures["consents given"] += 1

    def _as_it_was_written(self, cause: str, words: str) -> None:
        promise = self.truth.confirmed.get(cause)
        if promise is None or words in self.truth.unsure:
            return
        if promise.args[WORDS[promise.op]] != words:
            raise Broken(2, f"{cause} arrived as {words}, last confirmed: {promise.args}")
