"""Processor time and memory of a process and everything it started, as the kernel counts them."""

import os
import time
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_SCHEDULED = 2  # the clock of what the scheduler gave to all threads of a process


def family(pid: int) -> list[int]:
    """The process and all its living descendants."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        fields = _stat(int(folder.name))
        if fields:
            parents[int(folder.name)] = int(fields[1])
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def cpu_seconds(pid: int) -> float:
    """User and system time of the whole family, and of children that have ended."""
    return sum(_own_seconds(one) + _ended_seconds(one) for one in family(pid))


def memory_bytes(pid: int) -> int:
    """Resident memory of the whole family, shared pages too: where only one server runs, nobody
    shares them."""
    return sum(own_memory_bytes(one) for one in family(pid))


def own_memory_bytes(pid: int) -> int:
    """Resident memory of this process alone, shared pages too; 0 when it has ended."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    lines = [line for line in text.splitlines() if line.startswith("Rss:")]
    return sum(int(line.split()[1]) for line in lines) * 1024


def _own_seconds(pid: int) -> float:
    """To the nanosecond: /proc counts in hundredths, and a pull needs a dozen of these."""
    try:
        return time.clock_gettime((~pid << 3) | _SCHEDULED)
    except OSError:
        return 0.0


def _ended_seconds(pid: int) -> float:
    fields = _stat(pid)
    return (int(fields[13]) + int(fields[14])) / _TICK if fields else 0.0


def _stat(pid: int) -> list[str] | None:
    """The fields after the name; a name may hold spaces and brackets."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
