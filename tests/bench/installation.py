"""Demo branches on real servers. The demo is played once per engine; who measures gets a copy."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.caller import Caller
from tests.bench.processor import cpu_seconds
from tests.kit.served import Served
from tests.kit.services.postgres import Postgres, running_postgres

PASSWORD = "a bench has no secrets"
ENGINES = (("sqlite", "SQLite"), ("postgres", "PostgreSQL"))


@dataclass
class Installation:
    """The running server, and PostgreSQL beside it where that is the engine."""

    engine: str
    served: Served
    postgres: Postgres | None
    postgres_pid: int | None

    def caller(self, username: str) -> Caller:
        """This person on a device of their own."""
        return Caller(self.served.port, username, PASSWORD)

    def cpu(self) -> tuple[float, float]:
        """Seconds used so far by the server and by PostgreSQL."""
        beside = cpu_seconds(self.postgres_pid) if self.postgres_pid else 0.0
        return cpu_seconds(self.served.pid), beside

    def cpu_since(self, before: tuple[float, float]) -> tuple[float, float]:
        """Seconds used since then by the server and by PostgreSQL."""
        server, database = self.cpu()
        return server - before[0], database - before[1]

    def ask(self, sql: str) -> str:
        """What PostgreSQL says about this installation's database."""
        assert self.postgres is not None, "SQLite is not asked"
        return self.postgres.run(
            sql, self.served.environment["XUNFANG_DATABASE_URL"].rsplit("/")[-1]
        )


class Ground:
    """Where installations are laid out; all of it is gone when the block of `ground` ends."""

    def __init__(self, stack: contextlib.ExitStack) -> None:
        self._stack = stack
        self.folder = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="xunfang-bench-"))
        )
        self._played: dict[str, Served] = {}
        self._postgres: Postgres | None = None

    @contextlib.contextmanager
    def installation(self, engine: str) -> Iterator[Installation]:
        """A fresh demo branch, served until the block ends."""
        played = self._play(engine)
        folder = Path(tempfile.mkdtemp(prefix=f"{engine}-", dir=self.folder)) / "var"
        shutil.copytree(played.folder, folder)
        environment = {"XUNFANG_DEMO_PASSWORD": PASSWORD}
        if engine == "postgres":
            template = played.environment["XUNFANG_DATABASE_URL"].rsplit("/", 1)[1]
            environment["XUNFANG_DATABASE_URL"] = self.postgres.new_database(template)
        served = Served(folder, **environment).start()
        try:
            beside = self.postgres if engine == "postgres" else None
            yield Installation(engine, served, beside, _pid_of(beside) if beside else None)
        finally:
            # The folder stays until all is measured: for minutes after files were deleted, ext4
            # searches long for a free inode whenever one is made, a fifth of an upload's price.
            served.stop()

    @property
    def postgres(self) -> Postgres:
        """One cluster for all of them; it flushes as production does."""
        if self._postgres is None:
            self._postgres = self._stack.enter_context(running_postgres(durable=True))
        return self._postgres

    def _play(self, engine: str) -> Served:
        if engine not in self._played:
            environment = {"XUNFANG_DEMO_PASSWORD": PASSWORD}
            if engine == "postgres":
                environment["XUNFANG_DATABASE_URL"] = self.postgres.new_database()
            served = Served(self.folder / f"played-{engine}", **environment)
            served.run("demo")
            self._played[engine] = served
        return self._played[engine]


@contextlib.contextmanager
def ground() -> Iterator[Ground]:
    """For as long as something is measured."""
    with contextlib.ExitStack() as stack:
        yield Ground(stack)


def _pid_of(postgres: Postgres) -> int:
    """The postmaster: the one whose children are the server's sessions."""
    folder = postgres.run("SHOW data_directory")
    return int(Path(folder, "postmaster.pid").read_text().split()[0])
