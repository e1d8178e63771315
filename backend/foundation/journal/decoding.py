"""The arguments of a command, from the bytes that came to the Struct that its handler gets.

Promises: what cannot be kept in the database, or must not be kept anywhere, is refused here.
"""

import contextlib
import re
from typing import Any

import msgspec

from backend.foundation.journal import problems
from backend.foundation.journal.envelope import Envelope, RecKey, Short
from backend.foundation.journal.manifest import Command
from backend.foundation.kernel import limits, personal_numbers, problem
from backend.foundation.kernel.problem import Problem

_RECORD_ID = re.compile(r"[A-Za-z0-9_.-]{1,80}")


class _About(msgspec.Struct):
    rec: RecKey


class _Naming(msgspec.Struct):
    blobs: list[Short]


def about(raw: bytes, otherwise: RecKey) -> tuple[RecKey, list[str]]:
    """Which record a command is about, of which nothing else may be readable, and which bytes it
    names. Kept beside its bytes: when the record is erased, they must be found."""
    rec, blobs = otherwise, []
    with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        rec = msgspec.json.decode(raw, type=_About).rec
        blobs = msgspec.json.decode(raw, type=_Naming).blobs
    return (rec if is_record(rec) else otherwise), blobs


def is_record(rec: RecKey) -> bool:
    """Whether this can be the name of a record."""
    return _RECORD_ID.fullmatch(rec[1]) is not None and len(rec[0]) <= limits.CODE_MAX


def decoded(command: Command, envelope: Envelope) -> Any:
    """The arguments as the command's Struct. Raises args_invalid, too_large or personal_number."""
    raw = bytes(envelope.args)
    if len(raw) > limits.BATCH_BYTES_MAX:
        raise problem.too_large(what="args", limit=f"{limits.BATCH_BYTES_MAX // 1024} kB")
    try:
        if envelope.v == command.version:
            asked = msgspec.json.decode(raw, type=command.asked)
        else:
            asked = msgspec.convert(_upcast(command, envelope.v, raw), command.asked)
        _require_keepable(raw, asked)
    except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
        raise _invalid(wrong) from wrong
    except RecursionError as deep:
        raise problem.args_invalid(field="args", reason="nested too deeply") from deep
    return asked


def _require_keepable(raw: bytes, asked: Any) -> None:
    if b"\\u0000" in raw and (field := _zero_byte(msgspec.to_builtins(asked))) is not None:
        raise problem.args_invalid(field=field, reason="a zero byte cannot be kept")
    if personal_numbers.maybe_in(raw):
        field = personal_numbers.first_field(msgspec.to_builtins(asked))
        if field is not None:
            raise problem.personal_number(field=field)


def _zero_byte(value: Any, path: str = "args") -> str | None:
    """Where a text holds the zero byte, which PostgreSQL keeps in no column, or None."""
    if isinstance(value, str):
        return path if "\x00" in value else None
    if isinstance(value, dict):
        parts = [(str(key), member) for key, member in value.items()]
        if any("\x00" in key for key, _ in parts):
            return path
    elif isinstance(value, list | tuple):
        parts = [(path, member) for member in value]
    else:
        return None
    return next((found for key, one in parts if (found := _zero_byte(one, key))), None)


def _upcast(command: Command, version: int, raw: bytes) -> dict[str, Any]:
    args = msgspec.json.decode(raw, type=dict[str, Any])
    while version < command.version:
        if version not in command.upcasters:
            raise problems.op_unknown(op=f"{command.op} v{version}")
        args = command.upcasters[version](args)
        version += 1
    return args


def _invalid(wrong: Exception) -> Problem:
    # msgspec: "Expected `str`, got `int` - at `$.item`"
    text = str(wrong)
    place = re.search(r"`\$\.?([^`]*)`$", text)
    named = re.search(r"field `([^`]+)`", text)
    field = (place and place.group(1)) or (named and named.group(1)) or "args"
    return problem.args_invalid(field=field, reason=text.split(" - at ")[0])
