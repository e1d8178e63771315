"""Every command with every kind of argument its type allows: a verdict each time, never a crash."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend import serving
from backend.app import catalogue
from backend.demo import play
from backend.foundation.database.engine import Database, database_for
from backend.foundation.journal.execute import Journal
from backend.foundation.kernel.actor import SYSTEM_ROLE, Actor, Grant
from backend.foundation.kernel.clock import SystemClock
from backend.foundation.kernel.ids import new_id
from backend.settings import Settings
from tests.api.asking import Asking
from tests.kit.sealing import KEY
from tests.kit.world import Phone

EXAMPLES = int(os.environ.get("XUNFANG_FUZZ_EXAMPLES", "10"))  # of each command
CATALOGUE = catalogue()
ROLES = ("admin", "manager", "inspector", "outlet_head", "secretariat", "dpo", SYSTEM_ROLE)
KINDS = {manifest.name: manifest.kinds[0].name for manifest in CATALOGUE.manifests}


@pytest.mark.slow
async def test_whatever_a_command_carries_it_gets_a_verdict(
    engine_url: str,
    tmp_path: Path,
    subtests: pytest.Subtests,
    record_property: Callable[[str, object], None],
):
    """The strangest text a keyboard can make, another record's id, the largest number, the
    emptiest list: each is applied or refused with a code, and the phone's order moves on."""
    told = Settings(engine_url, f"file://{tmp_path / 'objects'}", tmp_path, "fuzzed-demo")
    await serving.prepare(told)
    await play.play(told)
    database = database_for(engine_url)
    await database.open()
    try:
        journal = Journal(database, CATALOGUE, SystemClock(), KEY)
        records, words = await inventory(database)
        everybody = await somebody_with_every_role(database)
        phone, asking = Phone(journal, everybody), Asking(words)
        tried = 0
        for op in sorted(CATALOGUE.commands):
            with subtests.test(op):
                for rec, args in asked(op, asking, records):
                    answer = await phone.do(op, rec, args, base=1)
                    tried += 1
                    assert answer.s in ("applied", "merged", "conflict", "rejected")
                    assert answer.code is None or answer.detail_zh, answer
        record_property("tried", tried)
    finally:
        await database.close()


async def inventory(database: Database) -> tuple[dict[str, list[str]], list[str]]:
    """Ids of records by kind, and the short texts that stand in them."""
    records: dict[str, list[str]] = {}
    words: dict[str, None] = {}
    async with database.reading() as tx:
        for kind, id, body in await tx.tuples("SELECT kind, rec_id, body FROM record ORDER BY id"):
            records.setdefault(kind, []).append(id)
            words |= dict.fromkeys(texts(msgspec.json.decode(body)))
    return records, [word for word in words if len(word) <= 64][:400]


async def somebody_with_every_role(database: Database) -> Actor:
    async with database.reading() as tx:
        rows = await tx.tuples("SELECT id, name FROM person WHERE username = 'inspector'")
    return Actor(rows[0][0], rows[0][1], tuple(Grant(role) for role in ROLES), new_id())


def asked(
    op: str, asking: Asking, records: dict[str, list[str]]
) -> list[tuple[tuple[str, str], dict[str, Any]]]:
    """Records and arguments for the command, the same ones at every run."""
    found: list[tuple[tuple[str, str], dict[str, Any]]] = []
    command = CATALOGUE.commands[op]
    kind = kind_of(op)
    ids = st.sampled_from(records.get(kind, ["none"])) | st.just("another")

    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(ids, asking.fitting(command.asked))
    def collect(id: str, args: dict[str, Any]) -> None:
        msgspec.convert(args, command.asked)
        found.append(((kind, id), args))

    collect()
    return found


def kind_of(op: str) -> str:
    """A kind of record that the command could be about."""
    feature, verb = op.split(".")
    if feature == "organisation":
        return next((kind for kind in ("unit", "outlet", "line") if kind in verb), "calendar")
    return KINDS[feature]


def texts(part: Any) -> Iterator[str]:
    """Every text and key in a JSON value."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for key, value in part.items():
            yield key
            yield from texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from texts(value)


@given(st.data())
@settings(max_examples=5, deadline=None)
def test_what_is_made_up_fits(data: st.DataObject):
    asking = Asking(["湖滨", "u1"])
    for command in CATALOGUE.commands.values():
        msgspec.convert(data.draw(asking.fitting(command.asked)), command.asked)
