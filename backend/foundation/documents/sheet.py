"""What a table that somebody brings must hold, as data, and what was found in it. Pure.

    ROSTER = Sheet((
        Field("name", "姓名", "Name", Text(60), required=True),
        Field("phone", "手机号", "Phone", Phone(), also=("电话", "联系电话")),
    ))

It is data and no code, because it travels into the child process that opens the file.
"""

import msgspec

from backend.foundation.kernel import limits
from backend.foundation.kernel.problem import ProblemType

Value = str | int | None


class Text(msgspec.Struct, frozen=True, tag="text"):
    """Words, with the spaces around them taken away. Several lines are one, unless `lines`: then
    they stay, each without the spaces at its end."""

    length_max: int = limits.NAME_MAX
    lines: bool = False


class Code(msgspec.Struct, frozen=True, tag="code"):
    """A number or code of ours: letters, digits, and . _ / - inside. Kept as text.

    A code that Excel holds as a number has lost its leading zeros before it comes here.
    """

    length_max: int = limits.CODE_MAX


class Day(msgspec.Struct, frozen=True, tag="day"):
    """A date; the value is ISO text. Day-first and month-first spellings are refused."""


class Phone(msgspec.Struct, frozen=True, tag="phone"):
    """A phone number of China; the value is bare digits, with a hyphen after an area code."""


class Integer(msgspec.Struct, frozen=True, tag="integer"):
    """A whole number from `least` to `most`."""

    least: int = 0
    most: int = 1_000_000_000


class Choice(msgspec.Struct, frozen=True, tag="choice"):
    """One of a few: each value with the words that people may write for it."""

    words: dict[str, tuple[str, ...]]


Kind = Text | Code | Day | Phone | Integer | Choice


class Field(msgspec.Struct, frozen=True):
    """One column: the name of its value, its headings, what may be in it.

    `also` are further headings that mean the same. Case, spaces, width, a star and a remark in
    brackets do not matter in a heading. `unique`: no two rows may have the same value.
    """

    name: str
    zh: str
    en: str
    kind: Kind = Text()
    required: bool = False
    unique: bool = False
    also: tuple[str, ...] = ()


class Sheet(msgspec.Struct, frozen=True):
    """A whole table. Columns nobody asked for are left alone and named in the answer.

    Of a workbook with several tables, `zh`, `en` and `also` are the names of this one's tab; it
    must be there unless it `may_lack`, and then also may have no rows. Without `formulas` every
    computed cell is a problem; otherwise the value counts that was saved with it, and one that
    came without is a problem: an empty cell would lose what stands there on the screen.
    """

    fields: tuple[Field, ...]
    rows_max: int = limits.TABLE_ROWS_MAX
    zh: str = ""
    en: str = ""
    also: tuple[str, ...] = ()
    may_lack: bool = False
    formulas: bool = True


class Row(msgspec.Struct, frozen=True):
    """A row without a problem: its number as Excel shows it, and a value for every field."""

    number: int
    values: dict[str, Value]


class CellProblem(msgspec.Struct, frozen=True):
    """What is wrong in one cell. `column` is the field's name; facts fill the words of the code,
    with the heading as it stands in the file."""

    row: int
    column: str
    code: str
    facts: dict[str, str | int]


class Imported(msgspec.Struct, frozen=True):
    """Rows that can be taken, and every problem of those that cannot.

    `ignored` are headings that mean nothing to us; `tab` the name of the tab that was read, empty
    for CSV. `is_cut`: there are more problems than are told.
    """

    rows: list[Row]
    problems: list[CellProblem]
    ignored: list[str]
    tab: str
    is_cut: bool


def cell_problem(
    kind: ProblemType, row: int, column: str, heading: str, **facts: str | int
) -> CellProblem:
    """A problem of one cell with all facts that its words need."""
    return CellProblem(row, column, kind.code, {"row": row, "column": heading, **facts})
