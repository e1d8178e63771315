"""What an answer says is on the medium, is: the log is flushed after its last write and before
the answer leaves. Kill -9 cannot show this; the traced order of system calls can."""

from pathlib import Path

import pytest

from tests.bench import rounds
from tests.bench.caller import Caller
from tests.bench.processor import family
from tests.kills.phones import new_round
from tests.kills.run import PASSWORD
from tests.kills.traced import SystemCall, can_trace, traced
from tests.kit.served import Served
from tests.kit.services.postgres import Postgres


def answered(calls: list[SystemCall]) -> int:
    """Where the answer to the push left."""
    return next(place for place, call in enumerate(calls) if "HTTP/1.1 200" in call.told)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_an_answer_leaves_after_its_log_was_flushed(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if not can_trace():
        pytest.skip("not run: strace may not look at processes on this machine")
    environment = {"XUNFANG_DEMO_PASSWORD": PASSWORD}
    pids, log = [], "xunfang.db-wal"
    if engine == "postgres":
        durable: Postgres = request.getfixturevalue("durable_postgres")
        environment["XUNFANG_DATABASE_URL"] = durable.new_database()
        folder = durable.run("SHOW data_directory")
        pids, log = [int(Path(folder, "postmaster.pid").read_text().split()[0])], "pg_wal"
    served = Served(tmp_path, **environment)
    served.run("demo")
    served.start()
    try:
        caller = Caller(served.port, "inspector", PASSWORD)
        items, round_ = new_round(caller)
        caller.push(rounds.answers(caller, round_, items[:2]))
        watched = [pid for root in [*pids, served.pid] for pid in family(root)]
        with traced(watched, tmp_path / "calls.txt") as calls:
            results = caller.push(rounds.answers(caller, round_, items[2:7]))
    finally:
        served.stop()
    assert {result["s"] for result in results} == {"applied"}
    before = calls[: answered(calls)]
    writes = [place for place, call in enumerate(before) if call.is_write and log in call.told]
    flushes = [place for place, call in enumerate(before) if call.is_flush and log in call.told]
    assert writes, "nothing was written to the log"
    assert flushes, "the log was not flushed"
    assert max(flushes) > max(writes), "something was written after the last flush"
