"""Addresses of records in the console, the only addresses that documents carry. Pure."""

import re

_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?|https?://\[[0-9a-f:]+\](?::\d{1,5})?")
_PATH = re.compile(r"(?:/[a-z][a-z_-]*)+")
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")


def record_url(origin: str, opens: str, id: str) -> str:
    """`https://bank.example/findings/0192…`: what a click on a figure opens.

    `origin` is scheme, host and port as people reach the server; `opens` the console's path before
    the id. Raises ValueError for anything else, so that no text of people becomes an address.
    """
    for part, pattern in ((origin, _ORIGIN), (opens, _PATH), (id, _ID)):
        if not pattern.fullmatch(part):
            raise ValueError(f"no part of an address of ours: {part!r}")
    return f"{origin}{opens}/{id}"
