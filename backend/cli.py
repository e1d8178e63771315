"""`xunfang`: serve, worker, check, backup, restore, user … Parses words and calls the house."""

import argparse
import asyncio
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from backend import backup, checking, serving
from backend.app import catalogue, schema
from backend.delivery import deliver
from backend.demo import play
from backend.foundation.database.drafts import new_migration
from backend.foundation.database.migrate import MigrationFailed
from backend.foundation.identity import accounts
from backend.foundation.identity.commands import HoldPost
from backend.foundation.identity.passwords import Passwords
from backend.foundation.kernel.clock import wire
from backend.foundation.kernel.problem import Problem
from backend.foundation.organisation.model import Words
from backend.generate import write
from backend.generate.words import all_problems
from backend.house import build
from backend.settings import Settings, read
from backend.watching import lines
from media.store import StoreUnreachable

Run = Callable[[Settings, argparse.Namespace], Awaitable[int | None]]


def main(argv: Sequence[str] | None = None) -> None:
    """Carries out one command. Ends the process with 0, 1 (it failed) or 2 (wrong words)."""
    asked = _parser().parse_args(argv)
    try:
        settings = read()
        lines.begin(settings.log)
        if asked.run is _serve:
            if asked.demo:
                asyncio.run(_demo(settings, asked))
            serving.serve(settings, **_serving(asked))
            return
        sys.exit(asyncio.run(asked.run(settings, asked)) or 0)
    except Problem as refusal:
        sys.exit(f"xunfang: {refusal.detail}")
    except (ValueError, RuntimeError, OSError, MigrationFailed, StoreUnreachable) as failed:
        sys.exit(f"xunfang: {failed}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="xunfang", description="巡访: inspections and outreach")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serve = _command(commands, "serve", _serve, "answer phones and browsers")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--tls-cert", type=Path)
    serve.add_argument("--tls-key", type=Path)
    serve.add_argument("--demo", action="store_true", help="fill an empty database first")
    serve.set_defaults(if_empty=True)
    _command(commands, "worker", _worker, "do the jobs nobody waits for (PostgreSQL)")
    _command(commands, "migrate", _migrate, "bring database and store to what this version expects")
    demo = _command(commands, "demo", _demo, "fill an empty database with the demo organisation")
    demo.add_argument("--if-empty", action="store_true", help="say who may sign in otherwise")
    given = _command(commands, "deliver", _deliver, "take an export that a phone sealed")
    given.add_argument("file", type=Path)
    check = _command(commands, "check", _check, "look whether database, store and chain are sound")
    check.add_argument("--quick", action="store_true", help="sizes of photos, and not their bytes")
    _add_copies(commands)
    _command(commands, "generate", _generate, "write CATALOGUE.md and the phone's types")
    migration = _command(commands, "migration", _migration, "draft the next migration")
    migration.add_argument("name")
    _add_user(commands)
    return parser


def _add_copies(commands: Any) -> None:
    taken = _command(commands, "backup", _backup, "copy the house into a folder and verify it")
    taken.add_argument("folder", type=Path)
    taken.add_argument("--keep", type=_positive, default=backup.KEEP, help="backups that stay")
    taken.add_argument("--without-missing", action="store_true", help="photos are lost: go on")
    given = _command(commands, "restore", _restore, "an empty place becomes the house of a backup")
    given.add_argument("folder", type=Path)
    given.add_argument("--backup", metavar="NAME", help="not the latest one")
    given.add_argument("--erasures", type=Path, metavar="FILE", help="a later list of erasures")
    given.add_argument("--without-missing", action="store_true", help="photos are lost: go on")
    listed = _command(commands, "erasures", _erasures, "list what was ever erased, for a restore")
    listed.add_argument("file", type=Path)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return int(text)


def _add_user(commands: Any) -> None:
    user = commands.add_parser("user", help="accounts").add_subparsers(required=True)
    add = _command(user, "add", _user_add, "add a person who can sign in")
    add.add_argument("username")
    add.add_argument("name")
    add.add_argument("--role", default="inspector")
    add.add_argument("--outlet")
    add.add_argument("--unit")
    add.add_argument("--line")
    add.add_argument("--title-zh", default="员工")
    add.add_argument("--title-en", default="Staff")
    _command(user, "reset", _user_reset, "give a new password").add_argument("username")
    _command(user, "reset-pin", _user_reset_pin, "take the PIN away").add_argument("username")
    suspend = _command(user, "suspend", _user_suspend, "take every right away at once")
    suspend.add_argument("username")
    suspend.add_argument("--reason", default="by the administrator")


def _command(commands: Any, name: str, run: Run, words: str) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=words, description=words)
    parser.set_defaults(run=run)
    return parser


