"""Canonical JSON (RFC 8785, narrowed): objects, arrays, strings, integers, true, false, null.

Floats are refused, because two languages print them differently and a digest must not depend on
who computed it. Keys are sorted by UTF-16 code units, as the RFC demands and as JavaScript sorts.
"""

import hashlib
from json.encoder import encode_basestring as _encode_text
from typing import Any

import msgspec

_SAFE_INTEGER = 2**53 - 1
_fast = msgspec.json.Encoder(order="sorted").encode


def canonical(value: Any) -> bytes:
    """The one spelling of `value`, UTF-8. msgspec Structs are taken as their wire form.

    Raises TypeError for floats and other types, ValueError for integers JavaScript cannot hold.
    """
    if isinstance(value, msgspec.Struct):
        value = msgspec.to_builtins(value)
    if _is_plain(value):
        return _fast(value)
    parts: list[str] = []
    _write(value, parts)
    return "".join(parts).encode("utf-8")


def digest(value: Any) -> str:
    """SHA-256 of the canonical form, 64 lower-case hex digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _is_plain(value: Any) -> bool:
    """Whether msgspec writes this value in the same spelling: it sorts keys by code points, which
    differs from UTF-16 beyond ASCII, and it lets floats, moments and large integers pass."""
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return True
    if kind is int:
        return -_SAFE_INTEGER <= value <= _SAFE_INTEGER
    if kind is dict:
        for key, member in value.items():
            if type(key) is not str or not key.isascii() or not _is_plain(member):
                return False
        return True
    if kind is list or kind is tuple:
        return all(map(_is_plain, value))
    return False


def _write(value: Any, out: list[str]) -> None:
    if value is None:
        out.append("null")
    elif value is True:
        out.append("true")
    elif value is False:
        out.append("false")
    elif isinstance(value, str):
        out.append(_encode_text(value))
    elif isinstance(value, int):
        if abs(value) > _SAFE_INTEGER:
            raise ValueError(f"{value} does not survive JavaScript")
        out.append(str(value))
    elif isinstance(value, dict):
        _write_object(value, out)
    elif isinstance(value, list | tuple):
        out.append("[")
        for position, member in enumerate(value):
            if position:
                out.append(",")
            _write(member, out)
        out.append("]")
    else:
        raise TypeError(f"{type(value).__name__} has no canonical form")


def _write_object(value: dict[Any, Any], out: list[str]) -> None:
    out.append("{")
    # Plain ASCII sorts the same either way; the detour matters only beyond the basic plane.
    plain = "".join(value).isascii()
    for position, key in enumerate(sorted(value) if plain else sorted(value, key=_utf16)):
        if position:
            out.append(",")
        out.append(_encode_text(key))
        out.append(":")
        _write(value[key], out)
    out.append("}")


def _utf16(key: Any) -> Any:
    if not isinstance(key, str):
        raise TypeError("keys are strings")
    return key.encode("utf-16-be")
