"""What an installation is told by its environment. Read once, at start."""

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec


class Settings(msgspec.Struct, frozen=True):
    """One installation. `durable` is `commit` or `backup` (RULINGS 21)."""

    database_url: str
    store_url: str
    data_dir: Path
    demo_password: str | None = None
    demo_language: str = "zh"
    durable: str = "commit"
    secure_cookie: bool = False

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
    return Settings(
        database_url=environ.get("XUNFANG_DATABASE_URL") or f"sqlite:///{data_dir / 'xunfang.db'}",
        store_url=environ.get("XUNFANG_STORE_URL") or f"file://{data_dir / 'objects'}",
        data_dir=data_dir,
        demo_password=environ.get("XUNFANG_DEMO_PASSWORD") or None,
        demo_language=language,
        durable=durable,
        secure_cookie=environ.get("XUNFANG_SECURE_COOKIE") == "1",
    )
