"""Writes a workbook of several tabs: `python -m backend.foundation.documents.children.binder`."""

from typing import BinaryIO

import msgspec

from backend.foundation.documents.children.serving import portion, serve
from backend.foundation.documents.children.workbook import (
    ANSWER_BYTES,
    CPU_SECONDS,
    MEMORY_BYTES,
    Writer,
    new_book,
)
from backend.foundation.documents.orders import BinderOrder, BookOrder


def bind(asked: BinaryIO, answer: BinaryIO) -> None:
    """One order, one workbook with its tabs in their order."""
    order = msgspec.msgpack.decode(portion(asked), type=BinderOrder)
    book = new_book(answer, order.title, order.made_at)
    for tab in order.tabs:
        name = tab.zh if order.tongue == "zh" else tab.en
        writer = Writer(book, BookOrder(tab.columns, name, order.tongue, order.made_at))
        for row in tab.rows:
            writer.write(row)
        writer.finish()
    book.close()


if __name__ == "__main__":
    serve(bind, memory_bytes=MEMORY_BYTES, cpu_seconds=CPU_SECONDS, answer_bytes=ANSWER_BYTES)
