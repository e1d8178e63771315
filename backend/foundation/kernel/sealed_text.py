"""Secrets in the arguments of a command: sealed on the phone for this server, and kept nowhere.

A phone without signal cannot hand a secret over at once, so it travels with the command, sealed to
the server's public key. What is kept of a refused command would keep it too, for whoever has the
server's key one day. The mark at its beginning lets it be found in any text, also in one that
nobody could read as a command.
"""

import re
from typing import Annotated, Any

import msgspec

MARK = "xfs1."
TEXT_MAX = 2000  # a header of 200 bytes, a few hundred of content, and a third more as base64
_SEALED = re.compile(r"xfs1\.[A-Za-z0-9_-]+")
_BLANK = "***"

SealedText = Annotated[str, msgspec.Meta(pattern=r"^xfs1\.[A-Za-z0-9_-]+$", max_length=TEXT_MAX)]


def maybe_in(raw: bytes) -> bool:
    """Whether JSON bytes could hold one at all: cheap, never a false no."""
    return MARK.encode() in raw or b"\\u" in raw


def blank(text: str) -> str:
    """The text with every sealed secret in it taken out."""
    return _SEALED.sub(_BLANK, text)


def blank_within(value: Any) -> Any:
    """A JSON value with the sealed secrets in all of its texts taken out."""
    if isinstance(value, str):
        return blank(value)
    if isinstance(value, dict):
        return {blank(key): blank_within(member) for key, member in value.items()}
    if isinstance(value, list):
        return [blank_within(member) for member in value]
    return value
