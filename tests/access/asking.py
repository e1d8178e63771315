"""Every command asked of everybody, and what kind of answer each of them got.

`+` done, `r` refused by a rule that comes after the question who asks (a state, a wrong content, a
hand in the fix), `-` forbidden, `.` not found. Asked are the record of the family as it lives, and
beside it an id that nothing has: whoever the record does not belong to must not tell one from the
other.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from backend.foundation.journal.envelope import Answer
from backend.foundation.kernel.actor import SYSTEM, Actor
from backend.foundation.kernel.ids import new_id
from tests.access.bank import ASKED
from tests.access.living import Lives
from tests.access.questions import Question, questions
from tests.access.standing import Standing, Trial
from tests.features.stage import fixed

EVERYTHING: dict[str, Question] = questions()


@dataclass
class Answered:
    """All answers to one command about one family's record."""

    op: str
    line: str
    rec: tuple[str, str]
    beside: str
    meant: Answer
    real: dict[str, Answer] = field(default_factory=dict)
    other: dict[str, Answer] = field(default_factory=dict)


def letter(answer: Answer) -> str:
    """The kind of the answer."""
    if answer.s in ("applied", "merged"):
        return "+"
    return {"forbidden": "-", "not_found": "."}.get(answer.code or "", "r")


async def ask_all(
    standing: Standing, ops: Iterable[str] = EVERYTHING, people: Iterable[str] = ASKED
) -> list[Answered]:
    """The answers of everybody to these commands, one transaction for each of them."""
    asked = list(people)
    actors = {name: await standing.actor(name) for name in asked}
    found = []
    for op in ops:
        for lives in standing.lives.values():
            doer = await _doer(standing, EVERYTHING[op], lives)
            async with standing.trying() as trial:
                found.append(await _answered(trial, op, lives, doer, actors))
    return found


async def _answered(
    trial: Trial, op: str, lives: Lives, doer: Actor, actors: dict[str, Actor]
) -> Answered:
    question = EVERYTHING[op]
    rec = question.rec(lives)
    taken = next((one for one in lives.recs.values() if one[0] == rec[0]), None)
    other = taken if question.creates else nobody(rec)
    beside = other[1] if other else ""
    made = Answered(
        op, lives.line, rec, beside, await trial.ask(doer, op, rec, question.args(lives))
    )
    for name, actor in actors.items():
        args = question.args(lives)
        made.real[name] = await trial.ask(actor, op, question.rec(lives), args)
        # Of what is only made there is none yet: the id that somebody else's has stands for it.
        if other is not None:
            made.other[name] = await trial.ask(actor, op, other, args)
    return made


async def _doer(standing: Standing, question: Question, lives: Lives) -> Actor:
    if question.by == "system":
        return SYSTEM
    if question.by in ("keeper", "officer"):
        return await standing.actor(question.by)
    hand = getattr(lives, question.by)
    signed = await standing.house.access.actor_of(hand.id, f"{hand.id}-meant")
    assert signed is not None
    return signed


def nobody(rec: tuple[str, str]) -> tuple[str, str]:
    """An id of the same form that nothing has."""
    kind, id = rec
    head, dot, tail = id.partition(".")
    if len(head) == 64:
        return kind, fixed(head).replace("-", "") * 2
    if len(head) != 36:
        return kind, f"no-{id}"
    return kind, f"{new_id()}{dot}{tail}"
