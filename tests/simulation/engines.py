"""All pages of a world that run the product's engine: lines go in, what came of them goes out.

After every line the requests are posted, the timers noted, the dead buried, and what the page now
shows is compared with what is true.
"""

import base64
import gzip
import math
import zlib
from typing import TYPE_CHECKING, Any

from tests.simulation import oracle
from tests.simulation.keep import Keep, Page
from tests.simulation.network import Call, Reply
from tests.simulation.node import Answer, HeldCall, running_node
from tests.simulation.road import Letter
from tests.simulation.truth import Broken

if TYPE_CHECKING:
    from tests.simulation.world import World

PACK_FROM_BYTES = 1_400  # as the phone's own door does


class Engines:
    """One per world; the process behind it is one per worker."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._node = running_node()
        self._node.begin_world()
        self.pages: dict[str, Page] = {}
        self._working: set[str] = set()

    def history(self) -> str:
        return self._node.history()

    async def boot(self, page: Page, **how: Any) -> bool:
        """Opens the page; it greets by itself, as the app does at its start. False when the
        storage refused it."""
        self.pages[page.name] = page
        page.keep.pages.append(page)
        booted = await self.tell(page, "boot", disk=page.keep.disk, **how)
        if booted.ok:
            await self.tell(page, "nudge", reason="start")
        elif page.name in self.pages:
            self.close(page)
        return booted.ok

    async def tell(self, page: Page, do: str, **more: Any) -> Answer:
        """One line to a page, at its own time."""
        line = {"do": do, "phone": page.name, "look": page.name, **self._clocks(page), **more}
        before = page.keep.cursors()
        answer = self._node.ask(line)
        self._take(answer, page)
        if answer.seen is not None:
            page.keep.tables.update(answer.seen.tables)
            await oracle.judge_step(self._world, page.keep, answer.seen.truth, before)
        return answer

    def disk(self, keep: Keep, do: str, **more: Any) -> Answer:
        """One line to a disk."""
        answer = self._node.ask({"do": do, "disk": keep.disk, **more})
        self._take(answer, None)
        return answer

    def close(self, page: Page, lost: int | None = None) -> None:
        """Ends a page; with `lost` all pages over its disk end, and it loses relaxed commits."""
        if lost is None:
            self._take(self._node.ask({"do": "kill", "phone": page.name}), None)
            self._bury(page.name)
            return
        answer = self.disk(page.keep, "kill", lost=lost)
        self._world.figures.faults["relaxed commits lost"] += answer.result
        for each in list(page.keep.pages):
            self._bury(each.name)

    def is_awake(self, page: Page) -> bool:
        """Whether it is open and hears."""
        return page.name in self.pages and not page.frozen

    def freeze(self, page: Page) -> None:
        """The browser lets the page stand still: no timer, no answer, and its locks held."""
        page.frozen = True
        self._world.after(page.name, None, _nothing)

    async def thaw(self, page: Page) -> None:
        """It runs on as if no time had passed, with the answers that came meanwhile."""
        page.frozen = False
        held, page.held = page.held, []
        if page.name in self.pages:
            await self.tell(page, "nudge", reason="visible")
        for call, reply in held:
            if page.name in self.pages:
                await self.deliver(page, call, reply)

    def is_working(self, keep: Keep) -> bool:
        """Whether a page over this disk is in a pass."""
        return any(page.name in self._working for page in keep.pages)

    def _clocks(self, page: Page) -> dict[str, int]:
        clock, born = page.keep.phone.clock, page.born_ms
        told = {"now": clock.wall_ms(), "mono": self._world.clock.ms - born}
        if clock.frozen_at_ms is not None:
            told["stopped_at"] = max(0, clock.frozen_at_ms - born)
        return told

    def _take(self, answer: Answer, page: Page | None) -> None:
        if answer.dropped:
            raise Broken(10, f"nobody caught {answer.dropped} at {page and page.name}")
        self._working = set(answer.working)
        for held in answer.calls:
            self._post(self.pages[held.phone], held)
        for name in answer.died:
            keep = self.pages[name].keep
            self._bury(name)
            self._world.figures.faults["phone killed between commits"] += 1
            lost = self._node.ask({"do": "kill", "disk": keep.disk, "lost": keep.lose}).result
            self._world.figures.faults["relaxed commits lost"] += lost
        for name, each in self.pages.items():
            due = answer.timers.get(name)
            at_ms = None if due is None or each.frozen else each.born_ms + math.ceil(due)
            self._world.after(name, at_ms, lambda each=each: self._wake(each))

    def _bury(self, name: str) -> None:
        page = self.pages.pop(name, None)
        if page is not None:
            page.keep.pages.remove(page)
        self._world.after(name, None, _nothing)

    async def _wake(self, page: Page) -> None:
        await self.tell(page, "clock")

    # The door to the network

    def _post(self, page: Page, held: HeldCall) -> None:
        async def arrive(reply: Reply | None) -> None:
            if page.name not in self.pages:
                return
            if page.frozen:
                page.held.append((held.call, reply))
            else:
                await self.deliver(page, held.call, reply)

        if page.keep.lost and held.path == "/v1/sync/hello":
            # It would announce that nothing is unsent, and take away the last trace of the loss.
            raise Broken(2, f"{page.name} greets for a storage that was taken away")
        device, person = page.keep.phone, page.keep.person
        name = (page.name, held.call)
        self._world.post(Letter(device, packed(held), name, person, arrive))

    async def deliver(self, page: Page, call: int, reply: Reply | None) -> None:
        """The answer as the browser hands it over, or its end without one."""
        body = None if reply is None else unpacked(reply)
        if reply is None or body is None:
            await self.tell(page, "fail", call=call)
            return
        told = {"status": reply.status, "headers": reply.headers}
        await self.tell(page, "deliver", call=call, body=base64.b64encode(body).decode(), **told)


async def _nothing() -> None:
    return None


def packed(held: HeldCall) -> Call:
    """The request as it leaves the phone's door: JSON of more than a packet is packed."""
    headers = {name.lower(): value for name, value in held.headers.items()}
    body = base64.b64decode(held.body)
    headers["accept-encoding"] = "gzip"
    if headers.get("content-type") == "application/json" and len(body) >= PACK_FROM_BYTES:
        headers["content-encoding"] = "gzip"
        body = gzip.compress(body, 1, mtime=0)
    return Call(held.method, held.path, headers, body)


def unpacked(reply: Reply) -> bytes | None:
    """None when a browser would not hand it over: broken packing, a picture that stops half way.
    Short text is handed over even so: a server in between may have cut it."""
    body = reply.body
    if reply.headers.get("content-encoding") == "gzip":
        try:
            return gzip.decompress(body)
        except (OSError, EOFError, zlib.error):
            return None
    announced = int(reply.headers.get("content-length", len(body)))
    is_text = "json" in reply.headers.get("content-type", "json")
    return body if is_text or len(body) == announced else None
