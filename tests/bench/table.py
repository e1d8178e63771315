"""What a part of the bench found out, and the one table it is shown in."""

from collections.abc import Iterable
from dataclasses import dataclass

HEADS = ("figure", "ours", "beside it", "at most", "met")


@dataclass(frozen=True)
class Figure:
    """One line. `value` None: not measured, and `beside` says why. `at_most` None: nobody set a
    target. `beside` is what a peer, or the plainest form of the same, needed in this very run."""

    what: str
    value: float | None
    unit: str = ""
    at_most: float | None = None
    beside: str = ""

    def cells(self) -> tuple[str, ...]:
        """The line as it is printed."""
        if self.value is None:
            return (self.what, "not measured", self.beside, "", "")
        most = "" if self.at_most is None else measure(self.at_most, self.unit)
        met = ""
        if self.at_most is not None:
            met = "yes" if self.value <= self.at_most else "NO"
        return (self.what, measure(self.value, self.unit), self.beside, most, met)


def measure(value: float, unit: str) -> str:
    """Three digits that mean something, and the unit."""
    text = f"{value:,.0f}" if abs(value) >= 100 else f"{value:#.3g}"
    return f"{text} {unit}".rstrip()


def table(figures: Iterable[Figure]) -> str:
    """All lines under one head, in columns."""
    rows = [HEADS, *(figure.cells() for figure in figures)]
    widths = [max(_width(row[place]) for row in rows) for place in range(len(HEADS))]
    rule = tuple("-" * width for width in widths)
    lines = [rows[0], rule, *rows[1:]]
    return "\n".join(
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in lines
    )


def _width(text: str) -> int:
    return len(text)
