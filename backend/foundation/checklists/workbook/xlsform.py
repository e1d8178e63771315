"""An XLSForm as a draft of a checklist: the part that maps, and every row that does not. Pure.

Groups become sections, questions items: one choice, several choices, numbers with their range,
texts, pictures, signatures, places, moments. What a phone notes by itself (start, end, device) is
passed over and named. A repeat, a calculation, a sound has no place on a checklist, and a form
that would lose one is not taken.
"""

import re
from dataclasses import dataclass, field

import msgspec

from backend.foundation.checklists.template import (
    Choice,
    Condition,
    Item,
    ItemType,
    Number,
    Section,
    TemplateDoc,
    Words,
)
from backend.foundation.checklists.workbook import problems, xpath
from backend.foundation.checklists.workbook.headings import (
    base_of,
    column_of,
    columns_of,
    said,
    spoken_in,
    tongue_of,
)
from backend.foundation.checklists.workbook.reading import ReadPaper, TabProblem
from backend.foundation.checklists.workbook.spoken import Unreadable
from backend.foundation.documents.orders import FormRead, FormRow
from backend.foundation.documents.sheet import cell_problem
from backend.foundation.kernel import limits, personal_numbers
from backend.foundation.kernel.problem import ProblemType

_TYPES: dict[str, ItemType] = {
    "text": "text",
    "string": "text",
    "integer": "number",
    "int": "number",
    "decimal": "number",
    "image": "photo",
    "photo": "photo",
    "geopoint": "location",
    "location": "location",
    "gps": "location",
    "datetime": "datetime",
}
_BY_ITSELF = frozenset(
    [
        "start",
        "end",
        "today",
        "deviceid",
        "username",
        "phonenumber",
        "email",
        "subscriberid",
        "simserial",
        "start-geopoint",
        "audit",
    ]
)
_COLUMNS = frozenset({"type", "name", "required", "relevant", "constraint", "appearance"})
# Of no weight for what is asked; everything else that is filled in would be lost.
_LEFT_ALONE = frozenset({"constraint_message", "required_message", "parameters"})
_MULTILINGUAL = frozenset({"label", "hint"})
_MEDIA = frozenset({"media", "image", "big-image", "audio", "video"})
_SETTINGS = frozenset({"form_title", "form_id", "version", "default_language"})
# One of a list, or several: as it is written today, and as older forms have it.
_SELECT = re.compile(
    r"(?:add )?(?:(select[_ ]one|select1)|select[_ ]multiple|select all that apply)"
    r"(?: prompt using| from)? (.+)",
    re.I,
)
_YES = frozenset({"yes", "true", "true()"})
_NO = frozenset({"", "no", "false", "false()"})
_DECIMALS = 4
_FAR = "999999999"
_RESERVED = frozenset({"pass", "fail", "na", "answered"})


def read_form(form: FormRead) -> ReadPaper:
    """The checklist of a form, without one as long as a row has no place on it."""
    settings = columns_of(form.settings)
    reader = _Reader(form, settings)
    doc = reader.doc()
    most = limits.TABLE_PROBLEMS_MAX
    return ReadPaper(
        code=settings.get("form_id", "")[:64],
        edition=settings.get("version", "")[:64],
        line="",
        rhythm="unscheduled",
        doc=None if reader.problems else doc,
        problems=reader.problems[:most],
        ignored=reader.ignored,
        is_cut=len(reader.problems) > most,
    )


@dataclass
class _Group:
    key: str
    title: Words
    items: list[Item] = field(default_factory=list)


