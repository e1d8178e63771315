"""Which items are shown. An item that is hidden counts as unanswered for those that follow it."""

from collections.abc import Mapping
from typing import Any

from backend.foundation.checklists.template import Condition, Item, TemplateDoc, items_of

Answers = Mapping[str, Any]  # item key -> value; an absent key is an unanswered item


def tokens(item: Item, value: Any) -> frozenset[str]:
    """What conditions and demands can ask about an answer.

    `pass`, `fail` or `na`; the keys of the choices taken; the codes of the deductions made; for
    types that cannot be right or wrong, `answered`.
    """
    if item.type == "pass_fail":
        return frozenset({value})
    if item.type == "score":
        if value == "na":
            return frozenset({"na"})
        verdict = "pass" if value["points"] >= item.points else "fail"
        return frozenset({verdict, *value["reasons"]})
    if item.type in ("single", "multiple"):
        taken = {value} if item.type == "single" else set(value)
        failed = any(choice.fail and choice.key in taken for choice in item.choices)
        return frozenset({"fail" if failed else "pass", *taken})
    return frozenset({"answered"})


def possible_tokens(item: Item) -> frozenset[str]:
    """Every token that some answer to the item can give."""
    if item.type == "pass_fail":
        return frozenset({"pass", "fail", "na"})
    if item.type == "score":
        return frozenset({"pass", "fail", "na", *(d.code for d in item.deductions)})
    if item.type in ("single", "multiple"):
        return frozenset({"pass", "fail", *(choice.key for choice in item.choices)})
    return frozenset({"answered"})


def visible_items(doc: TemplateDoc, answers: Answers) -> list[Item]:
    """The items that these answers show, in the order of the paper."""
    shown: list[Item] = []
    seen: dict[str, frozenset[str]] = {}
    for item in items_of(doc):
        if item.show_when is not None and not _holds(item.show_when, seen):
            continue
        shown.append(item)
        if item.key in answers:
            seen[item.key] = tokens(item, answers[item.key])
    return shown


def _holds(condition: Condition, seen: Mapping[str, frozenset[str]]) -> bool:
    if condition.all_ is not None:
        return all(_holds(part, seen) for part in condition.all_)
    if condition.any_ is not None:
        return any(_holds(part, seen) for part in condition.any_)
    given = seen.get(condition.item or "", frozenset())
    return not given.isdisjoint(condition.in_ or ())
