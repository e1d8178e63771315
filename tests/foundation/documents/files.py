"""Tables as people bring them, and as somebody would who means harm."""

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter

from backend.foundation.documents.children.reading import opened
from backend.foundation.documents.sheet import (
    Choice,
    Code,
    Day,
    Field,
    Imported,
    Integer,
    Phone,
    Sheet,
    Text,
)

ROSTER = Sheet(
    (
        Field("name", "姓名", "Name", Text(20), required=True),
        Field("code", "编号", "Code", Code(), unique=True),
        Field("phone", "手机号", "Phone", Phone(), also=("电话", "联系电话")),
        Field("on", "日期", "Date", Day()),
        Field("guests", "人数", "Guests", Integer(0, 50)),
        Field("kind", "身份", "Kind", Choice({"staff": ("员工", "Staff"), "guest": ("客户",)})),
    ),
    rows_max=100,
)
HEADINGS = ("姓名", "编号", "手机号", "日期", "人数", "身份")

Book = xlsxwriter.Workbook


def workbook(fill: Callable[[Any], None], **options: Any) -> bytes:
    """A workbook as Excel saves it."""
    data = io.BytesIO()
    book = Book(data, {"in_memory": True, **options})
    fill(book)
    book.close()
    return data.getvalue()


def rows_of(*rows: Sequence[Any], headings: Sequence[str] = HEADINGS) -> bytes:
    """One tab with headings and rows, each cell as what it is."""

    def fill(book: Any) -> None:
        tab = book.add_worksheet("名单")
        for number, row in enumerate((headings, *rows)):
            tab.write_row(number, 0, row)

    return workbook(fill)


def read(data: bytes, sheet: Sheet = ROSTER) -> Imported:
    return opened(data, sheet)


def told(found: Imported) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.code) for problem in found.problems]


def replaced(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same workbook with one of its parts changed, or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        names = old.namelist()
        for name in names:
            body = old.read(name)
            new.writestr(name, change(body) if name == part else body)
        if part not in names:
            new.writestr(part, change(b""))
    return out.getvalue()


SHEET_PART = "xl/worksheets/sheet1.xml"


def with_entities() -> bytes:
    """Billion laughs: ten levels of ten entities each."""
    levels = "".join(
        f'<!ENTITY l{n} "{"".join(f"&l{n - 1};" for _ in range(10))}">' for n in range(1, 10)
    )
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "lol">{levels}]>'.encode()

    def change(body: bytes) -> bytes:
        head, mark, rest = body.partition(b"?>")
        return head + mark + bomb + rest.replace(b"<sheetData>", b"<sheetData>&l9;", 1)

    return replaced(rows_of(("王芳",)), SHEET_PART, change)


def with_outside_entity() -> bytes:
    """An entity that would read a file of the server into the name."""

    def change(body: bytes) -> bytes:
        return body.replace(
            b"?>", b'?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>', 1
        ).replace(b"<t>", b"<t>&f;")

    return replaced(rows_of(("王芳",)), "xl/sharedStrings.xml", change)


def with_huge_dimension() -> bytes:
    """The tag says a billion cells; two rows are there."""
    return replaced(
        rows_of(("王芳",)),
        SHEET_PART,
        lambda body: body.replace(b'<dimension ref="A1:F2"/>', b'<dimension ref="A1:XFD1048576"/>'),
    )


def with_far_cell() -> bytes:
    """A value in the very last cell: seventeen billion cells lie between."""

    def fill(book: Any) -> None:
        tab = book.add_worksheet()
        tab.write_row(0, 0, HEADINGS)
        tab.write(1, 0, "王芳")
        tab.write(1_048_575, 16_383, "x")

    return workbook(fill)


def zip_bomb() -> bytes:
    """Eighty megabytes of spaces in eighty kilobytes."""
    return replaced(
        rows_of(("王芳",)),
        SHEET_PART,
        lambda body: body.replace(b"<sheetData>", b" " * (80 << 20) + b"<sheetData>"),
    )


def lying_zip_bomb() -> bytes:
    """The same, and the directory says ten bytes."""
    data = bytearray(zip_bomb())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as parts:
        info = parts.getinfo(SHEET_PART)
    wanted = struct.pack("<I", info.file_size)
    place = data.find(wanted)
    while place >= 0:
        data[place : place + 4] = struct.pack("<I", 10)
        place = data.find(wanted)
    return bytes(data)


def with_macros() -> bytes:
    """A workbook that brings a program; the name is all that is looked at."""
    return replaced(rows_of(("王芳",)), "xl/vbaProject.bin", lambda _: b"\xd0\xcf\x11\xe0")


def with_many_parts() -> bytes:
    out = io.BytesIO(rows_of(("王芳",)))
    with zipfile.ZipFile(out, "a") as parts:
        for number in range(300):
            parts.writestr(f"xl/media/{number}.bin", b"")
    return out.getvalue()


def with_a_damaged_part() -> bytes:
    """One byte turned over inside the sheet."""
    data = bytearray(rows_of(*(("王芳", f"A{n}") for n in range(50))))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as parts:
        info = parts.getinfo(SHEET_PART)
    data[info.header_offset + 30 + len(SHEET_PART) + info.compress_size // 2] ^= 0xFF
    return bytes(data)
