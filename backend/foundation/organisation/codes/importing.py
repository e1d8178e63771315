"""Code lists that somebody brings as a file: its columns, and what only the house knows. Pure.

A row is a code of a list; rows of one list need not stand together. A list is known by its key,
a code by its name in the list. Codes that are not in the file stay, and come after those of it.
"""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from backend.foundation.documents.problems import cell_doubled
from backend.foundation.documents.sheet import (
    CellProblem,
    Code,
    Day,
    Field,
    Imported,
    Row,
    Sheet,
    Text,
    Value,
)
from backend.foundation.kernel import limits
from backend.foundation.organisation import brought_problems
from backend.foundation.organisation.codes import problems, rules
from backend.foundation.organisation.codes.commands import ChangeCodeList
from backend.foundation.organisation.codes.model import CodeList, ListedCode, Purpose
from backend.foundation.organisation.model import Words
from backend.foundation.organisation.rules import is_closed
from backend.foundation.organisation.taking import Change, Refused, taken

CODES = Sheet(
    (
        Field("list", "代码表", "List", Code(), required=True, also=("代码表标识", "List key")),
        Field("list_name", "代码表名称", "Name of the list", Text()),
        Field("list_name_en", "代码表英文名称", "English name of the list", Text()),
        Field("purpose", "用途", "Purpose", Text(limits.NAME_MAX * 2)),
        Field("purpose_en", "英文用途", "English purpose", Text(limits.NAME_MAX * 2)),
        Field("code", "代码", "Code", Code(limits.LISTED_CODE_MAX), required=True),
        Field("text", "名称", "Text", Text(), required=True, also=("含义", "中文")),
        Field("text_en", "英文名称", "English text", Text(), also=("英文",)),
        Field("since", "起用日", "From", Day(), also=("起始日",)),
        Field("until", "截止日", "Last day", Day(), also=("停用日",)),
    ),
    zh="代码表",
    en="Code lists",
)


class BroughtList(msgspec.Struct, frozen=True):
    """A list of the file as the commands take it, and whether it is there already. `codes` are
    those of the file alone, `order` their names."""

    row: int
    id: str
    change: Change
    name: Words
    purpose: Purpose
    codes: tuple[ListedCode, ...]
    order: tuple[str, ...]


class CodeListImport(msgspec.Struct, frozen=True):
    """Lists that can be taken in, and every problem by row and column. A row with a problem is
    left out; the mended file brings it later. `is_cut`: there are more problems than are told."""

    lists: list[BroughtList]
    problems: list[CellProblem]
    ignored: list[str]
    tab: str
    is_cut: bool


def brought_lists(imported: Imported, known: Iterable[CodeList], today: date) -> CodeListImport:
    """What the file holds, judged by what the house knows."""
    reader = _Reader({one.id: one for one in known}, today)
    _, wrong = taken(imported, CODES, reader.take)
    return CodeListImport(
        lists=reader.lists(),
        problems=wrong,
        ignored=imported.ignored,
        tab=imported.tab,
        is_cut=imported.is_cut,
    )


class _Reader:
    """Goes through the rows once, top to bottom."""

    def __init__(self, known: Mapping[str, CodeList], today: date) -> None:
        self._known = known
        self._today = today
        self._rows: dict[str, int] = {}  # of a list, where it is first spoken of
        self._heads: dict[str, tuple[Words, Purpose]] = {}
        self._codes: dict[str, dict[str, ListedCode]] = {}
        self._firsts: dict[tuple[str, str], int] = {}  # of a code, its first row

    def lists(self) -> list[BroughtList]:
        return [self._list(key) for key in self._codes]

    def take(self, row: Row) -> None:
        """Adds the row's code, or refuses the first thing that is wrong with it."""
        values = row.values
        key = str(values["list"])
        if not rules.is_list_key(key):
            raise Refused("list", problems.cell_not_list_key, value=key)
        there = self._known.get(key)
        if there is not None and is_closed(there, self._today):
            raise Refused("list", problems.cell_list_closed, value=key)
        self._head(key, values, there)
        first = self._firsts.setdefault((key, str(values["code"])), row.number)
        if first != row.number:
            raise Refused("code", cell_doubled, value=str(values["code"]), first=first)
        code = self._code(key, values, there)
        self._rows.setdefault(key, row.number)
        self._codes.setdefault(key, {})[code.code] = code

    def _head(self, key: str, values: Mapping[str, Value], there: CodeList | None) -> None:
        if key in self._heads:
            return
        if there is None and values["list_name"] is None:
            raise Refused("list_name", problems.cell_list_unnamed, value=key)
        zh = str(values["list_name"] or (there and there.name.zh))
        name = Words(zh, str(values["list_name_en"] or (there.name.en if there else zh)))
        was = there.purpose if there else Purpose()
        purpose = Purpose(str(values["purpose"] or was.zh), str(values["purpose_en"] or was.en))
        self._heads[key] = (name, purpose)

    def _code(self, key: str, values: Mapping[str, Value], there: CodeList | None) -> ListedCode:
        code, text = str(values["code"]), str(values["text"])
        mine = self._codes.get(key, {})
        known = {one.code: one for one in there.codes} if there else {}
        other = rules.alike(code, [*mine, *known])
        if other is not None:
            raise Refused("code", problems.cell_code_alike, value=code, other=other)
        if len({*mine, *known, code}) > limits.LISTED_CODES_MAX:
            limit = limits.LISTED_CODES_MAX
            raise Refused("code", problems.cell_codes_full, value=key, limit=limit)
        was = known.get(code)
        since = _day(values["since"], was and was.since)
        until = _day(values["until"], was and was.until)
        if since is not None and until is not None and until < since:
            days = {"since": since, "until": until}
            raise Refused("until", brought_problems.cell_days_backwards, **days)
        english = str(values["text_en"] or (was.text.en if was else text))
        return ListedCode(code, Words(text, english), since, until)

    def _list(self, key: str) -> BroughtList:
        name, purpose = self._heads[key]
        codes, there = tuple(self._codes[key].values()), self._known.get(key)
        order = tuple(one.code for one in codes)
        change: Change = "new"
        if there is not None:
            asked = ChangeCodeList(name, purpose, codes, order)
            change = "same" if rules.change_list(there, asked) == there else "changed"
        return BroughtList(self._rows[key], key, change, name, purpose, codes, order)


def _day(written: Value, known: str | None) -> str | None:
    return known if written is None else str(written)
