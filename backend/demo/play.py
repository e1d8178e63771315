"""`xunfang demo`: an empty database becomes a branch with a month behind it, in a few seconds."""

import asyncio
import os
from pathlib import Path

from backend.app import catalogue
from backend.demo.performance import perform
from backend.demo.stage import Stage, StageClock
from backend.foundation.identity.passwords import Passwords, random_password
from backend.foundation.kernel.clock import SystemClock
from backend.house import build
from backend.settings import Settings
from backend.worker.loop import Worker
from backend.worker.tasks import TASKS

SIGN_INS = (
    "inspector",
    "inspector2",
    "outreach",
    "outreach2",
    "outlet",
    "manager",
    "secretariat",
    "security",
    "admin",
    "dpo",
)


async def play(settings: Settings) -> None:
    """Plays the demo and prints who may sign in. Raises ValueError on a database in use."""
    password = settings.demo_password or random_password()
    clock = StageClock(SystemClock().now())
    house = build(settings, catalogue(), clock)
    await house.open()
    try:
        stage = Stage(house, clock, Worker(house, TASKS), settings.demo_language)
        if await stage.bodies("person"):
            raise ValueError("the database is in use; the demo needs an empty one")
        await perform(stage, await Passwords().hash(password))
    finally:
        await house.close()
    await asyncio.to_thread(_keep, _password_file(settings), password)
    print(sign_ins(settings))


def sign_ins(settings: Settings) -> str:
    """Who may sign in, in words for the terminal."""
    kept = _password_file(settings)
    password = settings.demo_password or (kept.read_text("utf-8") if kept.exists() else "?")
    return f"sign in as {', '.join(SIGN_INS)}\nwith the password {password}"


def _password_file(settings: Settings) -> Path:
    return settings.data_dir / "demo-password"


def _keep(path: Path, password: str) -> None:
    # Made readable for its owner alone before anything is in it.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(password)
