"""The lists of the officer: who reads them, what they filter, and that no page skips a row."""

import csv
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from backend.api import privacy
from backend.foundation.kernel.ids import new_id
from backend.foundation.privacy.reading.monthly import safe
from tests.foundation.evidence.conftest import digest
from tests.foundation.privacy.care import ADDRESS, PHOTOS
from tests.foundation.privacy.conftest import Office, fixed
from tests.foundation.privacy.desk import Desk

SIGNATURE = digest(b"a signature on glass")
LISTS = ("consents", "withdrawals", "retention", "certificates", "holds")


@pytest.fixture
async def desk(office: Office, tmp_path: Path) -> AsyncIterator[Desk]:
    made = Desk(office, tmp_path)
    yield made
    await made.house.sandbox.close()
    await made.house.store.close()


@pytest.mark.parametrize("who", ["admin", "manager", "head", "outreach", "inspector"])
async def test_nobody_but_the_officer_reads_any_of_it(desk: Desk, who: str) -> None:
    for name in LISTS:
        assert (await desk.call(name, who)).json()["code"] == "forbidden"
    for name in ("months", "months.csv"):
        answer = await desk.call(name, who, month="2026-11")
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert len(privacy.ROUTES) == len(LISTS) + 2


async def test_the_register_has_a_row_for_each_purpose_in_every_state(
    office: Office, desk: Desk
) -> None:
    until = "2026-11-26T01:00:00.000Z"
    await office.consent(answers=[{"purpose": PHOTOS, "given": False}], valid_until=until)
    office.clock.pass_(days=1)
    await office.consent(answers=[{"purpose": ADDRESS, "given": True}], valid_until=until)
    office.clock.pass_(days=1)
    rec = await office.consent()
    await office.withdraw(rec, purposes=[PHOTOS])
    office.clock.pass_(minutes=1)
    rows = await desk.rows("consents")
    assert [(row["purpose"], row["state"]) for row in rows] == [
        (PHOTOS, "withdrawn"),
        (ADDRESS, "given"),
        (ADDRESS, "expired"),
        (PHOTOS, "refused"),
    ]
    assert rows[0]["parent"] == list(office.call)
    assert rows[0]["notice"] == office.notice
    for state in ("given", "refused", "withdrawn", "expired"):
        assert [row["state"] for row in await desk.rows("consents", state=state)] == [state]
    assert len(await desk.rows("consents", purpose=PHOTOS)) == 2
    assert len(await desk.rows("consents", outlet="o1", parent_kind="call")) == 4
    assert await desk.rows("consents", outlet="o2") == []
    assert await desk.rows("consents", parent_kind="event") == []
    assert len(await desk.rows("consents", since="2026-11-25", until="2026-11-25")) == 1


async def test_a_withdrawal_shows_its_certificate_or_that_nobody_answered(
    office: Office, desk: Desk
) -> None:
    rec = await office.consent()
    await office.withdraw(rec, channel="letter", asked_by="agent", staff=fixed("head"))
    rows = await desk.rows("withdrawals")
    assert {row["purpose"] for row in rows} == {ADDRESS, PHOTOS}
    assert {row["channel"] for row in rows} == {"letter"}
    assert {row["staff"] for row in rows} == {fixed("head")}
    assert all(row["certificate"] for row in rows)
    assert await desk.rows("withdrawals", state="unanswered") == []
    async with office.journal.database.unit_of_work() as tx:
        await tx.run("DELETE FROM certificate")
    assert len(await desk.rows("withdrawals", state="unanswered")) == 2


async def test_the_board_shows_what_is_due_held_ended_and_unanswered(
    office: Office, desk: Desk
) -> None:
    held = office.call
    await office.hold()
    calls: list[tuple[str, str]] = [("call", new_id()) for _ in range(3)]
    for number, call in enumerate(calls):
        told = {"address": "x", "outlet": "o2", "since": f"2026-11-0{number + 1}"}
        await office.do("outreach", "care.begin", call, told)
    rows = await desk.rows("retention", klass="care_year")
    assert [row["due_on"] for row in rows] == [
        "2027-11-01",
        "2027-11-02",
        "2027-11-03",
        "2027-11-24",
    ]
    assert [row["held"] for row in rows] == [False, False, False, True]
    assert rows[0]["days_left"] == 342
    (row,) = await desk.rows("retention", klass="care_year", state="held")
    assert row["parent"] == list(held)
    assert len(await desk.rows("retention", state="kept", outlet="o2")) == 6
    due = await desk.rows("retention", since="2027-11-02", until="2027-11-03")
    assert len(due) == 2
    office.clock.pass_(days=343)
    office.call = calls[0]
    await office.expire()
    (row,) = await desk.rows("retention", state="ended", klass="care_year")
    assert (row["unanswered"], row["held"], row["days_left"]) == (False, False, 0)
    async with office.journal.database.unit_of_work() as tx:
        await tx.run("UPDATE privacy_retention SET certificate = NULL")
    assert len(await desk.rows("retention", state="unanswered")) >= 1


