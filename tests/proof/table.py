"""One line per proof, and the table of all of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

HEADS = (
    "what",
    "runs",
    "steps",
    "faults",
    "acknowledged",
    "lost",
    "doubled",
    "violations",
    "seconds",
)


@dataclass
class Row:
    """What one proof came to. None: it does not count such things.

    `story` is told below the table when there are violations: enough to bring them back.
    """

    what: str
    runs: int
    steps: int | None = None
    faults: int | None = None
    acknowledged: int | None = None
    lost: int | None = None
    doubled: int | None = None
    violations: int = 0
    seconds: float = 0
    by_kind: Counter[str] = field(default_factory=Counter)
    story: str = ""

    @property
    def is_clean(self) -> bool:
        return not (self.violations or self.lost or self.doubled)

    def cells(self) -> tuple[str, ...]:
        """The line as it is printed."""
        counted = (
            self.runs,
            self.steps,
            self.faults,
            self.acknowledged,
            self.lost,
            self.doubled,
            self.violations,
        )
        return (self.what, *map(_number, counted), f"{self.seconds:,.0f}")


def table(rows: list[Row]) -> str:
    """Every proof, and below them the matrix of faults: how often each kind was injected."""
    lines = [HEADS, *(row.cells() for row in rows), *_matrix(rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEADS))]
    rule = tuple("-" * width for width in widths)
    return "\n".join(_line(cells, widths) for cells in (lines[0], rule, *lines[1:]))


def stories(rows: Iterable[Row]) -> str:
    """What went wrong, one after the other. Empty when nothing did."""
    return "\n\n".join(f"{row.what}:\n{row.story}" for row in rows if not row.is_clean)


def _matrix(rows: list[Row]) -> list[tuple[str, ...]]:
    total: Counter[str] = Counter()
    for row in rows:
        total.update(row.by_kind)
    empty = ("",) * (len(HEADS) - 4)
    return [(f"  fault: {name}", "", "", _number(n), *empty) for name, n in total.most_common()]


def _number(value: int | None) -> str:
    return "" if value is None else f"{value:,}"


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    first, *rest = zip(cells, widths, strict=True)
    figures = "  ".join(cell.rjust(width) for cell, width in rest)
    return f"{first[0].ljust(first[1])}  {figures}".rstrip()
