"""The frame of a child: limits first, then one order, one answer, and the end."""

import resource
import struct
import sys
from collections.abc import Callable, Iterator
from typing import BinaryIO

import msgspec

from backend.foundation.documents.orders import REFUSED, Refusal
from backend.foundation.kernel import limits
from backend.foundation.kernel.problem import Problem

_LENGTH = struct.Struct(">I")
_FILES_MAX = limits.PAPER_PHOTOS_MAX + 64


def serve(
    work: Callable[[BinaryIO, BinaryIO], None],
    *,
    memory_bytes: int,
    cpu_seconds: int,
    answer_bytes: int,
) -> None:
    """Does the work once: `work(asked, answer)` reads its order and writes a document.

    A Problem becomes a refusal. Anything else ends the process with a code other than 0, which
    the server knows what to make of.
    """
    for limit, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, answer_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _FILES_MAX),
    ):
        resource.setrlimit(limit, (most, most))
    answer = sys.stdout.buffer
    try:
        work(sys.stdin.buffer, answer)
    except Problem as refused:
        answer.seek(0)
        answer.truncate()
        answer.write(msgspec.msgpack.encode(Refusal(refused.code, refused.facts)))
        answer.flush()
        sys.exit(REFUSED)
    answer.flush()


def portion(asked: BinaryIO) -> bytes:
    """The next piece of what the server says, empty at the end. Raises EOFError when it hung up
    half way: a table that broke off must not look like a whole one."""
    head = asked.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError("the order broke off")
    (length,) = _LENGTH.unpack(head)
    body = asked.read(length)
    if len(body) < length:
        raise EOFError("the order broke off")
    return body


def portions(asked: BinaryIO) -> Iterator[bytes]:
    """All pieces until the empty one."""
    while body := portion(asked):
        yield body
