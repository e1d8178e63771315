"""npm's pouchdb-server with its LevelDB, and clients that pull from it."""

import contextlib
import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.bench import neighbours
from tests.bench.processor import cpu_seconds
from tests.kit.services.ports import free_port

PAGES = (100, 1000)  # PouchDB's own default, and what costs its server least
_PROGRAM = "node_modules/pouchdb-server/bin/pouchdb-server"
_BULK = 1000


@dataclass(frozen=True)
class Server:
    """A running server with one database."""

    url: str
    pid: int

    def pull(self, records: int, page: int) -> float:
        """Seconds of the server's processor that one fresh client cost."""
        before = cpu_seconds(self.pid)
        done = subprocess.run(
            ["node", "pouchdb_pull.mjs", self.url, str(page)],
            cwd=neighbours.FOLDER,
            capture_output=True,
            text=True,
            check=True,
        )
        assert int(done.stdout) == records, done.stdout
        return cpu_seconds(self.pid) - before


@contextlib.contextmanager
def serving(folder: Path, documents: list[dict[str, Any]]) -> Iterator[Server]:
    """The server with these documents in it. Raises neighbours.Unavailable."""
    neighbours.bring()
    folder.mkdir()
    port = free_port()
    words = ["--host", "127.0.0.1", "--port", str(port), "--dir", str(folder), "--no-stdout-logs"]
    config = ["--config", str(folder / "config.json")]
    command = ["node", str(neighbours.FOLDER / _PROGRAM), *words, *config]
    with neighbours.process(command, folder, port) as pid:
        url = f"http://127.0.0.1:{port}/records"
        httpx.put(url, timeout=30).raise_for_status()
        for start in range(0, len(documents), _BULK):
            docs = json.dumps({"docs": documents[start : start + _BULK]})
            headers = {"Content-Type": "application/json"}
            told = httpx.post(f"{url}/_bulk_docs", content=docs, headers=headers, timeout=120)
            assert all("ok" in one for one in told.raise_for_status().json()), told.text[:500]
        assert httpx.get(url, timeout=30).json()["doc_count"] == len(documents)
        yield Server(url, pid)
