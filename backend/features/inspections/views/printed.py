"""A round on paper: what the template of the page is given."""

from collections.abc import Container, Mapping
from typing import Any, NamedTuple

from backend.features.inspections.views import reading
from backend.features.inspections.views.reading import RoundRow
from backend.features.inspections.views.taken import STATES
from backend.foundation.checklists.tables import TEMPLATES
from backend.foundation.checklists.template import Item, TemplateDoc, Words, item_index
from backend.foundation.database.transaction import Tx
from backend.foundation.evidence.pictures import Pictures
from backend.foundation.identity.reading.called import Called, called
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.clock import ZONE, parse
from backend.foundation.kernel.limits import PAPER_PHOTOS_MAX

TEMPLATE = "backend.features.inspections.views:round.typ"
_VALUES = {
    "pass": ("合格", "Pass"),
    "fail": ("不合格", "Fail"),
    "na": ("不适用", "Not applicable"),
}
_SEVERITIES = {
    "minor": ("一般", "Minor"),
    "major": ("较重", "Major"),
    "serious": ("严重", "Serious"),
    "danger": ("危险", "Danger"),
}
Photos = Mapping[str, Mapping[str, Any]]


class Paper(NamedTuple):
    """What the workshop is given: the data of the template, and pictures by digest."""

    data: dict[str, Any]
    photos: dict[str, bytes]


async def paper(
    tx: Tx, actor: Actor, id: str, now: str, tongue: str, pictures: Pictures
) -> Paper | None:
    """A round that is handed in, for whoever may read it; None for everybody else."""
    row = await reading.one(tx, actor, id, now)
    sheet = await reading.sheet(tx, id) if row else None
    if row is None or sheet is None or row.body["state"] != "submitted":
        return None
    photos = await reading.photos(tx, id)
    there = await pictures.of(tx, chosen(photos))
    (template,) = await TEMPLATES.load(tx, [row.body["template"]])
    people = [row.body["submitted_by"]]
    names = await called(tx, tongue, [row.body["outlet"]], people)
    return Paper(told(row, sheet, photos, there, template.doc, names, tongue), there)


def chosen(photos: Photos) -> list[str]:
    """Digests of the photos that a paper has room for, those of findings first."""
    ordered = sorted(photos.values(), key=lambda one: one.get("finding") is None)
    return list(dict.fromkeys(one["sha256"] for one in ordered))[:PAPER_PHOTOS_MAX]


def told(
    row: RoundRow,
    sheet: Mapping[str, Any],
    photos: Photos,
    there: Container[str],
    doc: TemplateDoc,
    names: Called,
    tongue: str,
) -> dict[str, Any]:
    """`data` of the template. `there` are the digests of the pictures handed in with it."""
    say = _Saying(tongue)
    body, items = row.body, item_index(doc)
    shown = {id: one for id, one in photos.items() if one["sha256"] in there}
    findings = [
        _finding(id, one, items, shown, say) for id, one in sorted(sheet["findings"].items())
    ]
    return {
        "title": say(doc.title),
        "subtitle": names.outlet(body["outlet"]),
        "facts": _facts(row, names, say),
        "findings": findings,
        "sections": [
            {
                "title": f"{section.no} {say(section.title)}",
                "items": [_item(one, sheet["answers"].get(one.key), say) for one in section.items],
            }
            for section in doc.sections
        ],
        "photos": [_photo(one, items) for one in shown.values() if one.get("finding") is None],
        "missing": len(photos) - len(shown),
    }


class _Saying:
    def __init__(self, tongue: str) -> None:
        self.at = 0 if tongue == "zh" else 1

    def __call__(self, words: Words | tuple[str, str]) -> str:
        pair = words if isinstance(words, tuple) else (words.zh, words.en)
        return pair[self.at] or pair[0]


def _facts(row: RoundRow, names: Called, say: _Saying) -> list[tuple[str, str]]:
    body = row.body
    score = body["score"]
    of = "" if score is None else f"{score['points'] / 10:g} / {score['max'] / 10:g}"
    pairs = [
        (("网点", "Outlet"), names.outlet(body["outlet"])),
        (("条线", "Line"), names.line(body["line"])),
        (("状态", "State"), say(STATES[body["state"]])),
        (("检查人", "Inspector"), names.person(body["submitted_by"] or body["assignee"])),
        (("提交时间", "Submitted"), moment(body["submitted_at"])),
        (("得分", "Score"), of),
        (("编号", "Id"), row.id),
    ]
    return [(say(name), value) for name, value in pairs if value]


def moment(at: str | None) -> str:
    """The minute in China."""
    return "" if at is None else parse(at).astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


def _item(item: Item, answer: Mapping[str, Any] | None, say: _Saying) -> dict[str, Any]:
    value = None if answer is None else answer["value"]
    return {
        "no": item.no,
        "text": say(item.text),
        "answer": _said(item, value, say),
        "note": "" if answer is None else answer["note"],
        "bad": value == "fail",
    }


def _said(item: Item, value: Any, say: _Saying) -> str:
    if value is None:
        return "—"
    if item.type == "datetime":
        return moment(value)
    if isinstance(value, dict):
        points = value.get(
            "points"
        )  # else it is a place, and a number of degrees says nothing here
        return "✓" if points is None else f"{points / 10:g} / {item.points / 10:g}"
    choices = {one.key: say(one.text) for one in item.choices}
    words = {code: say(pair) for code, pair in _VALUES.items()} | choices
    given: list[str] = value if isinstance(value, list) else [value]
    unit = f" {say(item.number.unit)}" if item.number else ""
    return ", ".join(words.get(one, one) for one in given) + unit


def _finding(
    id: str, one: Mapping[str, Any], items: Mapping[str, Item], shown: Photos, say: _Saying
) -> dict[str, Any]:
    item = items.get(one["item"])
    parts = [say(_SEVERITIES[one["severity"]]), one["cause"], one["measure"]]
    return {
        "no": item.no if item else "",
        "text": one["text"] or (say(item.text) if item else ""),
        "told": " · ".join(part for part in parts if part),
        "photos": [_photo(photo, items) for photo in shown.values() if photo.get("finding") == id],
    }


def _photo(photo: Mapping[str, Any], items: Mapping[str, Item]) -> dict[str, str]:
    item = items.get(photo.get("item") or "")
    return {"name": photo["sha256"], "words": f"{item.no if item else ''} {photo['sha256'][:8]}"}
