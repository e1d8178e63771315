"""A process of compose.yaml, without a container engine: its own network, its own root file system
that cannot be written to, its own user, and no right but those that the file names.

The root is made of this machine's /usr and the virtual environment, read-only, and of the folders
that the Dockerfile copies. What an image is beside that (another distribution, a build) is not
tried here.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.kit.served import ROOT

_SCRIPT = """
set -eu
root=$1; shift
mount -t tmpfs -o mode=0755 tmpfs "$root"
for name in usr bin sbin lib lib64; do
  [ -e /$name ] || continue
  mkdir "$root/$name"; mount --rbind /$name "$root/$name"; mount -o remount,bind,ro "$root/$name"
done
for name in proc dev; do mkdir "$root/$name"; mount --rbind /$name "$root/$name"; done
mkdir "$root/etc" "$root/tmp"
cp /etc/hosts /etc/passwd /etc/group /etc/nsswitch.conf "$root/etc/"
while [ "$1" != -- ]; do
  from=$1 to=$root$2 how=$3; shift 3
  case $how in
    file) mkdir -p "$(dirname "$to")"; cp "$from" "$to" ;;
    tmpfs) mkdir -p "$to"; mount -t tmpfs -o "$from" tmpfs "$to" ;;
    rw) mkdir -p "$to"; mount --bind "$from" "$to" ;;
    ro) mkdir -p "$to"; mount --bind "$from" "$to"; mount -o remount,bind,ro "$to" ;;
  esac
done
shift
mount -o remount,ro "$root"
exec chroot "$root" "$@"
"""


@dataclass
class Box:
    """Where one process runs. `mounts` are (what, where, how): `ro`, `rw`, `file`, or the options
    of a `tmpfs`. `keeps` are the capabilities that it may have, without their `cap_`."""

    namespace: str
    root: Path
    mounts: list[tuple[str, str, str]]
    environment: dict[str, str]
    user: str = "0:0"
    keeps: list[str] = field(default_factory=list)
    folder: str = "/"

    def start(self, *words: str, log: Path) -> subprocess.Popen[bytes]:
        """Runs the words; what they say goes to the end of `log`. The caller ends it."""
        with log.open("ab") as output:
            return subprocess.Popen(self._command(words), stdout=output, stderr=output)

    def run(self, *words: str, seconds: float = 120) -> subprocess.CompletedProcess[str]:
        """Runs the words to their end."""
        return subprocess.run(
            self._command(words), capture_output=True, text=True, check=False, timeout=seconds
        )

    def _command(self, words: tuple[str, ...]) -> list[str]:
        self.root.mkdir(parents=True, exist_ok=True)
        mounted = [part for mount in self.mounts for part in mount]
        rights = ",".join(["-all", *(f"+{name}" for name in self.keeps)])
        user, group = self.user.split(":")
        told = [f"{name}={value}" for name, value in self.environment.items()]
        return [
            "ip", "netns", "exec", self.namespace, "unshare", "--mount", "--propagation", "private",
            "sh", "-c", _SCRIPT, "box", str(self.root), *mounted, "--",
            "/usr/bin/setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups",
            "--no-new-privs", f"--bounding-set={rights}", f"--inh-caps={rights}", "--",
            "/usr/bin/env", "-i", *told, "sh", "-c", 'cd "$0" && exec "$@"', self.folder, *words,
        ]  # fmt: skip


def environment_folder() -> list[tuple[str, str, str]]:
    """This interpreter's virtual environment, and the interpreter if it lies elsewhere."""
    places = {str(Path(sys.prefix).resolve()), str(Path(sys.base_prefix).resolve())}
    return [(place, place, "ro") for place in sorted(places) if not place.startswith("/usr")]


def search_path() -> str:
    return f"{Path(sys.prefix).resolve()}/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin"


def image(folder: Path) -> tuple[list[str], dict[str, str]]:
    """Lays what the Dockerfile's last stage copies from here into the folder; its entry point and
    environment. The built app is laid if it was built."""
    last = (ROOT / "Dockerfile").read_text().rpartition("\nFROM ")[2].replace("\\\n", " ")
    for source, place in re.findall(r"^COPY (?!--from)(\S+) (\S+)$", last, re.M):
        shutil.copytree(ROOT / source, folder / place, ignore=shutil.ignore_patterns("__pycache__"))
    if (ROOT / "pwa/dist").is_dir():
        shutil.copytree(ROOT / "pwa/dist", folder / "pwa/dist")
    entry = re.search(r"^ENTRYPOINT (\[.+\])$", last, re.M)
    told = re.search(r"^ENV (.+)$", last, re.M)
    assert entry, "the Dockerfile has no entry point"
    assert told, "the Dockerfile has no environment"
    named = dict(one.split("=", 1) for one in told[1].split())
    return json.loads(entry[1]), named | {"PATH": search_path()}


def why_not() -> str | None:
    """Why this machine lets nobody make such boxes; None when it does."""
    if os.geteuid() != 0:
        return "network namespaces need root"
    for program in ("ip", "unshare", "setpriv", "chroot", "caddy"):
        if shutil.which(program, path=search_path() + os.pathsep + os.defpath) is None:
            return f"there is no {program} on this machine"
    name = f"xunfang-{os.getpid()}-may"
    tried = subprocess.run(["ip", "netns", "add", name], capture_output=True, text=True)
    if tried.returncode != 0:
        return f"network namespaces are not permitted: {tried.stderr.strip()}"
    mounting = [
        "ip",
        "netns",
        "exec",
        name,
        "unshare",
        "--mount",
        "mount",
        "-t",
        "tmpfs",
        "x",
        "/mnt",
    ]
    mounted = subprocess.run(mounting, capture_output=True, text=True)
    subprocess.run(["ip", "netns", "delete", name], check=True)
    return None if mounted.returncode == 0 else f"nothing can be mounted: {mounted.stderr.strip()}"
