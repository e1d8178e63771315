"""Code lists, as rules think of them and phones receive them."""

from typing import Annotated

import msgspec

from backend.foundation.kernel import limits
from backend.foundation.organisation.model import Address, LocalDay, Words

CodeWord = Annotated[
    str,
    msgspec.Meta(
        max_length=limits.LISTED_CODE_MAX,
        pattern=r"^[0-9A-Za-z](?:[0-9A-Za-z._/-]*[0-9A-Za-z])?$",
    ),
]


class Purpose(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a list is for, in both languages. Empty where nobody wrote it down."""

    zh: Address = ""
    en: Address = ""


class ListedCode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One code: its name of old, its words, and its first and last day. None means no limit."""

    code: CodeWord
    text: Words
    since: LocalDay | None = None
    until: LocalDay | None = None


Codes = Annotated[tuple[ListedCode, ...], msgspec.Meta(max_length=limits.LISTED_CODES_MAX)]


class CodeList(msgspec.Struct, frozen=True):
    """A list with all codes it ever had, in its order. Its id is the key by which checklists and
    files name it. `closed_on` as of a unit."""

    id: str
    name: Words
    purpose: Purpose
    codes: tuple[ListedCode, ...]
    closed_on: str | None = None


class CodeListBody(msgspec.Struct, frozen=True):
    """What a phone receives of a list."""

    name: Words
    purpose: Purpose
    codes: tuple[ListedCode, ...]
    closed_on: str | None
