"""Decisions about code lists, on values alone. Each returns the new record or refuses."""

import re
from collections.abc import Iterable
from datetime import date

import msgspec

from backend.foundation.kernel import limits, problem
from backend.foundation.kernel.keys import choice_key
from backend.foundation.organisation.codes import problems
from backend.foundation.organisation.codes.commands import AddCodeList, ChangeCodeList
from backend.foundation.organisation.codes.model import CodeList, ListedCode
from backend.foundation.organisation.rules import day_of

_LIST_KEY = re.compile(r"[a-z][a-z0-9_]{0,31}")


def is_list_key(text: str) -> bool:
    """Whether checklists and files may name a list by it."""
    return _LIST_KEY.fullmatch(text) is not None


def list_key(record_id: str) -> str:
    """The key a list is known by. Refuses other letters."""
    if not is_list_key(record_id):
        raise problem.args_invalid(field="code_list", reason="small letters, digits and _ only")
    return record_id


def add_list(key: str, asked: AddCodeList) -> CodeList:
    """The new list. Refuses codes that cannot be told apart, and days that run backwards."""
    return CodeList(key, asked.name, asked.purpose, _with((), asked.codes))


def change_list(found: CodeList, asked: ChangeCodeList) -> CodeList:
    """The changed list: codes of the same name are changed in their place, new ones come last.
    Two people who add codes at once get both. Refuses as `add_list` does, and a full list."""
    return msgspec.structs.replace(
        found,
        name=asked.name or found.name,
        purpose=asked.purpose or found.purpose,
        codes=_ordered(_with(found.codes, asked.codes), asked.order),
    )


def changed_codes(before: CodeList, after: CodeList) -> tuple[str, ...]:
    """Names of the codes that are new or different."""
    known = set(before.codes)
    return tuple(one.code for one in after.codes if one not in known)


def in_force(found: CodeList, on: date) -> tuple[ListedCode, ...]:
    """The codes for something new on this local date, in their order."""
    day = on.isoformat()
    return tuple(
        one
        for one in found.codes
        if (one.since is None or one.since <= day) and (one.until is None or day <= one.until)
    )


def alike(code: str, others: Iterable[str]) -> str | None:
    """Another code that answers could not tell from this one."""
    key = choice_key(code)
    return next((one for one in others if one != code and choice_key(one) == key), None)


def _with(codes: tuple[ListedCode, ...], more: tuple[ListedCode, ...]) -> tuple[ListedCode, ...]:
    found = {one.code: one for one in codes}
    named: set[str] = set()
    for one in more:
        other = one.code if one.code in named else alike(one.code, found)
        if other is not None:
            raise problems.code_alike(code=one.code, other=other)
        _require_sound(one)
        named.add(one.code)
        found[one.code] = one
    if len(found) > limits.LISTED_CODES_MAX:
        raise problems.codes_full(limit=limits.LISTED_CODES_MAX)
    return tuple(found.values())


def _ordered(codes: tuple[ListedCode, ...], order: tuple[str, ...]) -> tuple[ListedCode, ...]:
    found = {one.code: one for one in codes}
    if len(set(order)) < len(order) or not found.keys() >= set(order):
        raise problem.args_invalid(field="order", reason="each code once, and of this list")
    return tuple(found[code] for code in dict.fromkeys((*order, *found)))


def _require_sound(one: ListedCode) -> None:
    if not one.code.isprintable():  # the end of a pattern lets one line break pass
        raise problem.args_invalid(field="codes", reason="a code is one line")
    days = [day_of(text, "codes") for text in (one.since, one.until) if text is not None]
    if days != sorted(days):
        raise problems.code_days(code=one.code)
