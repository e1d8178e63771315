"""Keys by which answers are known: small letters, digits and underscores, a letter first. Pure."""

import re

KEY = re.compile(r"[a-z][a-z0-9_]*")
RESERVED = frozenset({"pass", "fail", "na", "answered"})  # answers of every checklist
_STRANGE = re.compile(r"[^a-z0-9_]")


def is_answer_key(text: str) -> bool:
    """Whether an answer may be known by it."""
    return KEY.fullmatch(text) is not None and text not in RESERVED


def choice_key(name: str) -> str:
    """A name of somebody else, such as 2.1-A, as a key of ours: c_2_1_a. Two characters longer
    than the name at most. Names that differ in case or marks alone become the same key."""
    key = _STRANGE.sub("_", name.lower())
    return key if key[:1].isalpha() and key not in RESERVED else f"c_{key}"
