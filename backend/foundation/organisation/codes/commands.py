"""What an administrator can ask about code lists."""

from typing import Annotated

import msgspec

from backend.foundation.kernel import limits
from backend.foundation.organisation.codes.model import Codes, CodeWord, Purpose
from backend.foundation.organisation.model import LocalDay, Words

Order = Annotated[tuple[CodeWord, ...], msgspec.Meta(max_length=limits.LISTED_CODES_MAX)]


class AddCodeList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Add a code list; the record's id is the list's key."""

    name: Words
    purpose: Purpose = Purpose()
    codes: Codes = ()


class ChangeCodeList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rename a code list, add codes to it or change some; codes that are not named stay.

    `order` puts the codes that it names first, in this order.
    """

    name: Words | None = None
    purpose: Purpose | None = None
    codes: Codes = ()
    order: Order = ()


class CloseCodeList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Close a code list from a day on: no new checklist takes its codes, and nothing is deleted."""

    on: LocalDay


class ReopenCodeList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Take back that a code list is closed."""
