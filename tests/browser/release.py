"""A next release of the whole server, as an update of the installation brings it."""

import hashlib
import re
import shutil
from pathlib import Path

from tests.kit.served import ROOT

NEXT = "meta[name=release][content=next]"
_LISTED = re.compile(r"""\[\s*[`"'](/[^`"']+)[`"'],\s*[`"']([0-9a-f]{16})[`"']""")


def next_release(folder: Path) -> Path:
    """The code of today with another page of the phone, and a service worker that lists it."""
    for part in ("backend", "media", "migrations", "pwa/dist"):
        shutil.copytree(ROOT / part, folder / part)
    dist = folder / "pwa" / "dist"
    page = dist / "index.html"
    page.write_text(
        page.read_text().replace("<head>", '<head><meta name="release" content="next">')
    )
    worker = (dist / "sw.js").read_text()
    listed = dict(_LISTED.findall(worker))
    was = _mark(",".join(listed.values()))
    assert worker.count(was) == 1, "the worker names its build otherwise"
    old, new = listed["/index.html"], _mark(page.read_text())
    now = _mark(",".join((listed | {"/index.html": new}).values()))
    (dist / "sw.js").write_text(worker.replace(was, now).replace(old, new))
    return folder


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
