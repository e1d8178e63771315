"""The audit view: every act of administration, who did it to whom and when, and its exports."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from backend.app import catalogue
from tests.api.conftest import Api
from tests.foundation.identity.house import PHONE

AUDIT = "/v1/console/audit"
WORDS = Path(__file__).parents[2] / "pwa/src/shell/people"


async def branch(api: Api) -> str:
    """Some administration by the house and by an administrator, whose token it is."""
    await api.house.person("root", role="admin")
    await api.house.person("ana", role="manager", unit="city")
    root = await api.token("root", device="desk-of-root")
    await api.token("ana")
    api.house.clock.pass_(days=1)
    await api.call("POST", "/v1/console/people/ana/password", root)
    stolen = {"state": "wipe_now", "reason": "=cmd|'/C calc'!A0"}
    await api.call("POST", f"/v1/devices/{PHONE}/state", root, json=stolen)
    api.house.clock.pass_(days=1)
    await api.house.do("identity.suspend_person", ("person", "ana"), reason="left the bank")
    return root


async def told(api: Api, token: str, **query: Any) -> list[str]:
    answer = await api.call("GET", AUDIT, token, params=query)
    assert answer.status_code == 200, answer.text
    return [row["type"].removeprefix("identity.") for row in answer.json()["rows"]]


async def test_each_act_says_who_did_what_to_whom(api: Api):
    root = await branch(api)
    rows = (await api.call("GET", AUDIT, root)).json()["rows"]
    suspended, stopped, given = rows[:3]
    assert (suspended["type"], suspended["values"]) == (
        "identity.PersonSuspended",
        {"person": "ana", "reason": "left the bank"},
    )
    assert (suspended["actor_name"], suspended["about_name"]) == ("Xunfang", "ana")
    assert (stopped["rec"], stopped["about_name"], stopped["actor"]) == (
        ["device", PHONE],
        "Phone",
        "root",
    )
    assert stopped["values"]["reason"] == "=cmd|'/C calc'!A0"
    assert given["values"] == {"person": "ana", "one_time": True}
    assert given["received_at"] == "2026-11-25T01:00:00.000Z"
    assert [row["seq"] for row in rows] == sorted((row["seq"] for row in rows), reverse=True)


async def test_each_filter_leaves_what_it_names(api: Api):
    root = await branch(api)
    acts = ["DeviceStateSet", "PasswordSet"]
    assert await told(api, root, actor="root") == acts
    assert await told(api, root, kind="device", about=PHONE) == ["DeviceStateSet"]
    assert await told(api, root, since="2026-11-25", until="2026-11-25") == acts
    assert await told(api, root, since="2026-11-26") == ["PersonSuspended"]
    kinds = ["identity.PersonSuspended", "identity.DeviceStateSet"]
    assert await told(api, root, type=kinds) == ["PersonSuspended", "DeviceStateSet"]
    assert await told(api, root, about="ana", until="2026-11-24") == [
        "PasswordSet",
        "PostHeld",
        "PersonAdded",
    ]
    assert await told(api, root, actor="nobody") == []


async def test_the_list_comes_in_pages_without_gap_or_double(api: Api):
    root = await branch(api)
    whole, pages, cursor = await told(api, root, limit=200), list[str](), None
    while True:
        query = {"limit": 3} | ({"cursor": cursor} if cursor else {})
        page = (await api.call("GET", AUDIT, root, params=query)).json()
        pages += [row["type"].removeprefix("identity.") for row in page["rows"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert pages == whole
    assert len(pages) > 6


async def test_an_export_holds_all_and_computes_nothing(api: Api):
    root = await branch(api)
    answer = await api.call("GET", f"{AUDIT}.csv", root, params={"language": "en"})
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert lines[0][:4] == ["When", "Who", "For", "What"]
    assert len(lines) - 1 == len(await told(api, root, limit=200))
    assert lines[1][:6] == [
        "2026-11-26 09:00:00",
        "Xunfang",
        "",
        "identity.PersonSuspended",
        "person",
        "ana",
    ]
    assert all(cell[:1] not in ("=", "+", "-", "@") for line in lines for cell in line)
    book = await api.call("GET", f"{AUDIT}.xlsx", root, params={"kind": "device"})
    assert (book.status_code, book.content[:2]) == (200, b"PK")


async def test_what_a_deputy_did_stands_there_with_both_names(api: Api):
    """The secretary is away; whoever stands in sets the working days in their name."""
    root = await branch(api)
    await api.house.person("sun", role="secretariat", unit="city")
    await api.house.person("qian", role="inspector", line="retail")
    days = {"first_day": "2026-11-26", "last_day": "2026-11-27", "reason": "leave"}
    rec = ("deputy", "one")
    await api.house.do("identity.appoint_deputy", rec, person="sun", deputy="qian", **days)
    deputy = await api.house.access.actor_of("qian", "qian-phone")
    assert deputy is not None
    calendar = ("calendar", "2026")
    await api.house.journal.command(
        "organisation.set_calendar_days", calendar, {"days": {}}, actor=deputy
    )
    (row,) = (await api.call("GET", AUDIT, root, params={"for_person": "sun"})).json()["rows"]
    assert (row["actor_name"], row["for_name"]) == ("qian", "sun")
    assert row["rec"] == ["calendar", "2026"]
    (made,) = (await api.call("GET", AUDIT, root, params={"kind": "deputy"})).json()["rows"]
    assert (made["type"], made["about_name"]) == ("identity.DeputyAppointed", "sun")
    assert made["for_person"] is None


@pytest.mark.parametrize("path", [AUDIT, f"{AUDIT}.csv", f"{AUDIT}.xlsx"])
async def test_the_officer_reads_it_too_and_nobody_else(api: Api, path: str):
    await api.house.person("dee", role="dpo")
    await api.house.person("ben", role="manager", unit="city")
    assert (await api.call("GET", path, await api.token("dee"))).status_code == 200
    refused = await api.call("GET", path, await api.token("ben"))
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize(
    "query",
    [{"since": "x"}, {"until": "9999-99-99"}, {"cursor": "x"}, {"type": "a b"}, {"limit": 0}],
)
async def test_a_filter_that_means_nothing_is_refused(api: Api, query: dict[str, Any]):
    root = await branch(api)
    assert (await api.call("GET", AUDIT, root, params=query)).status_code == 422


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_act_has_its_words(language: str) -> None:
    """Whoever reads the list is shown no name of a class."""
    packages = ("identity.", "organisation.", "checklists.")
    others = {"checklists.FindingRaised"}
    acts = {name for name in catalogue().fact_names.values() if name.startswith(packages)} - others
    acts |= {f"privacy.{one}" for one in ("NoticePublished", "NoticeRetired", "RecordHeld")}
    acts.add("privacy.HoldReleased")
    told = (WORDS / f"words.{language}.ts").read_text("utf-8")
    said = (WORDS / "said.ts").read_text("utf-8")  # both tongues, one after the other
    told += said.partition("const en")[2 if language == "en" else 0]
    assert {name for name in acts if f"'{name}'" not in told} == set()
