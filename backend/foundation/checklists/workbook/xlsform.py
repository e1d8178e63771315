"""An XLSForm as a draft of a checklist: the part that maps, and every row that does not. Pure.

Groups become sections, questions items: one choice, several choices, numbers with their range,
texts, pictures, signatures, places, moments. What a phone notes by itself (start, end, device) is
passed over and named. A repeat, a calculation, a sound has no place on a checklist, and a form
that would lose one is not taken.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import msgspec

from backend.foundation.checklists.listing import choices_of
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
from backend.foundation.checklists.workbook import problems, questions, xpath
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
from backend.foundation.kernel.keys import choice_key
from backend.foundation.kernel.problem import ProblemType
from backend.foundation.organisation.codes.model import CodeList

_COLUMNS = frozenset({"type", "name", "required", "relevant", "constraint", "appearance"})
# Of no weight for what is asked; everything else that is filled in would be lost.
_LEFT_ALONE = frozenset({"constraint_message", "required_message", "parameters"})
_MULTILINGUAL = frozenset({"label", "hint"})
_MEDIA = frozenset({"media", "image", "big-image", "audio", "video"})
_SETTINGS = frozenset({"form_title", "form_id", "version", "default_language"})
_YES = frozenset({"yes", "true", "true()"})
_NO = frozenset({"", "no", "false", "false()"})
_DECIMALS = 4
_FAR = "999999999"


def read_form(form: FormRead, lists: Mapping[str, CodeList], today: date) -> ReadPaper:
    """The checklist of a form, without one as long as a row has no place on it. A question that
    chooses from a file (`select_one_from_file where.csv`) chooses from the code list `where`."""
    settings = columns_of(form.settings)
    reader = _Reader(form, settings, lists, today)
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
    def __init__(
        self,
        form: FormRead,
        settings: dict[str, str],
        lists: Mapping[str, CodeList],
        today: date,
    ) -> None:
        self._code_lists = lists
        self._today = today
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
            self._lists.setdefault(list_name, []).append(Choice(choice_key(name), text, fail=False))

    def _row(self, row: FormRow) -> None:
        cells = columns_of(row.cells)
        written = " ".join(cells.get("type", "").split())
        kind = written.lower()
        if not kind or kind.startswith("#") or kind in questions.BY_ITSELF:
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
        type_, choices, listed = self._type(row, cells, written)
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
            code_list=listed.id if listed else None,
        )
        if type_ != "number" and cells.get("constraint"):
            self._refuse(row, "constraint", problems.cell_expression, value=cells["constraint"])
        if not self._is_inside and (not self._groups or self._groups[-1].key[:2] == "s_"):
            self._groups.append(_Group(f"rest{len(self._groups)}", Words("其他", "More")))
        self._groups[-1].items.append(item)

    def _type(
        self, row: FormRow, cells: dict[str, str], written: str
    ) -> tuple[ItemType | None, list[Choice], CodeList | None]:
        select = questions.SELECT.fullmatch(written)
        if select and select[2] in self._lists:
            return "single" if select[1] else "multiple", self._lists[select[2]], None
        from_file = questions.FROM_FILE.fullmatch(written)
        if from_file:
            listed = self._code_lists.get(from_file[2].rpartition(".")[0])
            if listed is not None:
                choices = list(choices_of(listed, self._today, ()))
                return "single" if from_file[1] else "multiple", choices, listed
            self._refuse(row, "type", problems.cell_code_list_unknown, value=written)
            return None, [], None
        if written.lower() == "image" and "signature" in cells.get("appearance", ""):
            return "signature", [], None
        found = questions.TYPES.get(written.lower())
        if found is None:
            self._refuse(row, "type", problems.cell_question_type, value=written)
        return found, [], None

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
            return xpath.condition(cells["relevant"], _key, choice_key)
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


def _numbered(section: int, items: list[Item]) -> tuple[Item, ...]:
    numbered = enumerate(items, start=1)
    return tuple(msgspec.structs.replace(item, no=f"{section}.{n}") for n, item in numbered)
