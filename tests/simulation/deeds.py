"""What people do with a phone that runs the product's engine."""

import base64
from collections.abc import Awaitable, Callable
from random import Random
from typing import TYPE_CHECKING, Any

from tests.simulation import homes
from tests.simulation.acts import Known, act, album, known
from tests.simulation.keep import Keep, Page
from tests.simulation.node import Answer
from tests.simulation.photos import drawn
from tests.simulation.plan import Event
from tests.simulation.truth import Broken, Shot

if TYPE_CHECKING:
    from tests.simulation.engine import EnginePhone

Deed = Callable[["EnginePhone", Event, Random, Page], Awaitable[None]]

TABS_MAX = 2
# Refusals that the person sees; then the edit never was.
STORE_REFUSALS = ("QuotaExceededError", "UnknownError", "StorageLost")
DIED = "Unanswered"
WORDS = {"text", *homes.WORDS.values()}


async def _edit(phone: "EnginePhone", event: Event, rng: Random, page: Page) -> None:
    seed, count = phone.world.plan.seed, rng.choice((1, 1, 1, 2, 5))
    asked = [act(rng, _shown(page.keep), seed, event.number, one) for one in range(count)]
    if rng.random() < 0.2:
        await _put(phone, page, asked)  # one group
        return
    for one in asked:
        await _put(phone, page, [one])


async def _photo(phone: "EnginePhone", event: Event, rng: Random, page: Page) -> None:
    shown = _shown(page.keep)
    op, rec = "ward.attach", ["album", rng.choice(shown["album"])] if shown["album"] else None
    if shown["visit_answer"] and rng.random() < 0.3:
        op, rec = "visits.attach", homes.photos_of(rng.choice(shown["visit_answer"]))
    if rec is None:
        begun = album(rng, phone.world.plan.seed, event.number)
        if not await _put(phone, page, [begun]):
            return
        rec = begun["rec"]
    if not phone.engines.is_awake(page):
        return
    taken = drawn(rng, list(phone.world.truth.shots.values()))
    asked: dict[str, Any] = {"op": op, "rec": rec, "args": {}}
    bytes = base64.b64encode(taken.bytes).decode()
    answer = await phone.engines.tell(page, "photo", **asked, bytes=bytes, type=taken.type)
    if not answer.ok:
        refused(phone, answer)
        return
    _confirm(phone, page.keep, asked | answer.result)
    digest = answer.result["photo"]["sha256"]
    truth, shot = (
        phone.world.truth,
        Shot(digest, page.keep.disk, page.keep.person, taken.bytes, frozenset({":".join(rec)})),
    )
    phone.world.figures.counts["photos confirmed"] += (shot.place, digest) not in truth.shots
    truth.keep(shot)


async def _drain(phone: "EnginePhone", event: Event, rng: Random, page: Page) -> None:
    await phone.nudge(page, rng.choice(("person", "person", "visible", "poke", "online")))


async def _twin_drains(phone: "EnginePhone", event: Event, rng: Random, page: Page) -> None:
    if len(page.keep.pages) < TABS_MAX:
        await phone.open(page.keep)
    for each in list(page.keep.pages):
        await phone.nudge(each, "person")


async def _online(phone: "EnginePhone", event: Event, rng: Random, page: Page) -> None:
    phone.offline = False
    await phone.nudge(page, "online")


async def _switch_user(phone: "EnginePhone", event: Event, rng: Random, page: Page) -> None:
    await phone.take_in_hand(phone.next_user())


async def _sign_out(phone: "EnginePhone", event: Event, rng: Random, page: Page) -> None:
    if not phone.engines.is_awake(page):
        return
    keep = page.keep
    answer = await phone.engines.tell(page, "leave")
    if not answer.ok:
        refused(phone, answer)
    phone.close_all(keep.person)
    keep.token = None
    if answer.ok and not answer.result:
        phone.former.append(phone.keeps.pop(keep.person))
        phone.world.figures.counts["left nothing behind"] += 1


async def _second_tab(phone: "EnginePhone", event: Event, rng: Random, page: Page) -> None:
    if len(page.keep.pages) < TABS_MAX:
        await phone.open(page.keep, stuck_lock=event.facts["stuck_lock"])
        phone.world.figures.faults["second tab"] += 1
        phone.world.figures.faults["lock never released"] += event.facts["stuck_lock"]


async def _close_tab(phone: "EnginePhone", event: Event, rng: Random, page: Page) -> None:
    if len(page.keep.pages) > 1:
        phone.engines.close(page)


def refused(phone: "EnginePhone", answer: Answer) -> None:
    """Counts a refusal by the storage. Raises Broken for a mistake of the engine's own."""
    name = answer.error and answer.error.name
    if name not in (*STORE_REFUSALS, DIED):
        raise Broken(2, f"an edit failed with {name}")
    phone.world.figures.faults["store failed at an edit"] += name != DIED


async def _put(phone: "EnginePhone", page: Page, commands: list[dict[str, Any]]) -> bool:
    if not phone.engines.is_awake(page):
        return False
    answer = await phone.engines.tell(page, "put", commands=commands)
    if not answer.ok:
        words = {command["args"].get(name) for command in commands for name in WORDS}
        phone.world.truth.unsure |= words - {None}
        phone.world.truth.perhaps += commands
        refused(phone, answer)
        return False
    for command, receipt in zip(commands, answer.result, strict=True):
        _confirm(phone, page.keep, command | receipt)
    return True


def _confirm(phone: "EnginePhone", keep: Keep, command: dict[str, Any]) -> None:
    truth, counts = phone.world.truth, phone.world.figures.counts
    counts["edits made one command"] += command["id"] in truth.confirmed
    counts["commands confirmed"] += command["id"] not in truth.confirmed
    truth.confirm(keep.disk, keep.person, command)


def _shown(keep: Keep) -> Known:
    return known(keep.rows(), keep.waiting())


DEEDS: dict[str, Deed] = {
    "edit": _edit,
    "photo": _photo,
    "drain": _drain,
    "twin_drains": _twin_drains,
    "online": _online,
    "switch_user": _switch_user,
    "sign_out": _sign_out,
    "second_tab": _second_tab,
    "close_tab": _close_tab,
}
