"""What an inspector answers: everything well, but for what the story says."""

from datetime import timedelta
from typing import Any

from backend.demo import papers
from backend.demo.stage import Stage
from backend.foundation.checklists.conditions import visible_items
from backend.foundation.checklists.scoring import points_after
from backend.foundation.checklists.soundness import read_template
from backend.foundation.checklists.template import Item, TemplateDoc, items_of
from backend.foundation.kernel.canonical import digest
from backend.foundation.kernel.clock import wire

_USUAL_NUMBER = {"i_bell_time": "35", "s_working": "4"}


def template(name: str) -> tuple[str, TemplateDoc]:
    """A published checklist: its id and its document."""
    doc = papers.paper(name).doc
    return digest(doc), read_template(doc)


def answers(stage: Stage, doc: TemplateDoc, told: dict[str, Any]) -> dict[str, Any]:
    """Answers by item in the order of the paper, as far as the conditions show the items."""
    given: dict[str, Any] = {}
    for item in items_of(doc):
        if item not in visible_items(doc, given):
            continue
        value = _told(stage, item, told[item.key]) if item.key in told else _usual(item)
        if value is not None:
            given[item.key] = value
    return given


def _told(stage: Stage, item: Item, short: Any) -> Any:
    if item.type == "score":
        return {"points": points_after(item, short), "reasons": short}
    if item.type == "datetime":
        offset, local = short.removeprefix("@").split(" ")
        return wire(stage.moment(int(offset), local) - timedelta(days=14))
    return short


def _usual(item: Item) -> Any:
    if item.type == "pass_fail":
        return "pass"
    if item.type == "score":
        return {"points": item.points, "reasons": []}
    if item.type == "single":
        return item.choices[0].key
    if item.type == "multiple":
        return [choice.key for choice in item.choices if not choice.fail]
    if item.type == "number":
        return _USUAL_NUMBER.get(item.key, "12")
    return None
