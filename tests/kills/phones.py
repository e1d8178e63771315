"""Clients that send until they are answered, and write down what they were told."""

import threading
import time
from dataclasses import dataclass, field

from tests.bench import rounds
from tests.bench.caller import Caller

PAUSE_SECONDS = 0.02
PATIENCE_SECONDS = 60


@dataclass
class Told:
    """What one phone was told, command by command."""

    device: str
    verdicts: dict[str, str] = field(default_factory=dict)
    repeats: int = 0
    asked: list[str] = field(default_factory=list)


class Phone(threading.Thread):
    """One inspector's phone, answering the items of its own round for ever."""

    def __init__(self, caller: Caller, items: list[dict], round_: str, batch: int) -> None:  # type: ignore[type-arg]
        super().__init__(daemon=True)
        self.caller = caller
        self.items = items
        self.round = round_
        self.batch = batch
        self.told = Told(caller.device)
        self.stopping = threading.Event()
        self.failed: Exception | None = None

    def run(self) -> None:
        turn = 0
        try:
            while not self.stopping.is_set():
                batch = self._batch(turn)
                turn += 1
                self._until_answered(batch)
        except Exception as failed:
            self.failed = failed

    def _batch(self, turn: int) -> list[dict]:  # type: ignore[type-arg]
        start = turn * self.batch % len(self.items)
        chosen = (self.items + self.items)[start : start + self.batch]
        commands = rounds.answers(self.caller, self.round, chosen)
        for command in commands:
            # A note of its own makes each answer a change, and so one fact each.
            command["args"]["note"] = command["id"]
            self.told.asked.append(command["id"])
        return commands

    def _until_answered(self, batch: list[dict]) -> None:  # type: ignore[type-arg]
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            try:
                results = self.caller.push(batch)
            except (OSError, AssertionError, ValueError) as failed:
                if isinstance(failed, AssertionError) and "503" not in str(failed):
                    raise
                self.caller.connection.close()
                time.sleep(PAUSE_SECONDS)
                continue
            except Exception:
                # http.client has its own ways to say that the server went away.
                self.caller.connection.close()
                time.sleep(PAUSE_SECONDS)
                continue
            for result in results:
                self.told.repeats += result["s"] == "duplicate"
                self.told.verdicts[result["id"]] = result.get("original") or result["s"]
            return
        raise TimeoutError("no answer for a minute")


def new_round(caller: Caller) -> tuple[list[dict], str]:  # type: ignore[type-arg]
    """A round of this person's own and the items that can be answered in it."""
    rows = caller.pull_all()
    docs = rounds.templates(rows)
    template, doc = max(docs.items(), key=lambda pair: len(rounds.answerable(pair[1])))
    outlet = rows["outlet"][0][1]
    return rounds.answerable(doc), rounds.start_round(caller, template, outlet)
