"""Whether a condition can be understood: its form, and what it refers to."""

from collections.abc import Iterator

from backend.foundation.checklists.conditions import possible_tokens
from backend.foundation.checklists.template import SCORED, Condition, Item

_DEPTH_MAX = 3  # deeper conditions are not understood by those who must answer for them


def condition_faults(
    condition: Condition, item: Item, earlier: dict[str, Item], every: set[str], depth: int
) -> Iterator[str]:
    """Codes of what is wrong with one condition: it may look only at what was asked before it."""
    parts = condition.all_ if condition.all_ is not None else condition.any_
    forms = [condition.item is not None, condition.all_ is not None, condition.any_ is not None]
    if sum(forms) != 1 or (condition.in_ is not None) != (condition.item is not None):
        yield "condition_shape"
        return
    if parts is not None:
        if not parts:
            yield "condition_shape"
        if depth >= _DEPTH_MAX:
            yield "condition_depth"
            return
        for part in parts:
            yield from condition_faults(part, item, earlier, every, depth + 1)
        return
    yield from _reference_faults(condition, item, earlier, every)


def _reference_faults(
    condition: Condition, item: Item, earlier: dict[str, Item], every: set[str]
) -> Iterator[str]:
    name = condition.item or ""
    if name == item.key:
        yield "condition_circular"
    elif name not in every:
        yield "condition_unknown"
    elif name not in earlier:
        yield "condition_forward"
    elif earlier[name].type not in SCORED:
        yield "condition_type"
    elif not condition.in_ or not possible_tokens(earlier[name]).issuperset(condition.in_):
        yield "condition_token"
