"""Every migration test runs on both engines, each time in a database of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.foundation.database.places import Place


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param == "sqlite":
        yield Place(f"sqlite:///{tmp_path / 'place.db'}")
        return
    server = request.getfixturevalue("postgres")
    url = server.new_database()
    yield Place(url)
    server.drop_database(url)
