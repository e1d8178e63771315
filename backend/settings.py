"""What an installation is told by its environment. Read once, at start."""

import ipaddress
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec

_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?")
_MAIL = re.compile(r"[^@\s<>]+@[A-Za-z0-9.-]+|[^@<>]+<[^@\s<>]+@[A-Za-z0-9.-]+>")
_HOST = re.compile(r"[A-Za-z0-9._-]+(:\d{1,5})?")


class Settings(msgspec.Struct, frozen=True):
    """One installation. `durable` is `commit` or `backup` (RULINGS 21). `public_url` is how people
    reach it (links in what leaves the house); `webhook_hosts` may be told without https. `proxies`
    are addresses or networks that may say for whom they ask; `metrics` is where Prometheus asks;
    for `drain_seconds` a server that was told to end still answers, but calls itself not ready."""

    database_url: str
    store_url: str
    data_dir: Path
    demo_password: str | None = None
    demo_language: str = "zh"
    durable: str = "commit"
    secure_cookie: bool = False
    public_url: str | None = None
    smtp_url: str | None = None
    mail_from: str = "xunfang@localhost.localdomain"
    webhook_hosts: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()
    hsts_seconds: int = 0
    metrics: tuple[str, int] | None = None
    log: Literal["text", "json"] = "text"
    drain_seconds: float = 0

    @property
    def on_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite:")


def read(environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from XUNFANG_* variables; without any, everything lives below `var/`.

    Raises ValueError with the variable's name when a value cannot be understood.
    """
    data_dir = Path(environ.get("XUNFANG_DATA_DIR") or "var").absolute()
    durable = environ.get("XUNFANG_DURABLE", "commit")
    if durable not in ("commit", "backup"):
        raise ValueError("XUNFANG_DURABLE is either commit or backup")
    language = environ.get("XUNFANG_DEMO_LANGUAGE", "zh")
    if language not in ("zh", "en"):
        raise ValueError("XUNFANG_DEMO_LANGUAGE is either zh or en")
    style = environ.get("XUNFANG_LOG") or "text"
    if style not in ("text", "json"):
        raise ValueError("XUNFANG_LOG is either text or json")
    return Settings(
        database_url=environ.get("XUNFANG_DATABASE_URL") or f"sqlite:///{data_dir / 'xunfang.db'}",
        store_url=environ.get("XUNFANG_STORE_URL") or f"file://{data_dir / 'objects'}",
        data_dir=data_dir,
        demo_password=environ.get("XUNFANG_DEMO_PASSWORD") or None,
        demo_language=language,
        durable=durable,
        secure_cookie=environ.get("XUNFANG_SECURE_COOKIE") == "1",
        public_url=_one(environ, "XUNFANG_PUBLIC_URL", _ORIGIN, "https://host, without a path"),
        smtp_url=_smtp(environ),
        mail_from=_one(environ, "XUNFANG_MAIL_FROM", _MAIL, "an e-mail address")
        or "xunfang@localhost.localdomain",
        webhook_hosts=_hosts(environ),
        proxies=_proxies(environ.get("XUNFANG_PROXIES", "")),
        hsts_seconds=_number(environ, "XUNFANG_HSTS_SECONDS"),
        metrics=_address(environ.get("XUNFANG_METRICS", "")),
        log=style,
        drain_seconds=_number(environ, "XUNFANG_DRAIN_SECONDS"),
    )


def _one(
    environ: Mapping[str, str], name: str, pattern: re.Pattern[str], needed: str
) -> str | None:
    value = environ.get(name, "").strip().rstrip("/") or None
    if value is not None and not pattern.fullmatch(value):
        raise ValueError(f"{name}: {needed} is needed")
    return value


def _smtp(environ: Mapping[str, str]) -> str | None:
    url = environ.get("XUNFANG_SMTP_URL", "").strip() or None
    if url is None:
        return None
    if not re.fullmatch(r"smtps?://[^\s/?]+/?(\?tls=(started|none))?", url):
        raise ValueError("XUNFANG_SMTP_URL: smtp://host:587 or smtps://host:465 is needed")
    if not environ.get("XUNFANG_MAIL_FROM", "").strip():
        raise ValueError("XUNFANG_MAIL_FROM: the address that e-mail comes from is needed")
    return url


def _hosts(environ: Mapping[str, str]) -> tuple[str, ...]:
    named = [name.strip() for name in environ.get("XUNFANG_WEBHOOK_HOSTS", "").split(",")]
    hosts = tuple(name.lower() for name in named if name)
    if not all(_HOST.fullmatch(host) for host in hosts):
        raise ValueError("XUNFANG_WEBHOOK_HOSTS: hosts or host:port, separated by commas")
    return hosts


def _number(environ: Mapping[str, str], name: str) -> int:
    text = environ.get(name) or "0"
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"{name} is a whole number of seconds")
    return int(text)


def _proxies(text: str) -> tuple[str, ...]:
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    for one in found:
        try:
            ipaddress.ip_network(one)
        except ValueError as wrong:
            raise ValueError(f"XUNFANG_PROXIES: {wrong}") from wrong
    return found


def _address(text: str) -> tuple[str, int] | None:
    if not text:
        return None
    host, _, port = text.rpartition(":")
    if not (host and port.isascii() and port.isdigit() and int(port) < 65536):
        raise ValueError("XUNFANG_METRICS is written address:port, as 127.0.0.1:9100")
    return host.strip("[]"), int(port)
