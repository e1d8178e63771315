"""Who carries the phones of the drill: an inspector, and somebody who erases photos again."""

import itertools
from collections.abc import Iterator
from typing import Any

from backend.foundation.kernel.ids import new_id
from tests.bench import rounds
from tests.restore.phones import ANSWER, Phone


class Inspector(Phone):
    """Answers the items of a round of its own for ever, with a photo now and then."""

    def __init__(self, port: int, username: str, password: str, seed: int) -> None:
        super().__init__(port, username, password, seed)
        self._round = ""
        self._items: Iterator[dict[str, Any]] = iter(())

    def record(self) -> None:
        if not self._round:
            self._begin()
        for _ in range(self.rng.randint(1, 8)):
            item = next(self._items)
            note = new_id()  # makes each answer a change, and so one fact each
            args = {"item": item["key"], "value": rounds.value_for(item), "note": note}
            self.ask(ANSWER, ("round", self._round), args)
        if self.rng.random() < 0.4:
            self._attach(next(self._items))

    def _begin(self) -> None:
        rows = self.pull_all()
        paper, doc = rounds.longest_paper(rows)
        self._round = new_id()
        self._items = itertools.cycle(rounds.answerable(doc))
        outlet = rows["outlet"][0][1]
        args = {"template": paper, "outlet": outlet}
        self.ask("inspections.start", ("round", self._round), args)

    def _attach(self, item: dict[str, Any]) -> None:
        photo = self.take_photo()
        args = {"photo": photo, "purpose": "answer", "item": item["key"]}
        self.ask("inspections.attach", ("round", self._round), args, [photo["sha256"]])


class Eraser(Phone):
    """Staff of an event who take photos and take them away for good. `erased` are those whose
    removal was acknowledged: photo to digest."""

    def __init__(self, port: int, username: str, password: str, seed: int) -> None:
        super().__init__(port, username, password, seed)
        self._event: tuple[str, str] | None = None
        self._shown: list[dict[str, Any]] = []
        self._going: dict[str, dict[str, Any]] = {}

    @property
    def erased(self) -> dict[str, str]:
        done = ("applied", "merged")
        return {
            photo["id"]: photo["sha256"]
            for command, photo in self._going.items()
            if self.others.verdicts.get(command) in done
        }

    def record(self) -> None:
        if self._event is None:
            self._event = self._open()
        if len(self._shown) > 3 or (self._shown and self.rng.random() < 0.5):
            photo = self._shown.pop(0)
            asked = self.ask("events.detach", self._event, {"photo": photo["id"]})
            self._going[asked["id"]] = photo
            return
        photo = self.take_photo()
        args = {"photo": photo, "people": "nobody"}
        self.ask("events.attach", self._event, args, [photo["sha256"]])
        self._shown.append(photo)

    def _open(self) -> tuple[str, str]:
        events = {row[1]: row[4] for row in self.pull_all()["event"]}
        mine = {id: body for id, body in events.items() if self.person in body["staff"]}
        opened = [id for id, body in mine.items() if body["state"] == "open"]
        if opened:
            return ("event", opened[0])
        id = next(id for id, body in mine.items() if body["state"] == "approved")
        self.ask("events.open", ("event", id), {})
        return ("event", id)
