"""What a PIN may be, what of it leaves the server, what a sealed one says."""

import json
from pathlib import Path

import pytest

from backend.foundation.identity import pin_rules
from backend.foundation.identity.seal import seal_key_in
from backend.foundation.kernel import sealed_text
from backend.foundation.kernel.problem import Problem

CASES = json.loads((Path(__file__).parent / "cases/pins.json").read_text())
SAID = {"pin": "407193", "person": "ana", "rec": ["visit", "v1"], "command": "c1"}
SALT = "00112233445566778899aabbccddeeff"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["pin"])
def test_the_first_that_anybody_tries_are_easy(case: dict[str, object]):
    assert pin_rules.is_easy(str(case["pin"])) is case["easy"]


def test_few_pins_are_lost_to_being_easy():
    easy = sum(pin_rules.is_easy(f"{number:06}") for number in range(1_000_000))
    assert 3_000 < easy < 6_000


@pytest.mark.parametrize("text", ["", "12345", "4071930", "40719a", "４０７１９３", "407 93"])
def test_a_pin_is_six_digits(text: str):
    with pytest.raises(Problem) as caught:
        pin_rules.require_pin(text)
    assert caught.value.code == "pin_unreadable"


def test_the_check_is_ten_bits_and_differs_by_salt():
    bits = [
        pin_rules.check_bits("407193", SALT, 10),
        pin_rules.check_bits("407193", SALT[::-1], 10),
    ]
    assert all(0 <= one < 1024 for one in bits)
    assert bits[0] != bits[1]
    assert pin_rules.check_bits("407193", SALT, 10) == bits[0]


def test_the_check_leaves_a_thousand_pins():
    bits = pin_rules.check_bits("407193", SALT, 1)
    alike = sum(pin_rules.check_bits(f"{n:06}", SALT, 1) == bits for n in range(100_000))
    assert 60 < alike < 140  # of a tenth of them


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"person": "ben"}, "pin_elsewhere"),
        ({"rec": ["visit", "v2"]}, "pin_elsewhere"),
        ({"rec": ["event", "v1"]}, "pin_elsewhere"),
        ({"command": "c2"}, "pin_elsewhere"),
        ({"pin": "40719"}, "pin_unreadable"),
        ({"pin": 407193}, "pin_unreadable"),
        ({"more": 1}, "pin_unreadable"),
    ],
)
def test_a_sealed_pin_counts_for_one_command_alone(change: dict[str, object], code: str):
    plain = json.dumps(SAID | change).encode()
    found = pin_rules.read(plain, "ana", ("visit", "v1"), "c1")
    assert isinstance(found, Problem)
    assert found.code == code


def test_what_was_sealed_for_this_command_is_read():
    assert pin_rules.read(json.dumps(SAID).encode(), "ana", ("visit", "v1"), "c1") == "407193"


def test_what_is_no_json_is_unreadable():
    found = pin_rules.read(b"\xff\x00", "ana", ("visit", "v1"), "c1")
    assert isinstance(found, Problem)
    assert found.code == "pin_unreadable"


def test_what_the_phone_sealed_is_read():
    """Made by pwa/src/foundation/identity/pins.ts, so that the two halves cannot drift apart."""
    samples = Path(__file__).parent / "sealed"
    text = (samples / "pin-by-the-phone.txt").read_text()
    opened = seal_key_in(samples).opened(text)
    assert pin_rules.read(opened, "ana", ("visit", "v1"), "c1") == "407193"
    assert sealed_text.blank_within({"note": f"a {text} b"}) == {"note": "a *** b"}