def _serving(asked: argparse.Namespace) -> dict[str, Any]:
    if bool(asked.tls_cert) != bool(asked.tls_key):
        raise ValueError("--tls-cert and --tls-key belong together")
    for path in (asked.tls_cert, asked.tls_key):
        if path is not None and not path.is_file():
            raise ValueError(f"there is no file {path}")
    return {
        "host": asked.host,
        "port": asked.port,
        "cert": asked.tls_cert,
        "key": asked.tls_key,
    }


async def _serve(settings: Settings, asked: argparse.Namespace) -> int | None:
    raise AssertionError("serve runs its own loop")


async def _worker(settings: Settings, asked: argparse.Namespace) -> int | None:
    if settings.on_sqlite:
        raise ValueError("on SQLite the server does the jobs itself; there is no second process")
    await serving.work(settings)
    return None


async def _migrate(settings: Settings, asked: argparse.Namespace) -> int | None:
    done = await serving.prepare(settings)
    print("\n".join(done) if done else "the database is up to date")
    if await serving.furnish_store(settings):
        print("the store's bucket was made")
    return None


async def _demo(settings: Settings, asked: argparse.Namespace) -> int | None:
    await serving.prepare(settings)
    if asked.if_empty and await serving.inhabited(settings):
        print(play.sign_ins(settings))
        return None
    await play.play(settings)
    return None


async def _deliver(settings: Settings, asked: argparse.Namespace) -> int | None:
    async with _house(settings) as house:
        done = await deliver(house, asked.file.read_bytes())
    said = Counter(answer.s for answer in done.answers)
    words = ", ".join(f"{count} {name}" for name, count in sorted(said.items()))
    print(f"{done.person}, sealed {done.made_at}: {words or 'no commands'}; {done.photos} photos")
    for digest in done.damaged:
        print(f"a photo is not what it says and was left out: {digest}")
    if done.expected is not None:
        print(f"command {done.expected} is missing; what follows it waits on the phone")
    return 1 if done.damaged or done.expected is not None else 0


async def _check(settings: Settings, asked: argparse.Namespace) -> int | None:
    house = build(settings, catalogue())
    await house.open()
    try:
        findings = await checking.look(house, schema(), quick=asked.quick)
    finally:
        await house.close()
    for finding in findings:
        print(finding)
    return 1 if any(not finding.good for finding in findings) else 0


async def _backup(settings: Settings, asked: argparse.Namespace) -> int | None:
    serving.require_whole(settings)
    async with _house(settings) as house:
        taken = await backup.take(
            house, schema(), asked.folder, keep=asked.keep, without_missing=asked.without_missing
        )
    print(taken.text())
    return None


async def _restore(settings: Settings, asked: argparse.Namespace) -> int | None:
    restored = await backup.restore(
        settings,
        catalogue(),
        schema(),
        asked.folder,
        name=asked.backup,
        erasures=asked.erasures,
        without_missing=asked.without_missing,
    )
    print(restored.text())
    return None


async def _erasures(settings: Settings, asked: argparse.Namespace) -> int | None:
    async with _house(settings) as house:
        now = wire(house.clock.now())
        count = await backup.write_erasures(house.database, asked.file, now)
    print(f"{count} erased records until {now}")
    return None


async def _generate(settings: Settings, asked: argparse.Namespace) -> int | None:
    for path in write(catalogue(), all_problems(catalogue())):
        print(path)
    return None


async def _migration(settings: Settings, asked: argparse.Namespace) -> int | None:
    path = await new_migration(asked.name, schema())
    print(path or "nothing changed: no migration is needed")
    return None


async def _user_add(settings: Settings, asked: argparse.Namespace) -> int | None:
    post = HoldPost(
        post=serving.fresh_id(),
        role=asked.role,
        outlet=asked.outlet,
        unit=asked.unit,
        line=asked.line,
        title=Words(zh=asked.title_zh, en=asked.title_en),
    )
    async with _house(settings) as house:
        account = await accounts.add(
            house.journal,
            Passwords(),
            username=asked.username,
            name=asked.name,
            posts=(post,),
        )
    print(f"{account.username}: {account.password}")
    return None


async def _user_reset(settings: Settings, asked: argparse.Namespace) -> int | None:
    async with _house(settings) as house:
        account = await accounts.reset(house.journal, Passwords(), username=asked.username)
    print(f"{account.username}: {account.password}")
    return None


async def _user_reset_pin(settings: Settings, asked: argparse.Namespace) -> int | None:
    async with _house(settings) as house:
        await accounts.reset_pin(house.journal, username=asked.username)
    print(f"{asked.username} has no PIN any more")
    return None


async def _user_suspend(settings: Settings, asked: argparse.Namespace) -> int | None:
    async with _house(settings) as house:
        await accounts.suspend(house.journal, username=asked.username, reason=asked.reason)
    print(f"{asked.username} has no rights any more")
    return None


def _house(settings: Settings) -> Any:
    return serving.opened(build(settings, catalogue()))


if __name__ == "__main__":
    main()
