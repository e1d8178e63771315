"""A device that an administrator stops: what it may hand over, what it is told, what is kept."""

from typing import Any

import msgspec
import pytest

from backend.foundation.kernel.ids import new_id
from tests.api.conftest import Api
from tests.foundation.identity.house import PHONE, words

STOPPED = ("suspended", "wipe_after_push", "wipe_now")


async def desk(api: Api) -> str:
    await api.house.person("root", role="admin")
    return await api.token("root", device="desk-of-root")


async def stop(api: Api, root: str, state: str, reason: str = "left in a taxi") -> None:
    said = {"state": state, "reason": reason}
    answer = await api.call("POST", f"/v1/devices/{PHONE}/state", root, json=said)
    assert answer.status_code == 200, answer.text


async def facts(api: Api, type: str) -> list[tuple[str, dict[str, Any]]]:
    async with api.house.database.reading() as tx:
        rows = await tx.fetch("SELECT * FROM fact WHERE type = ? ORDER BY seq", type)
    return [(row["actor_id"], msgspec.json.decode(row["payload"])["values"]) for row in rows]


def pushed(seq: int) -> dict[str, Any]:
    unit = {"code": f"9{seq}", "name": words("新支行"), "level": "sub_branch", "parent": "city"}
    command = {
        "id": new_id(),
        "seq": seq,
        "op": "organisation.add_unit",
        "rec": ["unit", f"new-{seq}"],
        "at": "2026-11-24T01:00:00.000Z",
        "args": unit,
    }
    return {"req": "1", "commands": [command]}


@pytest.mark.parametrize("state", STOPPED)
async def test_what_a_stopped_device_hands_over_is_kept_and_decides_nothing(api: Api, state: str):
    """SYNC 3.6: the pull stops, the push is accepted into quarantine."""
    await api.house.person("ana", role="admin")
    ana, root = await api.token("ana"), await desk(api)
    before = await api.call("POST", "/v1/sync/push", ana, json=pushed(1))
    assert before.json()["results"][0]["s"] == "applied"
    await stop(api, root, state)
    kept = await api.call("POST", "/v1/sync/push", ana, json=pushed(2))
    assert (kept.status_code, kept.json()["device_state"]) == (200, state)
    (verdict,) = kept.json()["results"]
    assert (verdict["s"], verdict["code"], kept.json()["last_seq"]) == ("rejected", "forbidden", 2)
    async with api.house.database.reading() as tx:
        rows = await tx.tuples("SELECT payload FROM verdict WHERE id = ?", verdict["id"])
    assert "新支行" in rows[0][0]
    pulled = (
        await api.call("POST", "/v1/sync/pull", ana, json={"req": "2", "scopes": {"org": 0}})
    ).json()
    assert (pulled["scopes"], pulled["drop"], pulled["add"]) == ({}, [], [])
    assert pulled["device_state"] == state
    said = (await api.call("POST", "/v1/sync/hello", ana, json={"req": "3", "proto": [1]})).json()
    assert (said["device_state"], said["scopes"]) == (state, [])


async def test_a_device_that_was_found_again_works_on(api: Api):
    await api.house.person("ana", role="admin")
    ana, root = await api.token("ana"), await desk(api)
    await stop(api, root, "suspended")
    await stop(api, root, "active", "found again")
    answer = await api.call("POST", "/v1/sync/push", ana, json=pushed(1))
    assert answer.json()["results"][0]["s"] == "applied"
    told = await facts(api, "identity.DeviceStateSet")
    assert [(by, values["state"]) for by, values in told] == [
        ("root", "suspended"),
        ("root", "active"),
    ]


