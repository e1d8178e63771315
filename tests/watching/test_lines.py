"""What a line of the log says, and what it leaves out."""

import json
import logging
import random

import pytest

from backend.foundation.journal.tracing import traced
from backend.watching.lines import JsonLines, TextLines
from tests.foundation.kernel.drawn_numbers import identity

REFUSED = (
    'duplicate key value violates unique constraint "person_username_key"\n'
    "DETAIL:  Key (username)=(zhang.san)\nis taken already."
)


def record(message: str, failed: Exception | None = None, **told: object) -> logging.LogRecord:
    info = (type(failed), failed, None) if failed else None
    made = logging.LogRecord("xunfang.x", logging.ERROR, "x.py", 1, message, None, info)  # type: ignore[arg-type]
    made.told = told
    return made


def test_json_has_the_request_and_what_was_told_beside_the_words():
    with traced("r-1"):
        line = json.loads(JsonLines().format(record("task done", ms=7)))
    assert (line["request"], line["message"], line["ms"]) == ("r-1", "task done", 7)
    assert (line["level"], line["logger"]) == ("error", "xunfang.x")
    assert line["at"].endswith("Z")


def test_outside_of_a_request_none_is_named():
    assert "request" not in json.loads(JsonLines().format(record("started")))


@pytest.mark.parametrize("lines", [JsonLines(), TextLines()])
def test_the_row_that_a_database_refused_is_not_repeated(lines: logging.Formatter):
    said = lines.format(record("failed", ValueError(REFUSED)))
    assert "person_username_key" in said
    assert "zhang" not in said
    assert "taken" not in said


@pytest.mark.parametrize("lines", [JsonLines(), TextLines()])
def test_a_personal_number_is_masked_in_words_and_in_traces(lines: logging.Formatter):
    number = identity(random.Random(7))
    said = lines.format(record(f"of {number}", ValueError(f"not {number}")))
    assert number not in said
    assert said.count(f"*{number[-4:]}") == 2


def test_a_line_is_one_line():
    assert "\n" not in JsonLines().format(record("two\nlines", ValueError("a\nb")))
