"""What a desk and a phone ask for, in a small bank and in a large one: first pages of lists,
searches, the dashboard, a phone's pull of what is new, and a fresh phone's first.

Measured is what the processors of the server and of PostgreSQL need for one asking: a wall clock
would measure the neighbours. Both banks stand side by side and are asked in short turns, because
what runs beside the bench slows a processor too, and a second later it is something else. Each turn
of the large one is compared with that of the small one just before it; the median of these counts.
The answers have the same size in both (it is told); only the tables around them differ.
`XUNFANG_BENCH_ROUNDS=10000,1000000` says how many rounds: the small number, and the large one.
"""

import os
import statistics
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote

from tests.bench import history, rounds
from tests.bench.caller import Caller
from tests.bench.installation import Ground, Installation
from tests.bench.table import Figure

SIZES = tuple(int(n) for n in os.environ.get("XUNFANG_BENCH_ROUNDS", "10000,1000000").split(","))
CALLS = 5  # in a row: one alone is lost among what a process does besides
TURNS = 31
RATIO_MAX = 1.5
ANSWERS = 24  # what a phone pulls that looks again: one batch of its own round


class House(NamedTuple):
    """One bank: its administrator, who may see all lists, the head of one outlet of the demo, which
    has a dozen rounds in a bank of any size, and the phone of an inspector."""

    one: Installation
    desk: Caller
    head: Caller
    phone: Caller
    cursors: dict[str, int]

    def received_bytes(self) -> int:
        """What all three were sent so far, as it travelled."""
        return sum(one.received_bytes for one in (self.desk, self.head, self.phone))


class Spent(NamedTuple):
    """Seconds of the server and of PostgreSQL for one asking, and bytes of its answer."""

    server: float
    database: float
    answer: float


Question = Callable[[House], object]


def _seen(*paths: str) -> Question:
    return lambda house: [house.desk.get(path) for path in paths]


def _delta(house: House) -> object:
    """The cursors stay where they were, so each asking finds the same news."""
    return house.phone.pull_above(house.cursors, zipped=True)


QUESTIONS: Mapping[str, Question] = {
    "first page of the rounds": _seen("/v1/console/rounds"),
    "first page of the findings": _seen("/v1/console/cases"),
    "first pages of whoever sees one small outlet": lambda house: [
        house.head.get(path) for path in ("/v1/console/rounds", "/v1/console/cases")
    ],
    "search for a word that is everywhere": _seen(f"/v1/console/search?q={quote(history.COMMON)}"),
    "search for a rare word": _seen(f"/v1/console/search?q={quote(history.RARE)}"),
    "dashboard": _seen("/v1/console/rounds/figures?weeks=8", "/v1/console/cases/figures"),
    "rounds that wait for evidence": _seen("/v1/console/rounds/incomplete"),
    "a phone's pull of what is new": _delta,
    "a fresh phone's first pull": lambda house: house.phone.pull_all(zipped=True),
}


def figures(ground: Ground) -> Iterator[Figure]:
    """For each question: what the large bank costs, as a multiple of the small one."""
    small, large = SIZES[0], SIZES[-1]
    with ground.installation("postgres") as one, ground.installation("postgres") as other:
        houses = (_house(one, small), _house(other, large))
        for what, question in QUESTIONS.items():
            before, now = _in_turns(houses, question)
            pairs = zip(before, now, strict=True)
            ratio = statistics.median(_both(later) / _both(first) for first, later in pairs)
            name = f"{what}, {large:,} rounds as a multiple of {small:,}"
            yield Figure(name, ratio, "", RATIO_MAX, _told(_middle(before), _middle(now)))


def _house(one: Installation, count: int) -> House:
    history.fill(one, count)
    phone = one.caller("inspector")
    rows = phone.pull_all()
    paper, doc = rounds.longest_paper(rows)
    round_ = rounds.start_round(phone, paper, rows["outlet"][0][1])
    _, cursors = phone.pull_above({})
    for result in phone.push(rounds.answers(phone, round_, rounds.answerable(doc)[:ANSWERS])):
        assert result["s"] == "applied", result
    return House(one, one.caller("admin"), one.caller("outlet"), phone, cursors)


def _in_turns(houses: tuple[House, House], question: Question) -> tuple[list[Spent], list[Spent]]:
    """What both spend, turn by turn, but for the first of each, which pays for its plans."""
    spent: tuple[list[Spent], list[Spent]] = ([], [])
    for _ in range(TURNS + 1):
        for house, turns in zip(houses, spent, strict=True):
            turns.append(_turn(house, question))
    return spent[0][1:], spent[1][1:]


def _turn(house: House, question: Question) -> Spent:
    received = house.received_bytes()
    before = house.one.cpu()
    for _ in range(CALLS):
        question(house)
    server, database = house.one.cpu_since(before)
    received = house.received_bytes() - received
    return Spent(server / CALLS, database / CALLS, received / CALLS)


def _middle(turns: list[Spent]) -> Spent:
    return Spent(*(statistics.median(column) for column in zip(*turns, strict=True)))


def _both(spent: Spent) -> float:
    return spent.server + spent.database


def _told(before: Spent, now: Spent) -> str:
    pairs = (
        ("server", before.server * 1000, now.server * 1000, "ms"),
        ("PostgreSQL", before.database * 1000, now.database * 1000, "ms"),
        ("answer", before.answer / 1000, now.answer / 1000, "kB"),
    )
    return ", ".join(
        f"{what} {small:.1f} -> {large:.1f} {unit}" for what, small, large, unit in pairs
    )
