"""A visit with all of its parts, and the digest of what a reviewer decides on."""

from typing import Any

import msgspec

from backend.features.visits.model.parts import Answer, Person
from backend.features.visits.model.visit import Visit
from backend.foundation.kernel import canonical


class Whole(msgspec.Struct, frozen=True):
    """A visit with all of its parts: what a reviewer looks at. `shots` are digests of its photos
    and signatures; `consents` says by purpose how the person stands."""

    visit: Visit
    person: Person | None
    answers: dict[str, Answer]
    shots: tuple[str, ...] = ()
    consents: tuple[tuple[str, str, str], ...] = ()

    @property
    def doubts(self) -> bool:
        """Whether the staff had a doubt about the person's condition."""
        told = self.answers.get("condition")
        return told is not None and any(one.doubt for one in told.observed)


def content_digest(whole: Whole) -> str:
    """SHA-256 of what a decision is made on. Times and places are left out: a remark, an answer, a
    photo or a consent that arrives must move it, the same one heard of again must not."""
    visit = whole.visit
    return canonical.digest(
        {
            "id": visit.id,
            "staff": list(visit.staff),
            "presences": [[one.person, one.how] for one in visit.presences],
            "authority": msgspec.to_builtins(visit.authority),
            "guidance": msgspec.to_builtins(visit.guidance),
            "hand_overs": msgspec.to_builtins(visit.hand_overs),
            "returns": [list(one.points) for one in visit.returns],
            "forgotten": [[one.aspect, one.action] for one in visit.forgotten],
            "person": _person(whole.person),
            "answers": {aspect: _answer(one) for aspect, one in sorted(whole.answers.items())},
            "shots": list(whole.shots),
            "consents": [list(one) for one in whole.consents],
        }
    )


def _person(person: Person | None) -> Any:
    if person is None:
        return None
    plain = msgspec.to_builtins(person)
    return {name: plain[name] for name in ("name", "address", "why", "phone", "agent", "remarks")}


def _answer(answer: Answer) -> Any:
    plain = msgspec.to_builtins(answer)
    kept = ("sightings", "agent", "observed", "intention", "recording", "photos", "late")
    return {name: plain[name] for name in kept}