async def test_a_broken_promise_is_seen(office: Office, desk: Desk) -> None:
    await office.withdraw(await office.consent())
    assert [row["overdue"] for row in await desk.rows("certificates")] == [False]
    office.clock.pass_(days=15)
    assert await desk.rows("certificates", state="overdue") == []
    office.clock.pass_(seconds=1)
    (row,) = await desk.rows("certificates", state="overdue")
    assert row["overdue"] is True
    assert row["certificate"]["digests"] == [SIGNATURE]
    assert row["certificate"]["parent"] == list(office.call)
    assert len(await desk.rows("certificates", state="ordered")) == 1
    await office.erased(SIGNATURE)
    (row,) = await desk.rows("certificates", state="done", rule=f"{ADDRESS}:{PHOTOS}")
    assert row["overdue"] is False


async def test_the_promise_counts_from_when_the_person_asked(office: Office, desk: Desk) -> None:
    """A branch without signal took it down three weeks ago: that is late, and is shown so."""
    rec = await office.consent()
    asked = office.at()
    office.clock.pass_(days=21)
    told = {"channel": "branch", "asked_by": "person"}
    await office.do("head", "privacy.withdraw", rec, told, at=asked)
    (row,) = await desk.rows("certificates", state="overdue")
    assert row["certificate"]["erase_by"] == "2026-12-09T01:00:00.000Z"
    assert {one["withdrawn_at"] for one in await desk.rows("withdrawals")} == {asked}
    assert {one["recorded_at"] for one in await desk.rows("withdrawals")} == {office.at()}


async def test_holds_say_who_and_why(office: Office, desk: Desk) -> None:
    _, rec = await office.hold()
    (row,) = await desk.rows("holds", state="held")
    assert (row["id"], row["hold"]["by"], row["hold"]["why"]) == (
        rec[1],
        fixed("dpo"),
        "法院来函",
    )
    assert row["hold"]["parent"] == list(office.call)
    await office.do("dpo", "privacy.release", rec, {"why": "已结"})
    assert await desk.rows("holds", state="held") == []
    assert [row["hold"]["released_why"] for row in await desk.rows("holds")] == ["已结"]
    assert len(await desk.rows("holds", state="released", parent_kind="call")) == 1


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("consents", {"state": "missing"}),
        ("consents", {"purpose": "a b"}),
        ("consents", {"since": "yesterday"}),
        ("retention", {"until": "2026-13-01"}),
        ("retention", {"state": "lost"}),
        ("certificates", {"state": "lost"}),
        ("holds", {"state": "lost"}),
        ("withdrawals", {"state": "lost"}),
        ("consents", {"cursor": "x"}),
        ("consents", {"cursor": f"a|{'b' * 300}"}),
        ("consents", {"limit": 0}),
        ("months", {}),
        ("months", {"month": "2026-13"}),
        ("months.csv", {"month": "2026-11", "language": "fr"}),
    ],
)
async def test_a_wrong_question_is_told_so(desk: Desk, path: str, query: dict[str, Any]) -> None:
    answer = await desk.call(path, **query)
    assert answer.status_code in (400, 422), answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")


async def test_the_monthly_list_counts_what_it_names(office: Office, desk: Desk) -> None:
    """One call erased in November, one sealed, one held, one overdue, one due in December."""
    await office.withdraw(await office.consent())
    office.call = ("call", new_id())
    told = {"address": "x", "since": "2025-12-08"}
    await office.do("outreach", "care.begin", office.call, told)
    await office.erased(SIGNATURE)
    held = ("call", new_id())
    office.call = held
    await office.do("outreach", "care.begin", held, {"address": "=1+1", "since": "2024-11-01"})
    await office.hold()
    await office.withdraw(await office.consent())
    month = (await desk.call("months", month="2026-11")).json()
    counts = {part["name"]: part["count"] for part in month["parts"]}
    assert counts == {
        "erased": 1,
        "sealed": 1,
        "held": 1,
        "due": 1,
        "overdue": 0,
        "unanswered": 0,
    }
    for part in month["parts"]:
        assert len(part["rows"]) == part["count"]
    (due,) = next(part["rows"] for part in month["parts"] if part["name"] == "due")
    assert (due["at"], due["rule"], due["cause"]) == ("2026-12-08", "care_year", "erase")
    for language, first in (("zh", "类别"), ("en", "Part")):
        answer = await desk.call("months.csv", month="2026-11", language=language)
        assert answer.headers["content-type"].startswith("text/csv")
        assert answer.headers["cache-control"] == "no-store"
        text = answer.content.decode("utf-8-sig")
        assert answer.content.startswith(b"\xef\xbb\xbf")
        lines = list(csv.reader(io.StringIO(text)))
        assert lines[0][0] == first
        assert len(lines) == 1 + sum(counts.values())
    other = (await desk.call("months", month="2026-12")).json()
    assert {part["name"]: part["count"] for part in other["parts"]}["erased"] == 0


async def test_a_list_that_is_too_long_says_so(
    office: Office, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.foundation.privacy.reading.monthly.MONTH_ROWS_MAX", 1)
    for why in ("甲", "乙"):
        await office.hold(why)
    text = (await desk.call("months.csv", month="2026-11", language="en")).text
    assert text.splitlines()[-1] == "The list is longer; these are the first 1 lines"
    assert len(text.splitlines()) == 3


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start: str) -> None:
    assert safe(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"
    assert safe("call") == "call"
    assert safe(3) == 3
