"""One series of kills on one engine: start, load, kill, start again, until the count is reached."""

import asyncio
import contextlib
import random
import signal
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from backend.foundation.journal.failpoints import NAMES
from tests.bench.caller import Caller
from tests.kills.history import Counted, counted
from tests.kills.phones import Phone, new_round
from tests.kit.served import Served
from tests.kit.services.postgres import running_postgres

PASSWORD = "nobody dies of this"
PHONES = 4
LOAD_SECONDS = (0.2, 1.2)
PEOPLE = ("inspector", "inspector2")


@dataclass
class Series:
    """What a series came to."""

    engine: str
    sums: Counted = field(default_factory=Counted)
    places: Counter[str] = field(default_factory=Counter)

    def text(self) -> str:
        sums = self.sums
        placed = ", ".join(f"{name} {number}" for name, number in sorted(self.places.items()))
        return (
            f"{self.engine:9} kills {sums.kills}  acknowledged {sums.acknowledged}  "
            f"lost {sums.lost}  doubled {sums.doubled}  answered again {sums.repeats}  "
            f"verdicts changed {sums.changed}  chain breaks {sums.broken_chain}  "
            f"double versions {sums.double_versions}\n          {placed}"
        )


def kill_series(engine: str, number: int, seed: int = 1) -> Series:
    """Kills the server `number` times: every failpoint in turn, every third time at random."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="xunfang-kills-")))
        environment = {"XUNFANG_DEMO_PASSWORD": PASSWORD}
        url = f"sqlite:///{folder / 'xunfang.db'}"
        if engine == "postgres":
            url = stack.enter_context(running_postgres(durable=True)).new_database()
        environment["XUNFANG_DATABASE_URL"] = url
        served = Served(folder, **environment)
        served.run("demo")
        stack.callback(served.stop)
        phones = _phones(served.start())
        series = Series(engine)
        for place in _places(number, seed):
            _one_kill(served, place, random.Random(f"{seed}{place}{series.sums.kills}"))
            series.sums.kills += 1
            series.places[place.partition(":")[0]] += 1
        _finish(served, phones)
        series.sums.add(asyncio.run(counted(url, [phone.told for phone in phones])))
    return series


def _places(number: int, seed: int) -> list[str]:
    rng = random.Random(seed)
    named = [
        f"{NAMES[turn % len(NAMES)]}:{rng.randint(1, 6)}" if turn % 3 else "at random"
        for turn in range(number)
    ]
    # Every third at random must not hide a failpoint for ever: the named ones go round by
    # themselves.
    turns = iter(range(number))
    return [
        place if place == "at random" else f"{NAMES[next(turns) % len(NAMES)]}:{rng.randint(1, 6)}"
        for place in named
    ]


def _phones(served: Served) -> list[Phone]:
    phones = []
    for number in range(PHONES):
        caller = Caller(served.port, PEOPLE[number % len(PEOPLE)], PASSWORD)
        items, round_ = new_round(caller)
        phones.append(Phone(caller, items, round_, batch=(1, 7, 25, 20)[number % 4]))
    for phone in phones:
        phone.start()
    return phones


def _one_kill(served: Served, place: str, rng: random.Random) -> None:
    served.kill()
    if place == "at random":
        served.start()
        time.sleep(rng.uniform(*LOAD_SECONDS))
        return  # killed at the head of the next turn, or stopped at the end
    with contextlib.suppress(AssertionError):  # it may end before it was seen to be ready
        served.start(XUNFANG_FAILPOINT=place)
    assert served.wait_ended(20) == -signal.SIGKILL, f"nobody came by {place}"


def _finish(served: Served, phones: list[Phone]) -> None:
    served.kill()
    served.start()
    for phone in phones:
        phone.stopping.set()
    for phone in phones:
        phone.join(90)
        assert phone.failed is None, phone.failed
        assert not phone.is_alive(), "a phone was never answered"
    served.stop()
