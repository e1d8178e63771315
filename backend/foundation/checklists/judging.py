"""What a draft still lacks before it can be published, in words, field by field. Pure.

The same refusals as at publishing, gathered instead of raised one at a time: whoever writes a
checklist sees all of them while there is time. Publishing asks again, for much can happen between.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, get_args

import msgspec

from backend.foundation.checklists import problems
from backend.foundation.checklists.assessing import require_assessed
from backend.foundation.checklists.citing import misquoted
from backend.foundation.checklists.commands import KeepDraft, Rhythm
from backend.foundation.checklists.faults import REASONS
from backend.foundation.checklists.listing import unlisted
from backend.foundation.checklists.model import Edition
from backend.foundation.checklists.soundness import faults
from backend.foundation.checklists.template import TemplateDoc, items_of, template_id
from backend.foundation.kernel.problem import Problem
from backend.foundation.organisation.codes.model import CodeList

HEAD = "head"
_PATH = re.compile(r"at `\$([^`]*)`$")
_STEP = re.compile(r"\.(\w+)|\[(\d+|\.\.\.)\]")
_WRONG: dict[str, tuple[str, str]] = {
    "code": ("the checklist needs a code", "请填写检查表编号"),
    "edition": ("the version needs a name, such as 2027.1", "请填写版次，例如 2027.1"),
    "line": ("choose a line for which you may publish", "请选择您可以发布的条线"),
    "rhythm": ("choose how often it is used", "请选择检查频次"),
    "shape": ("this is missing, or cannot be written so", "没有填写，或不能这样填写"),
}


class Told(msgspec.Struct, frozen=True):
    """One thing to put right. `where` is `head`, `doc`, or the key of a section or an item."""

    where: str
    field: str
    code: str
    en: str
    zh: str


class Judgement(msgspec.Struct, frozen=True):
    """Everything to put right, and the id that the version gets: None while the document has no
    form yet."""

    faults: list[Told]
    id: str | None


class Known(msgspec.Struct, frozen=True):
    """What the house knows: lines that the asker may publish for, editions of this code by name
    and the versions' ids, editions of standards by id, and pictures that the asker brought;
    code lists by their keys, and the local date that their codes are in force on."""

    lines: frozenset[str]
    editions: Mapping[str, str]
    standards: dict[str, Edition]
    pictures: frozenset[str]
    lists: Mapping[str, CodeList]
    today: date


def readable(draft: KeepDraft) -> TemplateDoc | None:
    """The document where it has the form of one."""
    try:
        return msgspec.convert(draft.doc, TemplateDoc, strict=True)
    except msgspec.ValidationError:
        return None


def judge(draft: KeepDraft, known: Known) -> Judgement:
    """Every fault, head first, then in the order of the paper."""
    found = list(_head(draft, known))
    try:
        doc = msgspec.convert(draft.doc, TemplateDoc, strict=True)
    except msgspec.ValidationError as error:
        return Judgement([*found, _shape(str(error), draft.doc)], None)
    id = template_id(doc)
    if id in known.editions.values():
        found.append(_of(problems.template_exists(), "doc", "sections"))
    for fault in faults(doc):
        en, zh = REASONS[fault.code]
        found.append(Told(fault.where, fault.field, fault.code, en, zh))
    found += [
        _of(no, item.key, "clause") for item, no in misquoted(doc, draft.line, known.standards)
    ]
    found += [_of(no, item.key, "choices") for item, no in unlisted(doc, known.lists, known.today)]
    for item in items_of(doc):
        if not known.pictures.issuperset(item.reference):
            found.append(_of(problems.reference_missing(no=item.no), item.key, "reference"))
    try:
        require_assessed(doc)
    except Problem as no:
        found.append(_of(no, "doc", "assessment"))
    return Judgement(found, id)


def _head(draft: KeepDraft, known: Known) -> Iterator[Told]:
    wrong = {
        "code": not draft.code.strip(),
        "edition": not draft.edition.strip(),
        "line": draft.line not in known.lines,
        "rhythm": draft.rhythm not in get_args(Rhythm),
    }
    for field, is_wrong in wrong.items():
        if is_wrong:
            yield Told(HEAD, field, f"{field}_missing", *_WRONG[field])
    if draft.edition in known.editions:
        no = problems.template_edition_taken(code=draft.code, edition=draft.edition)
        yield _of(no, HEAD, "edition")


def _of(no: Problem, where: str, field: str) -> Told:
    return Told(where, field, no.code, no.detail, no.detail_zh)


def _shape(words: str, doc: dict[str, Any]) -> Told:
    """Where the document has no form: the innermost section or item on the way there."""
    where, field = "doc", ""
    match = _PATH.search(words)
    at: Any = doc
    for name, place in _STEP.findall(match[1] if match else ""):
        try:
            at = at[name] if name else at[int(place)]
        except (KeyError, IndexError, TypeError, ValueError):
            at = None
        if place and isinstance(at, dict) and isinstance(at.get("key"), str) and field in _KEYED:
            where, field = at["key"], ""
        elif name and (not field or name in _KEYED):
            field = name
    return Told(where, field, "shape", *_WRONG["shape"])


_KEYED = ("sections", "items")
