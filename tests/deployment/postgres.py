"""PostgreSQL as compose.yaml starts its image: user, password, locale and options from there."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.kit.services import postgres
from tests.kit.services.daemon import daemon, temporary_folder

Ask = Callable[[str], str]


@contextmanager
def running_database(service: dict[str, Any]) -> Iterator[Ask]:
    """Yields what asks it: one statement, and what psql prints. Listens on every address of the
    namespace that this is called in."""
    told = service["environment"]
    account = postgres.unprivileged_account()
    user, password = told["POSTGRES_USER"], told["POSTGRES_PASSWORD"]
    with temporary_folder(owner=account.pw_uid if account else None) as folder:
        as_whom: dict[str, Any] = {"user": account.pw_name, "extra_groups": []} if account else {}
        secret = folder / "password"
        secret.write_text(password)
        secret.chmod(0o644)
        options = told["POSTGRES_INITDB_ARGS"].split()
        making = [postgres.required("initdb"), "-D", folder / "data", "-U", user, *options]
        subprocess.run(
            [*making, "-A", "scram-sha-256", "-N", f"--pwfile={secret}"],
            check=True, stdout=subprocess.DEVNULL, cwd="/", **as_whom,
        )  # fmt: skip
        with (folder / "data/pg_hba.conf").open("a") as access:
            access.write("host all all samenet scram-sha-256\n")

        def ask(sql: str, database: str = told["POSTGRES_DB"]) -> str:
            url = f"postgresql://{user}:{password}@127.0.0.1:5432/{database}"
            words = [postgres.required("psql"), "-X", "-q", "-t", "-A", "-d", url, "-c", sql]
            done = subprocess.run(words, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                raise RuntimeError(done.stderr)
            return done.stdout.strip()

        assert service["command"][0] == "postgres"
        here = ["-c", "listen_addresses=*", "-c", "unix_socket_directories=", "-c", "fsync=off"]
        with daemon(
            [postgres.required("postgres"), "-D", folder / "data", *service["command"][1:], *here],
            log=folder / "postgres.log",
            ready=lambda: _answers(ask),
            user=account.pw_name if account else None,
        ):
            ask(f"CREATE DATABASE {told['POSTGRES_DB']}", "postgres")
            yield ask


def _answers(ask: Callable[..., str]) -> bool:
    try:
        return ask("SELECT 1", "postgres") == "1"
    except RuntimeError:
        return False
