"""Debian's Chromium, for Playwright: no download of another browser.

With it comes certutil, which tells it whom to trust.
"""

import shutil

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium_path() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def is_found() -> bool:
    return chromium_path() is not None and shutil.which("certutil") is not None
