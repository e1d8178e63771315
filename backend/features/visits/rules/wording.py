"""Words that must not be kept: passwords and codes that a customer may have said aloud."""

import re
import unicodedata

from backend.features.visits import problems

# A word for a secret with something like one behind it, or four to eight digits that stand alone
# and are no day, hour, sum or number of a house. Rather one remark too many to be rewritten than a
# code that opens an account: the visit is about online banking.
_NAMED = re.compile(
    r"(密码|口令|验证码|校验码|动态码|password|passcode|\bpin\b|\bcode\b|\botp\b)\D{0,8}[0-9a-z]{3,}",
    re.IGNORECASE,
)
_ALONE = re.compile(r"(?<![0-9A-Za-z.:/-])[0-9]{4,8}(?![0-9A-Za-z.:/-]|\s?[年月日号元块室弄])")


def holds_credential(text: str) -> bool:
    """Whether the text looks as if it held a password or a one-time code."""
    plain = unicodedata.normalize("NFKC", text)
    return _NAMED.search(plain) is not None or _ALONE.search(plain) is not None


def require_no_credential(text: str, kind: str) -> None:
    """At a guidance visit nobody may write down what opens an account."""
    if kind == "guidance" and holds_credential(text):
        raise problems.credential_in_text()
