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
    CHOOSING,
    SCORED,
    Item,
    TemplateDoc,
    Words,
    items_of,
)
from backend.foundation.kernel import ids, limits
from backend.foundation.kernel.keys import KEY, is_answer_key
from backend.foundation.kernel.problem import args_invalid

_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,4})?")
_POINTS_MAX = 10_000  # tenths; a checklist of more than 1,000 points is a typing mistake


class Fault(msgspec.Struct, frozen=True):
    """One thing wrong with a template, and where: a section key, an item key, or `doc`; `field`
    names what of it has to be changed."""

    where: str
    code: str
    field: str = ""


_Found = tuple[str, str]  # the code of a fault, and the field it is in


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
        found += [Fault(item.key, *one) for one in _item_faults(item, earlier, every)]
        earlier.setdefault(item.key, item)
    return found


def _document_faults(doc: TemplateDoc) -> Iterator[Fault]:
    items = list(items_of(doc))
    if not _spoken(doc.title):
        yield Fault("doc", "words_missing", "title")
    if not items:
        yield Fault("doc", "no_items", "sections")
    if len(items) > limits.ITEMS_MAX:
        yield Fault("doc", "too_many_items", "sections")
    total = sum(item.points for item in items)
    if total > _POINTS_MAX:
        yield Fault("doc", "points_total", "points")
    for where in _repeated([section.key for section in doc.sections]):
        yield Fault(where, "section_duplicate", "key")
    for section in doc.sections:
        if not KEY.fullmatch(section.key):
            yield Fault(section.key, "key_shape", "key")
        if not _spoken(section.title):
            yield Fault(section.key, "words_missing", "title")
        if not section.items:
            yield Fault(section.key, "section_empty", "items")
    for where in _repeated([item.key for item in items]):
        yield Fault(where, "item_duplicate", "key")
    doubled = set(_repeated([item.no for item in items]))
    for item in items:
        if item.no in doubled:
            yield Fault(item.key, "number_duplicate", "no")


def _item_faults(item: Item, earlier: dict[str, Item], every: set[str]) -> Iterator[_Found]:
    if not KEY.fullmatch(item.key):
        yield "key_shape", "key"
    if not _spoken(item.text):
        yield "words_missing", "text"
    if item.hint is not None and not _spoken(item.hint):
        yield "words_missing", "hint"
    yield from _points_faults(item)
    yield from _choice_faults(item)
    yield from _number_faults(item)
    if item.show_when is not None:
        for code in condition_faults(item.show_when, item, earlier, every, depth=1):
            yield code, "show_when"
    for demand in item.demand:
        if demand.photos == 0 and not demand.note:
            yield "demand_empty", "demand"
        if not demand.when or not possible_tokens(item).issuperset(demand.when):
            yield "demand_token", "demand"
    if not all(ids.is_digest(digest) for digest in item.reference):
        yield "reference_digest", "reference"


def _points_faults(item: Item) -> Iterator[_Found]:
    if item.points and item.type not in SCORED:
        yield "points_type", "points"
    if item.type == "score" and not item.points:
        yield "points_missing", "points"
    if item.veto and item.type not in SCORED:
        yield "veto_type", "veto"
    if item.deductions and item.type != "score":
        yield "deductions_type", "deductions"
    if _repeated([reason.code for reason in item.deductions]):
        yield "deduction_duplicate", "deductions"
    for reason in item.deductions:
        if not 0 < reason.points <= item.points:
            yield "deduction_points", "deductions"
        if not is_answer_key(reason.code):
            yield "key_shape", "deductions"
        if not _spoken(reason.text):
            yield "words_missing", "deductions"


def _choice_faults(item: Item) -> Iterator[_Found]:
    if item.type in CHOOSING:
        if len(item.choices) < 2:
            yield "choices_missing", "choices"
    else:
        if item.choices:
            yield "choices_type", "choices"
        if item.code_list is not None:
            yield "code_list_type", "choices"
    if _repeated([choice.key for choice in item.choices]):
        yield "choice_duplicate", "choices"
    for choice in item.choices:
        if not is_answer_key(choice.key):
            yield "key_shape", "choices"
        if not _spoken(choice.text):
            yield "words_missing", "choices"
    if item.veto and item.choices and not any(choice.fail for choice in item.choices):
        yield "veto_never", "veto"


def _number_faults(item: Item) -> Iterator[_Found]:
    number = item.number
    if (number is not None) != (item.type == "number"):
        yield "number_type", "number"
    if number is None:
        return
    if not _spoken(number.unit):
        yield "words_missing", "number"
    ends = (number.min, number.max)
    if not all(_NUMBER.fullmatch(end) for end in ends) or Decimal(ends[0]) > Decimal(ends[1]):
        yield "number_range", "number"


def _spoken(words: Words) -> bool:
    return bool(words.zh.strip()) and bool(words.en.strip())


def _repeated(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})
