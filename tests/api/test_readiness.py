"""Ready means that this server can do its work; each thing that is missing is named."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from backend.api import readiness
from backend.app import create_app
from backend.serving import prepare
from backend.settings import Settings
from media.store import StoreUnreachable


class Server:
    """The application, and what its own question says."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.house = app.state.house

    async def asked(self) -> tuple[int, dict[str, str]]:
        transport = httpx.ASGITransport(cast(Any, self.app))
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            answer = await client.get("/readyz")
            assert (await client.get("/healthz")).status_code == 200
        return answer.status_code, answer.json().get("missing", {})


@pytest.fixture
async def server(
    engine_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Server]:
    monkeypatch.setattr(readiness, "GOOD_SECONDS", 0)
    settings = Settings(engine_url, f"file://{tmp_path / 'objects'}", tmp_path)
    await prepare(settings)
    app = create_app(settings, worker=False)
    async with app.lifespan():
        yield Server(app)


async def test_a_whole_house_is_ready(server: Server):
    assert await server.asked() == (200, {})


async def test_a_store_that_does_not_answer_is_named_and_its_words_are_not(
    server: Server, monkeypatch: pytest.MonkeyPatch
):
    async def away() -> None:
        raise StoreUnreachable("https://user:password@store")

    monkeypatch.setattr(server.house.store, "look", away)
    assert await server.asked() == (503, {"store": "StoreUnreachable"})
    monkeypatch.undo()


async def test_another_key_than_phones_were_told_is_named(server: Server):
    kept = server.house.settings.data_dir / "seal.pem"
    text = kept.read_text()
    kept.write_text("no key")
    status, missing = await server.asked()
    assert (status, list(missing)) == (503, ["key"])
    assert kept.read_text() == "no key", "looking makes no key"
    kept.unlink()
    assert (await server.asked())[0] == 503
    assert not kept.exists()
    kept.write_text(text)
    assert (await server.asked())[0] == 200


async def test_a_folder_that_is_gone_is_named(server: Server):
    staging = server.house.staging.root
    staging.rename(staging.with_name("elsewhere"))
    status, missing = await server.asked()
    assert (status, list(missing)) == (503, ["staging"])
    staging.with_name("elsewhere").rename(staging)


async def test_tables_of_an_older_or_newer_version_are_named(server: Server):
    async with server.house.database.unit_of_work() as tx:
        rows = await tx.tuples("SELECT MAX(name) FROM migration")
        await tx.run("UPDATE migration SET name = 'from-next-year' WHERE name = ?", rows[0][0])
    status, missing = await server.asked()
    assert status == 503
    assert rows[0][0] in missing["database"]
    async with server.house.database.unit_of_work() as tx:
        await tx.run(
            "INSERT INTO migration (name, app_name, ran_on) "
            "SELECT ?, app_name, ran_on FROM migration LIMIT 1",
            rows[0][0],
        )
    assert await server.asked() == (
        503,
        {"database": "the database is of a newer version than this process"},
    )


async def test_a_database_that_is_away_is_named(server: Server):
    await server.house.database.close()
    status, missing = await server.asked()
    assert status == 503
    assert "database" in missing


async def test_who_was_told_to_end_is_not_ready_but_alive(server: Server):
    server.house.leaving.set()
    assert await server.asked() == (503, {"process": "it was told to end"})


async def test_what_was_found_counts_for_a_moment(server: Server, monkeypatch: pytest.MonkeyPatch):
    """The proxy asks every two seconds, and anybody inside may ask as well."""
    monkeypatch.setattr(readiness, "GOOD_SECONDS", 60)
    assert (await server.asked())[0] == 200
    (server.house.settings.data_dir / "seal.pem").unlink()
    assert (await server.asked())[0] == 200
