"""What a PIN may be, what of it leaves the server, and what a sealed one says. Pure.

The same decisions as the phone's foundation/identity/pins.ts, judged by one file of cases.
"""

import hashlib
from datetime import timedelta
from itertools import pairwise

import msgspec

from backend.foundation.identity import problems
from backend.foundation.journal.envelope import RecKey
from backend.foundation.kernel.problem import Problem

DIGITS = 6
ITERATIONS = 200_000  # 0.1 s here, half a second on a cheap phone
CHECK_BITS = 10  # a slip passes once in a thousand; whoever takes the phone keeps a thousand PINs
BEFORE_DAYS = timedelta(days=7)  # a phone that was away does not know the new one's check yet

# The way of a thumb over the keys, and what sounds like words; the rest is told by its shape.
_KNOWN = frozenset({"147258", "258369", "147369", "159357", "789456", "520131", "131452", "201314"})


class SealedPin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a phone seals: the digits, whose they are, and the one command that they are given for.
    Without the last two, whoever comes by a sealed PIN could put it into another visit."""

    pin: str
    person: str
    rec: RecKey
    command: str


def is_pin(text: str) -> bool:
    """Whether the text is six digits."""
    return len(text) == DIGITS and text.isascii() and text.isdigit()


def is_easy(pin: str) -> bool:
    """Whether six digits are among the first that anybody tries: hardly any different digits, one
    step all along, a part repeated, pairs, the way of a thumb."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    repeated = pin[:3] * 2 == pin or pin[:2] * 3 == pin
    pairs = pin[0::2] == pin[1::2]
    return len(set(pin)) <= 2 or len(steps) == 1 or repeated or pairs or pin in _KNOWN


def require_pin(pin: str) -> None:
    """Refuses what is no PIN, and what is an easy one."""
    if not is_pin(pin):
        raise problems.pin_unreadable()
    if is_easy(pin):
        raise problems.pin_easy()


def check_bits(pin: str, salt: str, iterations: int) -> int:
    """The ten bits of a PIN that a colleague's phone holds. Costs what the iterations cost."""
    digest = hashlib.pbkdf2_hmac("sha256", pin.encode(), bytes.fromhex(salt), iterations)
    return int.from_bytes(digest[:2], "big") >> (16 - CHECK_BITS)


def read(opened: bytes, person: str, rec: RecKey, command_id: str) -> str | Problem:
    """The digits of an opened seal, or why they do not count here."""
    try:
        said = msgspec.json.decode(opened, type=SealedPin)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return problems.pin_unreadable()
    if (said.person, said.rec, said.command) != (person, rec, command_id):
        return problems.pin_elsewhere()
    return said.pin if is_pin(said.pin) else problems.pin_unreadable()
