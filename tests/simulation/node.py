"""The product's own engine under Node: one process for all phones of a world, one line at a time.

What the lines mean stands at the head of pwa/src/sim/entry.ts. The engine is built from source
when it is older than any part of it, so that no run judges yesterday's phone.
"""

import atexit
import fcntl
import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import msgspec

PWA = Path(__file__).parents[2] / "pwa"
BUNDLE = PWA / "dist-sim" / "phone.mjs"


class HeldCall(msgspec.Struct):
    """A request that a page made and now waits for. `body` is base64."""

    phone: str
    call: int
    method: str
    path: str
    headers: dict[str, str]
    body: str


class Failed(msgspec.Struct):
    """Why a line came to nothing."""

    name: str
    message: str


class Seen(msgspec.Struct):
    """What a page claims, and the tables of its disk that changed since the last look."""

    truth: dict[str, Any]
    tables: dict[str, list[list[Any]]]


class Answer(msgspec.Struct):
    """One line from the engine."""

    ok: bool
    calls: list[HeldCall]
    timers: dict[str, float]
    working: list[str]
    died: list[str]
    dropped: list[str]
    result: Any = None
    error: Failed | None = None
    seen: Seen | None = None


class Node:
    """The process. Reading waits: nothing else of the world may move meanwhile."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [_node(), str(bundle())], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to, self._from = self._process.stdin, self._process.stdout
        self._encode = msgspec.json.Encoder().encode
        self._decode = msgspec.json.Decoder(Answer).decode
        self._history = hashlib.blake2b()

    def begin_world(self) -> None:
        """No page, no disk, no history."""
        self._history = hashlib.blake2b()
        self.ask({"do": "reset"})

    def ask(self, line: dict[str, Any]) -> Answer:
        """Raises RuntimeError when the process has ended."""
        told = self._encode(line) + b"\n"
        self._to.write(told)
        self._to.flush()
        said = self._from.readline()
        if not said:
            raise RuntimeError(f"the engine ended over {line}")
        self._history.update(told)
        self._history.update(said)
        return self._decode(said)

    def history(self) -> str:
        """Everything that was said in this world, in one hash."""
        return self._history.hexdigest()

    def close(self) -> None:
        self._to.close()
        self._process.wait(10)
        self._from.close()


_running: dict[int, Node] = {}


def running_node() -> Node:
    """This process's engine, started once: a start costs more than a small world. Keyed by
    process, because a fork must not share the line."""
    if os.getpid() not in _running:
        node = _running[os.getpid()] = Node()
        atexit.register(node.close)
    return _running[os.getpid()]


def bundle() -> Path:
    """The engine as one file, fresh."""
    # Beside the folder, not in it: a build empties the folder.
    with (PWA / "node_modules" / ".sim-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        sources = [*PWA.glob("src/**/*.ts"), PWA / "vite.sim.config.ts"]
        newest = max(source.stat().st_mtime for source in sources)
        if not BUNDLE.exists() or BUNDLE.stat().st_mtime < newest:
            npm = shutil.which("npm")
            assert npm, "npm is needed: see the README"
            subprocess.run(
                [npm, "run", "--silent", "build:sim"], cwd=PWA, check=True, capture_output=True
            )
    return BUNDLE


def _node() -> str:
    found = shutil.which("node")
    assert found, "node is needed: see the README"
    return found
