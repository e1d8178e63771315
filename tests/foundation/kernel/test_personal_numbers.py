"""Identity and card numbers are found however they are typed, and nothing else is."""

import unicodedata

import pytest

from backend.foundation.kernel import personal_numbers
from tests.foundation.kernel import drawn_numbers

IDENTITY = "11010519491231002X"
CARD = "6222020000000000005"


def luhn(body: str) -> str:
    return next(body + str(d) for d in range(10) if personal_numbers.is_card(body + str(d)))


@pytest.mark.parametrize(
    "text",
    [
        f"证件 {IDENTITY}",
        "1101 0519 4912 3100 2x",
        "１１０１０５１９４９１２３１００２Ｘ",
        f"卡号{luhn('622202000000000000')}。",
        luhn("411111111111111"),
    ],
)
def test_found(text: str) -> None:
    assert personal_numbers.find(text)
    masked = personal_numbers.mask(text)
    assert not personal_numbers.find(masked)
    assert "*" in masked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "110105194912310021",  # wrong check character
        "11010519491331002X",  # a thirteenth month
        "2026-05-04T09:12:33.120Z",
        "0199a1b2-7c3d-7e4f-8a9b-0c1d2e3f4a5b",
        "请拨打 0797-8888888 或 13800138000",
        "4111111111111112",
    ],
)
def test_not_found(text: str) -> None:
    assert personal_numbers.find(text) == []
    assert personal_numbers.first_field({"a": [text]}) is None


def test_the_field_is_named() -> None:
    value = {"note": "ok", "points": [{"comment": IDENTITY}]}
    assert personal_numbers.first_field(value) == "points.comment"


def test_the_quick_look_never_says_no_to_what_the_scan_finds():
    """Over every character that could stand in such a number or between its digits."""
    for code in range(0x80, 0x110000):
        character = chr(code)
        plain = unicodedata.normalize("NFKC", character) if not 0xD800 <= code < 0xE000 else ""
        if plain and set(plain) <= set("0123456789Xx -·"):
            text = f"1101051949123{character}1002X"
            assert personal_numbers.maybe_in(text.encode()), hex(code)


def test_the_drawn_cases_are_what_the_rules_say_today():
    """The phone judges the same file: a change of a rule here changes what it warns of."""
    cases = drawn_numbers.stored()
    assert cases == drawn_numbers.draw()
    found = sum(1 for case in cases if case["found"])
    assert found > 100
    assert len(cases) - found > 50
