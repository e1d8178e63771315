"""Reads an XLSForm: `python -m backend.foundation.documents.children.xlsform`.

pyxform, an extra of this house, says whether it is one at all, in its own words; what comes out are
the rows of its tabs as text. It unpacks whole files and builds trees of them, so it works only
here, within limits of memory and time, and after the zip was looked through.
"""

import re
from collections.abc import Sequence
from typing import BinaryIO

import msgspec
from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import get_xlsform
from pyxform.xls2xform import convert

from backend.foundation.documents.children.serving import portion, serve
from backend.foundation.documents.children.xlsx_file import require_workbook
from backend.foundation.documents.orders import FormOrder, FormRead, FormRow
from backend.foundation.documents.problems import table_too_long, xlsform_unsound
from backend.foundation.kernel import limits

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 20
ANSWER_BYTES = 64 << 20
_SAID_MAX = 300
_LINES = re.compile(r"\s+")


def read_form(asked: BinaryIO, answer: BinaryIO) -> None:
    """One order, the rows of one form."""
    order = msgspec.msgpack.decode(portion(asked), type=FormOrder)
    answer.write(msgspec.msgpack.encode(opened_form(order.data)))


def opened_form(data: bytes) -> FormRead:
    """What stands in the form. Raises Problem."""
    require_workbook(data)
    try:
        form = get_xlsform(data, file_type=".xlsx")
        rows = [form.survey or (), form.choices or (), form.settings or ()]
        if any(len(tab) > limits.TABLE_ROWS_MAX for tab in rows):
            raise table_too_long(limit=limits.TABLE_ROWS_MAX)
        convert(data, validate=False, file_type=".xlsx", form_name="form")
    except PyXFormError as error:
        said = _LINES.sub(" ", str(error)).strip()[:_SAID_MAX]
        raise xlsform_unsound(said=said) from None
    survey, choices, settings = map(_rows, rows)
    return FormRead(survey, choices, settings[0].cells if settings else {})


def _rows(tab: Sequence[dict[str, str]]) -> list[FormRow]:
    # The headings are row 1; empty rows are kept by the reader, so that numbers are Excel's.
    return [FormRow(number, dict(row)) for number, row in enumerate(tab, start=2) if row]


if __name__ == "__main__":
    serve(read_form, memory_bytes=MEMORY_BYTES, cpu_seconds=CPU_SECONDS, answer_bytes=ANSWER_BYTES)
