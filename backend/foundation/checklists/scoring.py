"""Points: integers in tenths. The same numbers come out on the phone and on the server.

Not applicable, hidden and not yet answered items leave the denominator: nobody is marked down for
what was not looked at. A failed veto item fails the round and leaves the score to be seen.
"""

from typing import Any

import msgspec

from backend.foundation.checklists.conditions import Answers, tokens, visible_items
from backend.foundation.checklists.template import SCORED, Item, TemplateDoc


class Score(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Points won, points that could be won, and the veto items that failed."""

    points: int
    max: int
    vetoed: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether a veto item failed the round, whatever the points say."""
        return bool(self.vetoed)


def score(doc: TemplateDoc, answers: Answers) -> Score:
    """What the answers are worth."""
    return _sum(visible_items(doc, answers), answers)


def section_scores(doc: TemplateDoc, answers: Answers) -> dict[str, Score]:
    """The same, section by section."""
    shown = {item.key for item in visible_items(doc, answers)}
    return {
        section.key: _sum([item for item in section.items if item.key in shown], answers)
        for section in doc.sections
    }


def points_after(item: Item, reasons: tuple[str, ...] | list[str]) -> int:
    """What is left of the item's points after these deductions, never below zero."""
    taken = sum(reason.points for reason in item.deductions if reason.code in reasons)
    return max(0, item.points - taken)


def item_points(item: Item, value: Any) -> int | None:
    """Points won by one answer; None when the item leaves the denominator."""
    if item.type not in SCORED or value == "na":
        return None
    if item.type == "score":
        return value["points"]
    return 0 if "fail" in tokens(item, value) else item.points


def is_vetoed(item: Item, value: Any) -> bool:
    """Whether this answer fails the whole round. A scored veto item fails at zero points."""
    if not item.veto or value == "na":
        return False
    if item.type == "score":
        return value["points"] == 0
    return "fail" in tokens(item, value)


def _sum(items: list[Item], answers: Answers) -> Score:
    points = possible = 0
    vetoed: list[str] = []
    for item in items:
        if item.key not in answers:
            continue
        value = answers[item.key]
        won = item_points(item, value)
        if won is None:
            continue
        points += won
        possible += item.points
        if is_vetoed(item, value):
            vetoed.append(item.key)
    return Score(points=points, max=possible, vetoed=tuple(vetoed))