async def test_the_desk_shows_who_stopped_a_device_and_what_it_held(api: Api):
    await api.house.person("ana")
    ana, root = await api.token("ana"), await desk(api)
    hello = {"req": "1", "proto": [1], "build": 41, "unsent": {"commands": 2, "photos": 1}}
    await api.call("POST", "/v1/sync/hello", ana, json=hello | {"storage": {"free": 5}})
    api.house.clock.pass_(minutes=5)
    await stop(api, root, "wipe_after_push")
    (shown,) = (await api.call("GET", "/v1/console/people/ana", root)).json()["devices"]
    device = shown.pop("device")
    assert shown == {
        "free_bytes": 5,
        "state_reason": "left in a taxi",
        "state_by": "root",
        "state_at": "2026-11-24T01:05:00.000Z",
        "erased_at": None,
        "erased_unsent": None,
    }
    assert (device["id"], device["state"], device["build"]) == (PHONE, "wipe_after_push", 41)
    assert (device["unsent"]["commands"], device["unsent"]["photos"]) == (2, 1)
    assert device["last_contact_at"] == "2026-11-24T01:00:00.000Z"


async def test_a_device_says_last_that_it_erased_itself(api: Api):
    await api.house.person("ana")
    ana, root = await api.token("ana"), await desk(api)
    early = await api.call("POST", "/v1/session/erased", ana, json={"unsent": 0})
    assert (early.status_code, early.json()["code"]) == (409, "not_ordered")
    await stop(api, root, "suspended")
    early = await api.call("POST", "/v1/session/erased", ana, json={})
    assert early.json()["code"] == "not_ordered"
    await stop(api, root, "wipe_now")
    done = await api.call("POST", "/v1/session/erased", ana, json={"unsent": 3})
    assert done.status_code == 204
    assert (await api.call("GET", "/v1/session", ana)).status_code == 401
    (shown,) = (await api.call("GET", "/v1/console/people/ana", root)).json()["devices"]
    assert (shown["erased_at"], shown["erased_unsent"]) == ("2026-11-24T01:00:00.000Z", 3)
    assert await facts(api, "identity.DeviceErased") == [("ana", {"device": PHONE, "unsent": 3})]


async def test_nobody_reports_another_device_as_erased(api: Api):
    await api.house.person("ana", role="admin")
    await api.token("ana")
    root = await desk(api)
    await stop(api, root, "wipe_now")
    command = pushed(1)
    command["commands"][0] |= {
        "op": "identity.confirm_erased",
        "rec": ["device", PHONE],
        "args": {},
    }
    answer = await api.call("POST", "/v1/sync/push", root, json=command)
    assert answer.json()["results"][0]["code"] == "forbidden"


@pytest.mark.parametrize(
    ("op", "args"),
    [("set_device_state", {"state": "active", "reason": "x"}), ("end_sessions", {})],
)
async def test_orders_about_devices_are_given_by_administrators(
    api: Api, op: str, args: dict[str, Any]
):
    await api.house.person("ben", role="manager", unit="city")
    await api.house.person("ana")
    await api.token("ana")
    root, ben = await desk(api), await api.token("ben", device="phone-of-ben")

    async def told(token: str, seq: int, rec: list[str]) -> str:
        command = pushed(seq)
        command["commands"][0] |= {"op": f"identity.{op}", "rec": rec, "args": args}
        (answer,) = (await api.call("POST", "/v1/sync/push", token, json=command)).json()["results"]
        return answer.get("code", answer["s"])

    assert await told(ben, 1, ["device", PHONE]) == "forbidden"
    assert await told(root, 1, ["device", "desk-of-root"]) == "own_device"
    assert await told(root, 2, ["device", "nowhere-at-all"]) == "device_unknown"
    assert await told(root, 3, ["person", "ana"]) == "args_invalid"
    assert await told(root, 4, ["device", PHONE]) == "applied"


async def test_signing_everybody_out_on_a_device_leaves_a_fact(api: Api):
    await api.house.person("ana")
    ana, root = await api.token("ana"), await desk(api)
    answer = await api.call("POST", f"/v1/devices/{PHONE}/revoke", root)
    assert answer.json() == {"ended": 1}
    assert (await api.call("GET", "/v1/session", ana)).status_code == 401
    told = await facts(api, "identity.SessionsEnded")
    assert [(by, values["people"]) for by, values in told] == [("root", ["ana"])]
