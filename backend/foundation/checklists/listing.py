"""Items take their choices from a code list of the house, as it stands on the day of publishing.

The version carries the keys and words of that day, so that no phone has to look anything up and no
later change of the list reaches a sheet. Keys follow from the codes, which a list never loses: an
answer of any age leads back to its code.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from backend.foundation.checklists import problems
from backend.foundation.checklists.template import (
    CHOOSING,
    Choice,
    Item,
    TemplateDoc,
    Words,
    items_of,
)
from backend.foundation.journal.work import Work
from backend.foundation.kernel import limits
from backend.foundation.kernel.keys import choice_key
from backend.foundation.kernel.problem import Problem
from backend.foundation.organisation.codes.model import CodeList
from backend.foundation.organisation.codes.rules import in_force
from backend.foundation.organisation.rules import is_closed
from backend.foundation.organisation.tables import CODE_LISTS

CHOICES_MIN = 2


async def require_listed(work: Work, doc: TemplateDoc, today: date) -> None:
    """Refuses choices that are not those of their list today. An item without a list has what its
    author wrote."""
    lists = {one.id: one for one in await work.load_many(CODE_LISTS, lists_in(doc))}
    for _, problem in unlisted(doc, lists, today):
        raise problem


def lists_in(doc: TemplateDoc) -> list[str]:
    """Keys of the lists that the checklist takes choices from."""
    return sorted({item.code_list for item in items_of(doc) if item.code_list is not None})


def unlisted(
    doc: TemplateDoc, lists: Mapping[str, CodeList], today: date
) -> Iterator[tuple[Item, Problem]]:
    """Items whose list is not there, is closed, cannot be chosen from, or says something else
    today. Pure."""
    for item in items_of(doc):
        if item.code_list is not None and item.type in CHOOSING:
            problem = _unlisted(item, item.code_list, lists, today)
            if problem is not None:
                yield item, problem


def choices_of(found: CodeList, today: date, before: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """The list's codes in force as choices. What fails is said by the checklist's author and not
    by the list: it stays as it was in `before`. Pure."""
    fails = {choice.key for choice in before if choice.fail}
    keyed = ((choice_key(one.code), one.text) for one in in_force(found, today))
    return tuple(Choice(key, Words(text.zh, text.en), key in fails) for key, text in keyed)


def _unlisted(item: Item, key: str, lists: Mapping[str, CodeList], today: date) -> Problem | None:
    found = lists.get(key)
    if found is None:
        return problems.codes_unknown(no=item.no, list=key)
    if is_closed(found, today):
        return problems.codes_closed(no=item.no, list=key, on=found.closed_on)
    count = len(in_force(found, today))
    if count < CHOICES_MIN:
        return problems.codes_too_few(no=item.no, list=key, count=count)
    if count > limits.CHOICES_MAX:
        return problems.codes_too_many(no=item.no, list=key, count=count, limit=limits.CHOICES_MAX)
    if item.choices != choices_of(found, today, item.choices):
        return problems.codes_differ(no=item.no, list=key)
    return None
