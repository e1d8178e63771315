"""The phone's build: made once, and again only when its sources have changed."""

import hashlib
import subprocess
from pathlib import Path

from tests.kit.services.shared import lock

PWA = Path(__file__).parents[2] / "pwa"
DIST = PWA / "dist"
_SOURCES = ("src/**/*", "public/*", "build/*", "*.html", "*.ts", "*.js", "package-lock.json")


def build() -> Path:
    """`pwa/dist` of these very sources."""
    made_of = PWA / "dist" / ".sources"
    with lock(PWA / "node_modules" / ".xunfang-build.lock"):
        wanted = _fingerprint()
        if not made_of.exists() or made_of.read_text() != wanted:
            done = subprocess.run(
                ["npm", "run", "--silent", "build"],
                cwd=PWA,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stdout + done.stderr
            made_of.write_text(wanted)
    return DIST


def _fingerprint() -> str:
    """Of every file the build reads; the types generated from the server are among them."""
    seen = hashlib.sha256()
    for path in sorted({path for kind in _SOURCES for path in PWA.glob(kind) if path.is_file()}):
        seen.update(path.relative_to(PWA).as_posix().encode() + b"\0" + path.read_bytes())
    return seen.hexdigest()
