"""Processor time and memory of a process and everything it started, from /proc."""

import os
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


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
    total = 0
    for one in family(pid):
        fields = _stat(one)
        if fields:
            total += sum(int(fields[place]) for place in (11, 12, 13, 14))
    return total / _TICK


def memory_bytes(pid: int) -> int:
    """Proportional share of memory of the whole family: shared pages are not counted twice."""
    total = 0
    for one in family(pid):
        try:
            text = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    return total * 1024


def _stat(pid: int) -> list[str] | None:
    """The fields after the name; a name may hold spaces and brackets."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
