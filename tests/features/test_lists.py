"""A list of the console is the same by time alone and in strands: whoever sees little of a large
bank waits no longer for it, and is shown nothing else."""

from collections.abc import Iterator
from typing import Any

import pytest

from backend.features.inspections.views import reading as round_reading
from backend.features.rectifications.views import reading as case_reading
from backend.foundation.identity.listing import FEW, line_within_reach, strands_within_reach
from backend.foundation.kernel.actor import Actor, Grant
from tests.features.front import Front
from tests.features.stage import Stage

READERS = ("chen_jie", "sun_yue", "wang_fang", "qian_hao", "he_ping")
QUERIES: tuple[dict[str, Any], ...] = (
    {},
    {"line": "service"},
    {"line": "security"},
    {"state": ["submitted", "closed"]},
    {"overdue": "false"},
    {"since": "2026-11-25"},
)


async def _listed(front: Front, who: str, path: str, query: dict[str, Any]) -> list[str]:
    found: list[str] = []
    page: dict[str, Any] = {"next": None}
    while True:
        more = {"cursor": page["next"]} if page["next"] else {}
        page = await front.get(who, f"/v1/console/{path}", limit=2, **query, **more)
        found += [row["id"] for row in page["rows"]]
        if page["next"] is None:
            return found


async def _all(front: Front) -> dict[Any, list[str]]:
    return {
        (who, path, number): await _listed(front, who, path, query)
        for who in READERS
        for path in ("rounds", "cases")
        for number, query in enumerate(QUERIES)
    }


async def test_every_reader_is_shown_the_same_in_strands_and_by_time(
    stage: Stage, front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        await stage.case()
        await stage.round("ana")
        stage.clock.pass_(days=1)
    braided = await _all(front)
    for module in (round_reading, case_reading):
        monkeypatch.setattr(module, "strands_within_reach", lambda *_: [])
    assert await _all(front) == braided
    assert len(braided["wang_fang", "cases", 0]) == 3
    assert set(braided["wang_fang", "rounds", 5]) < set(braided["wang_fang", "rounds", 0])


def _grants(*posts: tuple[str | None, str | None]) -> Actor:
    grants = tuple(Grant(role="manager", outlet=outlet, line=line) for outlet, line in posts)
    return Actor(id="p", name="何敏", grants=grants)


def _cases() -> Iterator[tuple[str, Actor, str | None, list[tuple[str, list[Any]]]]]:
    everywhere = _grants((None, None))
    yield "everything is walked by time", everywhere, None, []
    yield "one line of everything has an index", everywhere, "a", []
    lines = _grants((None, "a"), (None, "b"))
    yield "a strand for each line", lines, None, [("line = ?", ["a"]), ("line = ?", ["b"])]
    yield "a line that is followed everywhere has an index", lines, "a", []
    head = _grants(("o", None))
    yield "a strand for each outlet", head, None, [("outlet = ?", ["o"])]
    yield "one line of the outlet", head, "a", [("outlet = ?", ["o"])]
    mixed = _grants((None, "a"), ("o", "a"), ("o", "b"), ("p", "a"))
    among = "outlet = ? AND line IN (SELECT value FROM json_each(?))"
    yield "nothing twice", mixed, None, [("line = ?", ["a"]), (among, ["o", '["a", "b"]'])]
    yield "of one line, the outlets that have it", mixed, "b", [(among, ["o", '["a", "b"]'])]
    many = _grants(*((f"o{number}", None) for number in range(FEW + 1)))
    yield "many outlets are walked by time", many, None, []
    teller = Actor(id="p", name="何敏", grants=(Grant(role="inspector", outlet="o", line=None),))
    yield "no desk", teller, None, []


class Sqlite:
    dialect = "sqlite"


@pytest.mark.parametrize(("name", "actor", "of_line", "strands"), list(_cases()))
def test_strands_follow_the_posts(
    name: str, actor: Actor, of_line: str | None, strands: list[tuple[str, list[Any]]]
) -> None:
    assert strands_within_reach(Sqlite(), actor, of_line) == strands, name  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("posts", "lines"),
    [
        ([("o", "a"), ("p", "a")], ("a",)),
        ([(None, "a"), (None, "b")], ()),
        ([("o", None)], ()),
        ([("o", None), ("p", "a")], ()),
        ([], ()),
    ],
)
def test_one_line_is_named_in_a_search_where_it_is_the_only_one(
    posts: list[tuple[str | None, str | None]], lines: tuple[str, ...]
) -> None:
    assert line_within_reach(_grants(*posts)) == lines
