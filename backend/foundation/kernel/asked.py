"""What the requests of every feature are made of. A value that breaks one of these bounds is
refused as `args_invalid` with the name of its field, before any handler sees it."""

from typing import Annotated

import msgspec

from backend.foundation.kernel.limits import CODE_MAX, TEXT_MAX

Id = Annotated[str, msgspec.Meta(pattern="^[0-9a-f-]{36}$")]  # a UUID as text
Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]  # SHA-256
Instant = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$")]
Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]  # of the calendar in Shanghai
Key = Annotated[str, msgspec.Meta(min_length=1, max_length=CODE_MAX)]
Text = Annotated[str, msgspec.Meta(max_length=TEXT_MAX)]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=TEXT_MAX)]


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What every request has in common: unknown fields are refused, not dropped."""
