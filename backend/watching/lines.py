"""The log: one line for each thing that happened, as JSON for machines or as text for a terminal.

Promises: a line names the request that it belongs to; no line holds an identity or card number, or
the values that a database quotes when it refuses a row. It does not promise that the message of an
exception of somebody else's library is free of everything personal: nothing is logged that a
person typed, but what a library puts into its words is beyond us.
"""

import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from backend.foundation.journal.tracing import request_id
from backend.foundation.kernel.clock import cut, wire
from backend.foundation.kernel.personal_numbers import mask

Style = Literal["text", "json"]
# PostgreSQL repeats the row that it refused: names, telephone numbers, whatever was in it.
_QUOTED_ROW = re.compile(r"\n(?:DETAIL|CONTEXT):.*?(?=\nHINT:|\n\n|\n?\Z)", re.DOTALL)
_QUIET = ("piccolo", "botocore", "boto3", "urllib3", "asyncio")


class _Lines(logging.Formatter):
    """What both styles leave out."""

    def formatException(self, ei: Any) -> str:
        return clean("".join(traceback.format_exception(*ei)))


class TextLines(_Lines):
    """`2026-05-04 09:12:33,120 xunfang.api INFO message`."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(name)s %(levelname)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        told = " ".join(f"{name}={value}" for name, value in _told(record).items())
        line = clean(super().format(record))
        return f"{line} {told}" if told else line


class JsonLines(_Lines):
    """One object: `at`, `level`, `logger`, `message`, the request, and what the event tells."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": wire(cut(datetime.fromtimestamp(record.created, UTC))),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": clean(record.getMessage()),
        } | _told(record)
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return msgspec.json.encode(line).decode()


def begin(style: Style) -> None:
    """Everything that this process logs goes to its standard error from here on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if style == "json" else TextLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def clean(text: str) -> str:
    """The text without refused rows, and with every identity or card number masked."""
    return mask(_QUOTED_ROW.sub("", text))


def _told(record: logging.LogRecord) -> dict[str, Any]:
    """The request, and what was said beside the words: `log.info("…", extra={"told": {…}})`."""
    told: dict[str, Any] = getattr(record, "told", {})
    id = request_id.get()
    return ({"request": id} if id else {}) | told
