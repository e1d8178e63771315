"""What stands in the tabs of a checklist's workbook, as a draft, or what is wrong with it. Pure."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

import msgspec

from backend.foundation.checklists.listing import choices_of
from backend.foundation.checklists.template import (
    Choice,
    Clause,
    Condition,
    Deduction,
    Demand,
    Item,
    ItemType,
    Number,
    Section,
    TemplateDoc,
    Words,
)
from backend.foundation.checklists.workbook import problems, sheets, spoken
from backend.foundation.documents.cells import plain
from backend.foundation.documents.sheet import Imported, Row, Sheet, cell_problem
from backend.foundation.kernel.problem import ProblemType
from backend.foundation.organisation.codes.model import CodeList

T = TypeVar("T")
_NO_LIST = problems.cell_code_list_unknown
_UNKEYED = re.compile(r"[^a-z0-9]+")


class TabProblem(msgspec.Struct, frozen=True):
    """What is wrong in one cell of one tab; `column` is the field's name, facts fill the words."""

    tab: str
    row: int
    column: str
    code: str
    facts: dict[str, str | int]


class ReadPaper(msgspec.Struct, frozen=True):
    """A checklist as it was brought. `doc` is None as long as there is a problem: half a checklist
    must not look like a whole one. `ignored` are headings that mean nothing, each with its tab."""

    code: str
    edition: str
    line: str
    rhythm: str
    doc: TemplateDoc | None
    problems: list[TabProblem]
    ignored: list[str]
    is_cut: bool


def read_paper(tabs: list[Imported], lists: Mapping[str, CodeList], today: date) -> ReadPaper:
    """The five tabs of `sheets.SHEETS`, in their order. An item that names a code list and has no
    choices of its own gets those of today."""
    named = dict(zip((sheet.en for sheet in sheets.SHEETS), tabs, strict=True))
    reader = _Reader(named, lists, today)
    head, doc = reader.paper()
    return ReadPaper(
        code=head.get("code") or "",
        edition=head.get("edition") or "",
        line=head.get("line") or "",
        rhythm=head.get("rhythm") or "unscheduled",
        doc=None if reader.problems else doc,
        problems=reader.problems,
        ignored=[f"{tab.tab}: {heading}" for tab in tabs for heading in tab.ignored],
        is_cut=any(tab.is_cut for tab in tabs),
    )


def list_named(written: str, lists: Mapping[str, CodeList]) -> CodeList | None:
    """The list of this key or, where there is only one, of this name."""
    if written in lists:
        return lists[written]
    names = [
        one for one in lists.values() if plain(written) in (plain(one.name.zh), plain(one.name.en))
    ]
    return names[0] if len(names) == 1 else None


