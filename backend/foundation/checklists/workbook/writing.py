"""A checklist into the tabs of its workbook. Pure."""

from typing import Any

from backend.foundation.checklists.template import Clause, Item, TemplateDoc, Words, items_of
from backend.foundation.checklists.workbook import sheets, spoken
from backend.foundation.documents.orders import Tab, Tongue
from backend.foundation.documents.sheet import Choice, Integer, Sheet, Text
from backend.foundation.documents.tables import Column, wired
from backend.foundation.kernel import limits

_WIDE, _NARROW = 36, 14


def tabs_of(head: dict[str, str], doc: TemplateDoc | None, tongue: Tongue) -> list[Tab]:
    """All five tabs; without a document, empty ones to be filled in. `head` has the code, edition,
    line and rhythm."""
    rows: dict[str, list[dict[str, Any]]] = {sheet.en: [] for sheet in sheets.SHEETS}
    if doc is not None:
        rows[sheets.CHECKLIST.en] = [_checklist(head, doc)]
        rows[sheets.SECTIONS.en] = [
            {"key": one.key, "no": one.no, **_words("title", one.title)} for one in doc.sections
        ]
        rows[sheets.ITEMS.en] = [
            _item(section.key, item, tongue) for section in doc.sections for item in section.items
        ]
        rows[sheets.OPTIONS.en] = [row for item in items_of(doc) for row in _options(item)]
        rows[sheets.DEMANDS.en] = [
            {
                "item": item.key,
                "when": spoken.answers_text(demand.when, tongue),
                "photos": demand.photos,
                "note": _yes(demand.note),
            }
            for item in items_of(doc)
            for demand in item.demand
        ]
    return [_tab(sheet, rows[sheet.en], tongue) for sheet in sheets.SHEETS]


def _tab(sheet: Sheet, rows: list[dict[str, Any]], tongue: Tongue) -> Tab:
    columns = [_column(field.zh, field.en, field.kind) for field in sheet.fields]
    cells = [
        wired(columns, [_cell(field.kind, row.get(field.name), tongue) for field in sheet.fields])
        for row in rows
    ]
    return Tab(sheet.zh, sheet.en, tuple(columns), cells)


def _column(zh: str, en: str, kind: Any) -> Column:
    wide = isinstance(kind, Text) and kind.length_max > limits.CODE_MAX
    return Column(
        zh, en, "integer" if isinstance(kind, Integer) else "text", _WIDE if wide else _NARROW
    )


def _cell(kind: Any, value: Any, tongue: Tongue) -> Any:
    if value is None or value == "":
        return None
    if isinstance(kind, Choice):
        return kind.words[value][0 if tongue == "zh" else 1]
    return value


def _checklist(head: dict[str, str], doc: TemplateDoc) -> dict[str, Any]:
    rhythm = head.get("rhythm")
    return {
        **head,
        "rhythm": rhythm if rhythm in sheets.RHYTHMS else None,
        **_words("title", doc.title),
        "persons": _yes(doc.persons),
        "assessment": doc.assessment,
    }


def _item(section: str, item: Item, tongue: Tongue) -> dict[str, Any]:
    number = item.number
    return {
        "key": item.key,
        "section": section,
        "no": item.no,
        **_words("text", item.text),
        **_words("hint", item.hint),
        "type": item.type,
        "points": _points(item.points),
        "veto": _yes(item.veto),
        "required": _yes(item.required),
        "camera_only": _yes(item.camera_only),
        "min": number.min if number else None,
        "max": number.max if number else None,
        **_words("unit", number.unit if number else None),
        "decimals": number.decimals if number else None,
        "code_list": item.code_list,
        "show_when": spoken.condition_text(item.show_when, tongue) if item.show_when else None,
        "reference": ", ".join(item.reference),
        **_clause(item.clause),
    }


def _clause(clause: Clause | None) -> dict[str, Any]:
    if clause is None:
        return {}
    return {
        "standard": clause.standard,
        "clause": clause.no,
        "clause_kind": clause.kind,
        "clause_edition": clause.edition,
        **_words("clause_text", clause.text),
        "clause_points": None if clause.points is None else _points(clause.points),
    }


def _options(item: Item) -> list[dict[str, Any]]:
    choices = [
        {
            "item": item.key,
            "kind": "choice",
            "key": choice.key,
            **_words("text", choice.text),
            "fail": _yes(choice.fail),
        }
        for choice in item.choices
    ]
    return choices + [
        {
            "item": item.key,
            "kind": "deduction",
            "key": reason.code,
            **_words("text", reason.text),
            "points": _points(reason.points),
        }
        for reason in item.deductions
    ]


def _words(name: str, words: Words | None) -> dict[str, str]:
    return {f"{name}_zh": words.zh, f"{name}_en": words.en} if words else {}


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _points(tenths: int) -> str:
    return str(spoken.points_text(tenths))
