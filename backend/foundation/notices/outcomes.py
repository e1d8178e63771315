"""What came of one try to send, from what the other side answered. Pure.

`sent`; `refused`: this very message is not wanted, the next one may be; `later`: something is wrong
with the way, the same message is tried again; `stopped`: the way is wrong until a person mends it.
"""

import json
from typing import Any, Literal

import msgspec

from backend.foundation.notices.model import TargetKind

Verdict = Literal["sent", "refused", "later", "stopped"]
CLOCK_WORTH_SECONDS = 120
_BAD_MESSAGE = frozenset({400, 413, 415, 422})
_WECOM_BAD = frozenset({40008, 40058, 44004, 45002})
_WECOM_GONE = frozenset({93000, 93004, 93017})
_DING_BAD = frozenset({400105, 430101, 430102, 430103, 430104, 460101})
_DING_GONE = frozenset({300001, 400013, 400101, 400102, 400106})
_DING_SLOW = frozenset({130101, 410100})
# Refused for a signature, which holds for a while only.
_BY_CLOCK = frozenset({"unauthorised", "robot_security"})
ROBOT_REST_SECONDS = 60
DING_REST_SECONDS = 600  # who sends more than twenty in a minute is shut out for ten


class Outcome(msgspec.Struct, frozen=True):
    """One try. `rest_seconds` None: the usual growing pause; `server`: it is our own mail server
    that does not work, and so nobody's address."""

    verdict: Verdict
    code: str | None = None
    status: int | None = None
    rest_seconds: int | None = None
    server: bool = False
    clock_off: int | None = None


SENT = Outcome("sent")


def of_answer(kind: TargetKind, status: int, body: bytes, retry_after: str | None) -> Outcome:
    """From the answer of a web service."""
    if status == 429:
        return Outcome("later", "rate_limited", status, _seconds(retry_after))
    if 200 <= status < 300:
        return SENT if kind == "webhook" else _of_robot(kind, body)
    if status in _BAD_MESSAGE:
        return Outcome("refused", "message_refused", status)
    return Outcome("later", _word(status), status)


def _word(status: int) -> str:
    if 300 <= status < 400:
        return "redirected"
    if status in (401, 403):
        return "unauthorised"
    if status in (404, 410):
        return "not_there"
    return "their_error"


def _of_robot(kind: TargetKind, body: bytes) -> Outcome:
    code = _errcode(body)
    if code is None:
        return Outcome("later", "no_robot")
    if code == 0:
        return SENT
    if code == -1:
        return Outcome("later", "their_error", code)
    return _of_wecom(code) if kind == "wecom" else _of_dingtalk(code)


def _of_wecom(code: int) -> Outcome:
    if code == 45009:
        return Outcome("later", "rate_limited", code, ROBOT_REST_SECONDS)
    if code in _WECOM_BAD:
        return Outcome("refused", "message_refused", code)
    return Outcome("later", "robot_gone" if code in _WECOM_GONE else "robot_refused", code)


def _of_dingtalk(code: int) -> Outcome:
    if code in _DING_SLOW:
        return Outcome("later", "rate_limited", code, DING_REST_SECONDS)
    if code in _DING_BAD:
        return Outcome("refused", "message_refused", code)
    if code == 310000:
        return Outcome("later", "robot_security", code)
    return Outcome("later", "robot_gone" if code in _DING_GONE else "robot_refused", code)


def of_mail(status: int, said: str) -> Outcome:
    """From the number and the words by which a mail server refused one recipient or one message
    (RFC 5321 and the enhanced codes of RFC 3463, where it gives them)."""
    enhanced = next((word for word in said.split() if _is_enhanced(word)), "")
    if status in (452, 552) or enhanced in ("4.2.2", "5.2.2"):
        return Outcome("later", "mailbox_full", status)
    if 400 <= status < 500:
        return Outcome("later", "mail_later", status)
    if enhanced.startswith("5.7."):
        return Outcome("refused", "mail_refused", status)
    if status in (550, 551, 553, 556) or enhanced.startswith("5.1."):
        return Outcome("stopped", "address_unknown", status)
    return Outcome("refused", "mail_refused", status)


def with_clock(outcome: Outcome, off_seconds: float | None) -> Outcome:
    """The same, with how far our clock is ahead of theirs where that may be the reason."""
    if outcome.code not in _BY_CLOCK or off_seconds is None:
        return outcome
    if abs(off_seconds) < CLOCK_WORTH_SECONDS:
        return outcome
    return msgspec.structs.replace(outcome, clock_off=round(off_seconds))


def _errcode(body: bytes) -> int | None:
    try:
        said: Any = json.loads(body)
    except ValueError:
        return None
    code = said.get("errcode") if isinstance(said, dict) else None
    return code if isinstance(code, int) else None


def _seconds(text: str | None) -> int | None:
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 6:
        return None
    return min(int(text), 3600)


def _is_enhanced(word: str) -> bool:
    parts = word.split(".")
    return len(parts) == 3 and parts[0] in ("4", "5") and all(part.isdigit() for part in parts)
