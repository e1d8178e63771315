"""The gallery of parts: built once for a run, served with the server's own rules for scripts."""

import contextlib
import functools
import subprocess
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from backend.api.spa import CONTENT_POLICY
from tests.browser.building import PWA
from tests.kit.services.shared import lock


class Quiet(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", CONTENT_POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """A test tells by its verdict, not by its requests."""


def built(run_folder: Path) -> Path:
    """The folder with the built gallery."""
    folder = run_folder / "gallery"
    with lock(run_folder / "gallery.lock"):
        if not folder.exists():
            build = ["npx", "vite", "build", "--config", "gallery.config.ts", "--outDir", folder]
            subprocess.run([*map(str, build)], cwd=PWA, check=True, capture_output=True)
    return folder


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """Address of its page."""
    serve = functools.partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/gallery.html"
        server.shutdown()
