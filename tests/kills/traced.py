"""System calls of running processes, in the order in which they happened."""

import contextlib
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_CALLS = "trace=write,writev,pwrite64,pwritev,sendto,sendmsg,fsync,fdatasync,rename,link"
_LINE = re.compile(r"^\d+\s+(?P<name>\w+)\((?P<rest>.*)$")
_RESUMED = re.compile(r"^\d+\s+<\.\.\. (?P<name>\w+) resumed>")
_UNFINISHED = "<unfinished ...>"


@dataclass(frozen=True)
class SystemCall:
    """One call that has returned: its name and the text of its arguments."""

    name: str
    told: str

    @property
    def is_flush(self) -> bool:
        return self.name in ("fsync", "fdatasync")

    @property
    def is_write(self) -> bool:
        return self.name in ("write", "writev", "pwrite64", "pwritev")


def can_trace() -> bool:
    """Whether this machine lets us look."""
    program = shutil.which("strace")
    return (
        bool(program)
        and subprocess.run(
            [str(program), "-o", "/dev/null", "true"], capture_output=True, check=False
        ).returncode
        == 0
    )


@contextlib.contextmanager
def traced(pids: list[int], out: Path) -> Iterator[list[SystemCall]]:
    """The calls that these processes make inside the block; filled when it ends."""
    command = ["strace", "-f", "-y", "-s", "64", "-e", _CALLS, "-o", str(out)]
    for pid in pids:
        command += ["-p", str(pid)]
    tracer = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    time.sleep(0.5)
    calls: list[SystemCall] = []
    try:
        yield calls
    finally:
        tracer.send_signal(signal.SIGINT)
        tracer.wait(10)
        calls.extend(_calls(out.read_text(errors="replace").splitlines()))


def _calls(lines: list[str]) -> list[SystemCall]:
    """Calls in the order of their ends: a flush counts from when it came back."""
    begun: dict[tuple[str, str], str] = {}
    calls = []
    for line in lines:
        thread = line.split(" ", 1)[0]
        found = _LINE.match(line)
        if found and line.endswith(_UNFINISHED):
            begun[thread, found["name"]] = found["rest"]
        elif found:
            calls.append(SystemCall(found["name"], found["rest"]))
        elif resumed := _RESUMED.match(line):
            told = begun.pop((thread, resumed["name"]), "")
            calls.append(SystemCall(resumed["name"], told))
    return calls
