"""What may be kept of a command that was not carried out: its words, masked, without secrets."""

import msgspec

from backend.foundation.kernel import personal_numbers, sealed_text


def masked(raw: bytes) -> str:
    """The text of a command, readable or not: numbers of persons masked, secrets taken out."""
    text = raw.decode("utf-8", "replace")  # arguments that are no text at all are kept as well
    if not personal_numbers.maybe_in(raw) and not sealed_text.maybe_in(raw):
        return text
    try:
        # Decoded first: a digit may be written as \u0031, which no mask sees.
        value = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return sealed_text.blank(personal_numbers.mask(text))
    value = sealed_text.blank_within(personal_numbers.mask_within(value))
    return msgspec.json.encode(value).decode()