class _Reader:
    def __init__(
        self, tabs: dict[str, Imported], lists: Mapping[str, CodeList], today: date
    ) -> None:
        self._tabs = tabs
        self._lists = lists
        self._today = today
        self.problems = [
            TabProblem(tab.tab, one.row, one.column, one.code, one.facts)
            for tab in tabs.values()
            for one in tab.problems
        ]
        self._sections: dict[str, str] = {}  # key or number -> key
        self._items: dict[str, str] = {}

    def paper(self) -> tuple[dict[str, Any], TemplateDoc]:
        heads = self._rows(sheets.CHECKLIST)
        for extra in heads[1:]:
            self._refuse(sheets.CHECKLIST, extra, "title_zh", problems.cell_second_checklist)
        head: dict[str, Any] = heads[0].values if heads else {}
        sections = self._keyed(sheets.SECTIONS, "s_", self._sections)
        rows = self._keyed(sheets.ITEMS, "i_", self._items)
        choices, reasons = self._options()
        demands = self._demands()
        items: dict[str, list[Item]] = {key: [] for key, _ in sections}
        for key, row in rows:
            section = self._named(sheets.ITEMS, row, "section", self._sections)
            if section is not None:
                items[section].append(
                    self._item(key, row, choices.get(key, []), reasons.get(key, []), demands)
                )
        doc = TemplateDoc(
            title=_words(head, "title"),
            sections=tuple(
                Section(key, _text(row, "no"), _words(row.values, "title"), tuple(items[key]))
                for key, row in sections
            ),
            persons=head.get("persons") == "yes",
            assessment=head.get("assessment") or None,
        )
        return head, doc

    def _rows(self, sheet: Sheet) -> list[Row]:
        return self._tabs[sheet.en].rows

    def _keyed(self, sheet: Sheet, prefix: str, known: dict[str, str]) -> list[tuple[str, Row]]:
        """Rows with their keys. A row without one is named after its number, for good."""
        found: list[tuple[str, Row]] = []
        numbers: dict[str, str] = {}
        for row in self._rows(sheet):
            no = _text(row, "no")
            key = _text(row, "key") or prefix + _UNKEYED.sub("_", no.lower()).strip("_")
            if key in known:
                self._refuse(sheet, row, "key", problems.cell_key_doubled, value=key)
            elif no in numbers:
                self._refuse(sheet, row, "no", problems.cell_key_doubled, value=no)
            else:
                known[key] = key
                numbers[no] = key
                found.append((key, row))
        known.update({no: key for no, key in numbers.items() if no not in known})
        return found

    def _named(self, sheet: Sheet, row: Row, column: str, known: dict[str, str]) -> str | None:
        written = _text(row, column)
        if written in known:
            return known[written]
        # A row that could not be read is told once, and not again by everything that names it.
        named = sheets.SECTIONS if known is self._sections else sheets.ITEMS
        if any(one.tab == self._tabs[named.en].tab for one in self.problems):
            return None
        self._refuse(sheet, row, column, problems.cell_not_in_tab, value=written)
        return None

    def _item(
        self,
        key: str,
        row: Row,
        choices: list[Choice],
        reasons: list[Deduction],
        demands: dict[str, list[Demand]],
    ) -> Item:
        values = row.values
        hint = _words(values, "hint")
        listed = self._code_list(row)
        if listed is not None and not choices:
            choices = list(choices_of(listed, self._today, ()))
        return Item(
            key=key,
            no=_text(row, "no"),
            text=_words(values, "text"),
            hint=hint if hint.zh or hint.en else None,
            type=msgspec.convert(values["type"] or "pass_fail", ItemType),
            points=self._tenths(sheets.ITEMS, row, "points"),
            veto=values["veto"] == "yes",
            required=values["required"] != "no",
            deductions=tuple(reasons),
            choices=tuple(choices),
            number=_number(row),
            show_when=self._condition(row),
            demand=tuple(demands.get(key, [])),
            reference=tuple(
                part for part in re.split(r"[,，\s]+", _text(row, "reference")) if part
            ),
            clause=self._clause(row),
            camera_only=values["camera_only"] == "yes",
            code_list=listed.id if listed else None,
        )

    def _code_list(self, row: Row) -> CodeList | None:
        written = _text(row, "code_list")
        found = list_named(written, self._lists) if written else None
        if written and found is None:
            self._refuse(sheets.ITEMS, row, "code_list", _NO_LIST, value=written)
        return found

    def _condition(self, row: Row) -> Condition | None:
        written = _text(row, "show_when")
        if not written:
            return None
        return self._read(
            sheets.ITEMS, row, "show_when", problems.cell_not_condition, self._condition_of
        )

    def _condition_of(self, text: str) -> Condition:
        # An item that is not there is told by the editor, like every other fault of a condition.
        return spoken.condition(text, lambda name: str(self._items.get(name, name)))

    def _clause(self, row: Row) -> Clause | None:
        values = row.values
        standard, no = _text(row, "standard"), _text(row, "clause")
        if not standard and not no:
            return None
        words = _words(values, "clause_text")
        points = _text(row, "clause_points")
        return Clause(
            standard=standard,
            no=no,
            kind="soft" if values["clause_kind"] == "soft" else "hard",
            edition=_text(row, "clause_edition") or None,
            text=words if words.zh or words.en else None,
            points=self._tenths(sheets.ITEMS, row, "clause_points") if points else None,
        )

    def _options(self) -> tuple[dict[str, list[Choice]], dict[str, list[Deduction]]]:
        choices: dict[str, list[Choice]] = {}
        reasons: dict[str, list[Deduction]] = {}
        for row in self._rows(sheets.OPTIONS):
            item = self._named(sheets.OPTIONS, row, "item", self._items)
            if item is None:
                continue
            text = _words(row.values, "text")
            if row.values["kind"] == "choice":
                of = choices.setdefault(item, [])
                key = _text(row, "key") or f"c{len(of) + 1}"
                of.append(Choice(key, text, fail=row.values["fail"] == "yes"))
            else:
                off = reasons.setdefault(item, [])
                key = _text(row, "key") or f"d{len(off) + 1}"
                off.append(Deduction(key, text, self._tenths(sheets.OPTIONS, row, "points")))
        return choices, reasons

    def _demands(self) -> dict[str, list[Demand]]:
        demands: dict[str, list[Demand]] = {}
        for row in self._rows(sheets.DEMANDS):
            item = self._named(sheets.DEMANDS, row, "item", self._items)
            if item is not None:
                when = spoken.answers(_text(row, "when"))
                photos = int(row.values["photos"] or 0)
                demand = Demand(when, photos, note=row.values["note"] == "yes")
                demands.setdefault(item, []).append(demand)
        return demands

    def _tenths(self, sheet: Sheet, row: Row, column: str) -> int:
        if not _text(row, column):
            return 0
        return self._read(sheet, row, column, problems.cell_not_points, spoken.tenths) or 0

    def _read(
        self, sheet: Sheet, row: Row, column: str, no: ProblemType, read: Callable[[str], T]
    ) -> T | None:
        try:
            return read(_text(row, column))
        except spoken.Unreadable:
            self._refuse(sheet, row, column, no, value=_text(row, column)[:40])
            return None

    def _refuse(
        self, sheet: Sheet, row: Row, column: str, kind: ProblemType, **facts: str | int
    ) -> None:
        field = next(one for one in sheet.fields if one.name == column)
        one = cell_problem(kind, row.number, column, f"{field.zh} / {field.en}", **facts)
        tab = self._tabs[sheet.en].tab
        self.problems.append(TabProblem(tab, one.row, one.column, one.code, one.facts))


def _number(row: Row) -> Number | None:
    low, high, unit = _text(row, "min"), _text(row, "max"), _words(row.values, "unit")
    decimals = row.values["decimals"]
    if not (low or high or unit.zh or unit.en or decimals is not None):
        return None
    return Number(low, high, unit, int(decimals or 0))


def _text(row: Row, name: str) -> str:
    value = row.values.get(name)
    return "" if value is None else str(value)


def _words(values: dict[str, Any], name: str) -> Words:
    return Words(values.get(f"{name}_zh") or "", values.get(f"{name}_en") or "")
