"""One spelling for one value, whoever computes it."""

import pytest

from backend.foundation.kernel.canonical import canonical, digest


def test_keys_are_sorted_and_nothing_is_padded() -> None:
    assert canonical({"b": [1, None, True], "a": "柜"}) == '{"a":"柜","b":[1,null,true]}'.encode()


def test_keys_sort_by_utf16_units_as_javascript_does() -> None:
    """U+1F600 is two surrogates from D83D, so it comes before U+FB33."""
    assert canonical({"\ufb33": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\ufb33":1}'.encode()


def test_control_characters_are_escaped_as_the_rfc_says() -> None:
    assert canonical('\b\t\n\f\r\x1f"\\/\x7f') == b'"\\b\\t\\n\\f\\r\\u001f\\"\\\\/\x7f"'


@pytest.mark.parametrize("value", [1.5, {"a": 0.1}, {1: "a"}, b"bytes", float("nan")])
def test_what_two_languages_print_differently_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)


def test_an_integer_javascript_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="survive"):
        canonical(2**53)


def test_the_digest_is_sha256_in_bare_hex() -> None:
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