class _Reader:
    def __init__(self, form: FormRead, settings: dict[str, str]) -> None:
        self.problems = [
            TabProblem(tab, one.row, one.column, one.code, one.facts)
            for tab, one in ((part.tab, part.found) for part in form.problems)
        ]
        self._passed: dict[str, None] = {}
        self._form, self._settings = form, settings
        self._lists: dict[str, list[Choice]] = {}
        self._groups: list[_Group] = []
        self._is_inside = False

    @property
    def ignored(self) -> list[str]:
        return list(self._passed)

    def doc(self) -> TemplateDoc:
        for name in sorted(self._settings.keys() - _SETTINGS):
            self._passed[f"settings: {name}"] = None
        for row in self._form.choices:
            self._choice(row)
        for row in self._form.survey:
            self._row(row)
        title = said(self._settings.get("form_title", ""))
        sections = [
            Section(group.key, str(number), group.title, _numbered(number, group.items))
            for number, group in enumerate((one for one in self._groups if one.items), start=1)
        ]
        return TemplateDoc(title=title, sections=tuple(sections))

    def _choice(self, row: FormRow) -> None:
        cells = columns_of(row.cells)
        list_name, name = cells.get("list_name", ""), cells.get("name", "")
        text = self._words("choices", row, "label")
        for heading, value in cells.items():
            if base_of(heading) in _MEDIA:
                self._refuse(row, heading, problems.cell_not_carried, tab="choices", value=value)
        if list_name and name:
            self._lists.setdefault(list_name, []).append(
                Choice(_answer_key(name), text, fail=False)
            )

    def _row(self, row: FormRow) -> None:
        cells = columns_of(row.cells)
        written = " ".join(cells.get("type", "").split())
        kind = written.lower()
        if not kind or kind.startswith("#") or kind in _BY_ITSELF:
            if kind:
                self._passed[f"survey: {written}"] = None
        elif kind in ("begin group", "begin_group"):
            self._begin(row, cells)
        elif kind in ("end group", "end_group"):
            self._is_inside = False
        else:
            self._item(row, cells, written)

    def _begin(self, row: FormRow, cells: dict[str, str]) -> None:
        if self._is_inside or cells.get("relevant"):
            column = "type" if self._is_inside else "relevant"
            self._refuse(row, column, problems.cell_group_deep, value=cells.get("name", ""))
        self._is_inside = True
        self._only(row, cells, frozenset({"type", "name", "relevant", "appearance"}))
        self._groups.append(
            _Group(f"s_{_key(cells.get('name', ''))}", self._words("survey", row, "label"))
        )

    def _item(self, row: FormRow, cells: dict[str, str], written: str) -> None:
        type_, choices = self._type(row, cells, written)
        if type_ is None:
            return
        self._only(row, cells, _COLUMNS)
        hint = self._words("survey", row, "hint")
        item = Item(
            key=_key(cells.get("name", "")),
            no="0",
            text=self._words("survey", row, "label"),
            hint=hint if hint.zh or hint.en else None,
            type=type_,
            points=0,
            veto=False,
            required=self._required(row, cells),
            deductions=(),
            choices=tuple(choices),
            number=self._number(row, cells, written) if type_ == "number" else None,
            show_when=self._condition(row, cells),
            demand=(),
            reference=(),
            clause=None,
            camera_only=False,
        )
        if type_ != "number" and cells.get("constraint"):
            self._refuse(row, "constraint", problems.cell_expression, value=cells["constraint"])
        if not self._is_inside and (not self._groups or self._groups[-1].key[:2] == "s_"):
            self._groups.append(_Group(f"rest{len(self._groups)}", Words("其他", "More")))
        self._groups[-1].items.append(item)

    def _type(
        self, row: FormRow, cells: dict[str, str], written: str
    ) -> tuple[ItemType | None, list[Choice]]:
        select = _SELECT.fullmatch(written)
        if select and select[2] in self._lists:
            return "single" if select[1] else "multiple", self._lists[select[2]]
        if written.lower() == "image" and "signature" in cells.get("appearance", ""):
            return "signature", []
        found = _TYPES.get(written.lower())
        if found is None:
            self._refuse(row, "type", problems.cell_question_type, value=written)
        return found, []

    def _number(self, row: FormRow, cells: dict[str, str], written: str) -> Number:
        low: str | None = None
        high: str | None = None
        if cells.get("constraint"):
            try:
                low, high = xpath.bounds(cells["constraint"])
            except Unreadable:
                kind = problems.cell_expression
                self._refuse(row, "constraint", kind, value=cells["constraint"])
        decimals = _DECIMALS if written.lower() == "decimal" else 0
        return Number(low or f"-{_FAR}", high or _FAR, Words("", ""), decimals)

    def _required(self, row: FormRow, cells: dict[str, str]) -> bool:
        written = cells.get("required", "").strip().lower()
        if written not in _YES | _NO:
            self._refuse(row, "required", problems.cell_expression, value=cells["required"])
        return written in _YES

    def _condition(self, row: FormRow, cells: dict[str, str]) -> Condition | None:
        if not cells.get("relevant"):
            return None
        try:
            return xpath.condition(cells["relevant"], _key, _answer_key)
        except Unreadable:
            self._refuse(row, "relevant", problems.cell_expression, value=cells["relevant"])
            return None

    def _only(self, row: FormRow, cells: dict[str, str], known: frozenset[str]) -> None:
        for name, value in cells.items():
            if name not in known and base_of(name) not in _MULTILINGUAL | _LEFT_ALONE:
                self._refuse(row, name, problems.cell_not_carried, value=value)

    def _words(self, tab: str, row: FormRow, name: str) -> Words:
        """A label in both languages; what stands in one alone leaves the other to the editor."""
        told: dict[str, str] = {}
        others: list[tuple[str, str]] = []
        for heading, value in row.cells.items():
            base, tongue = tongue_of(heading)
            if base != name:
                continue
            if personal_numbers.find(value):
                self._refuse(row, name, problems.cell_number_in_form, tab=tab)
            elif "${" in value:
                self._refuse(row, heading, problems.cell_expression, tab=tab, value=value)
            elif tongue is None:
                others.append((heading, value))
            elif tongue or (tongue := spoken_in(value)) not in told:
                told[tongue] = value
        for heading, value in others:
            if told:
                self._passed[f"{tab}: {heading}"] = None
            else:
                self._refuse(row, heading, problems.cell_other_tongue, tab=tab, value=value)
        return Words(told.get("zh", ""), told.get("en", ""))

    def _refuse(
        self, row: FormRow, column: str, kind: ProblemType, *, tab: str = "survey", value: str = ""
    ) -> None:
        if personal_numbers.find(value):
            kind, value = problems.cell_number_in_form, ""
        heading = next((own for own in row.cells if column_of(own) == column), column)
        one = cell_problem(kind, row.row, heading, heading, value=value[:40])
        self.problems.append(TabProblem(tab, one.row, one.column, one.code, one.facts))


def _key(name: str) -> str:
    """A name of the form as a key of ours: lower case, and a letter first."""
    key = re.sub(r"[^a-z0-9_]", "_", name.lower())
    return key if key[:1].isalpha() else f"q{key}"


def _answer_key(name: str) -> str:
    key = re.sub(r"[^a-z0-9_]", "_", name.lower())
    return key if key[:1].isalpha() and key not in _RESERVED else f"c_{key}"


def _numbered(section: int, items: list[Item]) -> tuple[Item, ...]:
    numbered = enumerate(items, start=1)
    return tuple(msgspec.structs.replace(item, no=f"{section}.{n}") for n, item in numbered)
