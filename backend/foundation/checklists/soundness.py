"""What the shape of a template cannot say: whether it can be filled in, shown and scored."""

import re
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from backend.foundation.checklists import problems
from backend.foundation.checklists.condition_faults import condition_faults
from backend.foundation.checklists.conditions import possible_tokens
from backend.foundation.checklists.faults import REASONS
from backend.foundation.checklists.template import (
    SCORED,
    Item,
    TemplateDoc,
    Words,
    items_of,
)
from backend.foundation.kernel import ids, limits
from backend.foundation.kernel.problem import args_invalid

_KEY = re.compile(r"[a-z][a-z0-9_]*")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,4})?")
_RESERVED = frozenset({"pass", "fail", "na", "answered"})
_POINTS_MAX = 10_000  # tenths; a checklist of more than 1,000 points is a typing mistake


class Fault(msgspec.Struct, frozen=True):
    """One thing wrong with a template, and where: a section key, an item key, or `doc`."""

    where: str
    code: str


def read_template(raw: object) -> TemplateDoc:
    """A sound template out of plain JSON. Raises `args_invalid` or `template_invalid`."""
    try:
        doc = msgspec.convert(raw, TemplateDoc, strict=True)
    except msgspec.ValidationError as error:
        raise args_invalid(field="doc", reason=str(error)) from error
    require_sound(doc)
    return doc


def require_sound(doc: TemplateDoc) -> None:
    """Raises `template_invalid` with every fault found."""
    found = faults(doc)
    if found:
        english, chinese = REASONS[found[0].code]
        raise problems.template_invalid(
            count=len(found),
            where=found[0].where,
            reason_en=english,
            reason_zh=chinese,
            faults=[[fault.where, fault.code] for fault in found],
        )


def faults(doc: TemplateDoc) -> list[Fault]:
    """Every fault, in the order of the paper. Empty for a sound template."""
    found = list(_document_faults(doc))
    earlier: dict[str, Item] = {}
    every = {item.key for item in items_of(doc)}
    for item in items_of(doc):
        found += [Fault(item.key, code) for code in _item_faults(item, earlier, every)]
        earlier.setdefault(item.key, item)
    return found


def _document_faults(doc: TemplateDoc) -> Iterator[Fault]:
    items = list(items_of(doc))
    if not _spoken(doc.title):
        yield Fault("doc", "words_missing")
    if not items:
        yield Fault("doc", "no_items")
    if len(items) > limits.ITEMS_MAX:
        yield Fault("doc", "too_many_items")
    total = sum(item.points for item in items)
    if total > _POINTS_MAX:
        yield Fault("doc", "points_total")
    for where in _repeated([section.key for section in doc.sections]):
        yield Fault(where, "section_duplicate")
    for section in doc.sections:
        if not _KEY.fullmatch(section.key):
            yield Fault(section.key, "key_shape")
        if not _spoken(section.title):
            yield Fault(section.key, "words_missing")
        if not section.items:
            yield Fault(section.key, "section_empty")
    for where in _repeated([item.key for item in items]):
        yield Fault(where, "item_duplicate")
    for where in _repeated([item.no for item in items]):
        yield Fault(where, "number_duplicate")


def _item_faults(item: Item, earlier: dict[str, Item], every: set[str]) -> Iterator[str]:
    if not _KEY.fullmatch(item.key):
        yield "key_shape"
    if not (_spoken(item.text) and (item.hint is None or _spoken(item.hint))):
        yield "words_missing"
    yield from _points_faults(item)
    yield from _choice_faults(item)
    yield from _number_faults(item)
    if item.show_when is not None:
        yield from condition_faults(item.show_when, item, earlier, every, depth=1)
    for demand in item.demand:
        if demand.photos == 0 and not demand.note:
            yield "demand_empty"
        if not demand.when or not possible_tokens(item).issuperset(demand.when):
            yield "demand_token"
    if not all(ids.is_digest(digest) for digest in item.reference):
        yield "reference_digest"


def _points_faults(item: Item) -> Iterator[str]:
    if item.points and item.type not in SCORED:
        yield "points_type"
    if item.type == "score" and not item.points:
        yield "points_missing"
    if item.veto and item.type not in SCORED:
        yield "veto_type"
    if item.deductions and item.type != "score":
        yield "deductions_type"
    if _repeated([reason.code for reason in item.deductions]):
        yield "deduction_duplicate"
    for reason in item.deductions:
        if not 0 < reason.points <= item.points:
            yield "deduction_points"
        if not _KEY.fullmatch(reason.code) or reason.code in _RESERVED:
            yield "key_shape"
        if not _spoken(reason.text):
            yield "words_missing"


def _choice_faults(item: Item) -> Iterator[str]:
    if item.type in ("single", "multiple"):
        if len(item.choices) < 2:
            yield "choices_missing"
    elif item.choices:
        yield "choices_type"
    if _repeated([choice.key for choice in item.choices]):
        yield "choice_duplicate"
    for choice in item.choices:
        if not _KEY.fullmatch(choice.key) or choice.key in _RESERVED:
            yield "key_shape"
        if not _spoken(choice.text):
            yield "words_missing"
    if item.veto and item.choices and not any(choice.fail for choice in item.choices):
        yield "veto_never"


def _number_faults(item: Item) -> Iterator[str]:
    number = item.number
    if (number is not None) != (item.type == "number"):
        yield "number_type"
    if number is None:
        return
    if not _spoken(number.unit):
        yield "words_missing"
    ends = (number.min, number.max)
    if not all(_NUMBER.fullmatch(end) for end in ends) or Decimal(ends[0]) > Decimal(ends[1]):
        yield "number_range"


def _spoken(words: Words) -> bool:
    return bool(words.zh.strip()) and bool(words.en.strip())


def _repeated(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})
