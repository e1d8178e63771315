"""Signing in over HTTP: tokens, cookies, foreign pages, and what a stopped phone may still do."""

from typing import Any

import pytest

from backend.foundation.database.transaction import Busy
from backend.foundation.identity import devices
from backend.foundation.identity.devices import Contact, Unsent
from tests.api.conftest import HOST, Api, session_form
from tests.foundation.identity.house import PASSWORD, PHONE


async def test_signing_in_tells_who_one_is_and_where_one_may_act(api: Api):
    await api.house.person("ana", role="inspector", outlet="lake", line="service")
    answer = await api.call("POST", "/v1/session", json=session_form("ana"))
    assert answer.status_code == 201
    told = answer.json()
    assert told["person"] == {
        "id": "ana",
        "name": "ana",
        "username": "ana",
        "roles": ["inspector"],
        "posts": [
            {
                "role": "inspector",
                "unit": None,
                "outlet": "lake",
                "line": "service",
                "title": {"zh": "岗位", "en": "Post"},
                "held_from": "2026-11-24",
                "held_to": None,
            }
        ],
    }
    assert told["device"] == {"id": PHONE, "state": "active"}
    assert told["expires_at"] == "2027-02-22T01:00:00.000Z"
    who = await api.call("GET", "/v1/session", told["token"])
    assert who.json() == {key: told[key] for key in ("person", "device", "expires_at")}
    assert answer.headers["cache-control"] == "no-store"


async def test_the_browsers_cookie_is_out_of_reach_of_scripts(api: Api):
    await api.house.person("ana")
    answer = await api.call("POST", "/v1/session", json=session_form("ana"))
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith("xunfang_session=")
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie
    assert "secure" not in cookie


@pytest.mark.parametrize(
    ("scheme", "headers"), [("https", {}), ("http", {"x-forwarded-proto": "https"})]
)
async def test_over_https_the_cookie_never_travels_in_the_open(
    api: Api, scheme: str, headers: dict[str, str]
):
    await api.house.person("ana")
    async with api.client(scheme, **headers) as client:
        answer = await client.post("/v1/session", json=session_form("ana"))
    assert "secure" in answer.headers["set-cookie"].lower()


async def test_a_browser_stays_signed_in_by_its_cookie_alone(api: Api):
    await api.house.person("ana")
    async with api.client() as browser:
        await browser.post("/v1/session", json=session_form("ana"))
        who = await browser.get("/v1/session")
        assert who.json()["person"]["username"] == "ana"
        assert "xunfang_session=" in who.headers["set-cookie"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "https://["},
        {"origin": f"http://{HOST}.evil.example"},
        {"sec-fetch-site": "cross-site"},
    ],
)
async def test_a_foreign_page_cannot_change_anything_with_the_cookie(
    api: Api, headers: dict[str, str]
):
    await api.house.person("ana")
    async with api.client() as browser:
        await browser.post("/v1/session", json=session_form("ana"))
        answer = await browser.delete("/v1/session", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "origin_refused")
        assert (await browser.get("/v1/session")).status_code == 200


@pytest.mark.parametrize(
    "headers", [{"origin": f"http://{HOST}"}, {"sec-fetch-site": "same-origin"}]
)
async def test_our_own_page_may(api: Api, headers: dict[str, str]):
    await api.house.person("ana")
    async with api.client() as browser:
        await browser.post("/v1/session", json=session_form("ana"))
        answer = await browser.delete("/v1/session", headers=headers)
        assert answer.status_code == 204
        assert (await browser.get("/v1/session")).status_code == 401


async def test_a_foreign_page_cannot_sign_a_browser_in_as_somebody_else(api: Api):
    await api.house.person("mallory")
    foreign = {"origin": "https://evil.example"}
    answer = await api.call("POST", "/v1/session", json=session_form("mallory"), headers=foreign)
    assert (answer.status_code, answer.json()["code"]) == (403, "origin_refused")


async def test_a_bearer_token_wins_over_a_cookie(api: Api):
    """A tool that kept the cookie of one person must not act for them with another's token."""
    await api.house.person("ana")
    await api.house.person("ben")
    ben = await api.token("ben", device="phone-of-ben")
    async with api.client() as client:
        await client.post("/v1/session", json=session_form("ana"))
        who = await client.get("/v1/session", headers={"authorization": f"Bearer {ben}"})
        assert who.json()["person"]["username"] == "ben"
        for other in ("Basic YW5hOng=", "Bearer", "Bearer wrong"):
            refused = await client.get("/v1/session", headers={"authorization": other})
            assert (refused.status_code, refused.json()["code"]) == (401, "session_unknown")


async def test_a_broken_cookie_is_no_cookie(api: Api):
    for cookie in ("xunfang_session", "xunfang_session=;;;=", 'a="; xunfang_session=x'):
        answer = await api.call("GET", "/v1/session", headers={"cookie": cookie})
        assert answer.json()["code"] == "session_unknown"


async def test_without_signing_in_nothing_is_told(api: Api):
    for method, path in (
        ("GET", "/v1/session"),
        ("DELETE", "/v1/session"),
        ("GET", "/v1/devices"),
        ("POST", f"/v1/devices/{PHONE}/revoke"),
        ("GET", "/v1/console/devices"),
    ):
        answer = await api.call(method, path)
        assert answer.status_code == 401
        assert answer.headers["content-type"].startswith("application/problem+json")
        problem = answer.json()
        assert problem["code"] == "session_unknown"
        assert problem["detail_zh"]


async def test_a_token_used_from_another_device_is_refused(api: Api):
    await api.house.person("ana")
    token = await api.token("ana")
    answer = await api.call("GET", "/v1/session", token, headers={"device-id": PHONE})
    assert answer.status_code == 200
    answer = await api.call("GET", "/v1/session", token, headers={"device-id": "other-device"})
    assert (answer.status_code, answer.json()["code"]) == (401, "device_mismatch")


async def test_a_wrong_password_is_told_in_both_languages(api: Api):
    await api.house.person("ana")
    answer = await api.call("POST", "/v1/session", json=session_form("ana", "wrong"))
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["cls"]) == (
        401,
        "sign_in_failed",
        "needs_person",
    )
    assert problem["detail"].startswith("User name or password")
    assert problem["detail_zh"].startswith("用户名或密码")


async def test_too_many_tries_say_when_to_come_back(api: Api):
    await api.house.person("ana")
    for _ in range(5):
        await api.call("POST", "/v1/session", json=session_form("ana", "wrong"))
    answer = await api.call("POST", "/v1/session", json=session_form("ana"))
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_tries")
    assert answer.headers["retry-after"] == "1"
    assert answer.json()["facts"] == {"retry_after": 1}


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"username": "ana", "password": PASSWORD},
        session_form("ana", colour="red"),
        session_form(""),
        session_form("ana", "x" * 201),
        session_form("ana") | {"device": {"id": "x"}},
        session_form("ana") | {"device": {"id": "spaces are not ids"}},
        session_form("ana\x00"),
        session_form("ana") | {"device": {"id": PHONE, "name": "a\x00b"}},
        session_form("ana", delegate_upload="yes"),
    ],
)
async def test_a_form_that_cannot_be_read_is_refused_with_its_field(api: Api, form: Any):
    await api.house.person("ana")
    answer = await api.call("POST", "/v1/session", json=form)
    assert (answer.status_code, answer.json()["code"]) == (422, "args_invalid")


async def test_a_body_that_is_no_json_is_refused(api: Api):
    answer = await api.call(
        "POST", "/v1/session", content=b"{", headers={"content-type": "application/json"}
    )
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"].startswith("application/problem+json")


async def test_a_database_held_by_somebody_else_asks_to_come_back(
    api: Api, monkeypatch: pytest.MonkeyPatch
):
    """A backup holds the file; the phone must try again and not be told of a mistake."""

    def held() -> None:
        raise Busy("database is locked")

    await api.house.person("ana")
    token = await api.token("ana")
    monkeypatch.setattr(api.installation.database, "unit_of_work", held)
    answer = await api.call("DELETE", "/v1/session", token)
    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert answer.headers["retry-after"] == "5"


async def test_signing_out_ends_the_session_at_once(api: Api):
    await api.house.person("ana")
    token = await api.token("ana")
    assert (await api.call("GET", "/v1/session", token)).status_code == 200
    assert (await api.call("DELETE", "/v1/session", token)).status_code == 204
    assert (await api.call("GET", "/v1/session", token)).status_code == 401


async def test_a_lost_phone_is_cut_off_from_another_device(api: Api):
    await api.house.person("ana")
    lost = await api.token("ana", device="lost-phone")
    desk = await api.token("ana", device="desk-of-ana")
    listed = (await api.call("GET", "/v1/devices", desk)).json()
    assert listed["current"] == "desk-of-ana"
    assert {device["id"]: device["signed_in"] for device in listed["devices"]} == {
        "lost-phone": True,
        "desk-of-ana": True,
    }
    answer = await api.call("POST", "/v1/devices/lost-phone/revoke", desk)
    assert answer.json() == {"ended": 1}
    assert (await api.call("GET", "/v1/session", lost)).status_code == 401
    listed = (await api.call("GET", "/v1/devices", desk)).json()["devices"]
    assert {device["id"]: device["signed_in"] for device in listed}["lost-phone"] is False


async def test_revoking_takes_back_the_leave_to_hand_over(api: Api):
    await api.house.person("ana")
    await api.house.person("ben")
    await api.token("ana", device="shared-tablet")
    desk = await api.token("ana", device="desk-of-ana")
    ben = await api.house.access.of_token(await api.token("ben", device="shared-tablet"))
    assert await api.house.access.delegated(ben, "ana")
    await api.call("POST", "/v1/devices/shared-tablet/revoke", desk)
    assert await api.house.access.delegated(ben, "ana") is None


async def test_nobody_cuts_off_a_colleague_but_an_administrator_does(api: Api):
    await api.house.person("ana")
    await api.house.person("ben", role="manager", unit="city")
    await api.house.person("root", role="admin")
    ana = await api.token("ana")
    ben = await api.token("ben", device="phone-of-ben")
    root = await api.token("root", device="desk-of-root")
    refused = await api.call("POST", f"/v1/devices/{PHONE}/revoke", ben)
    assert (refused.status_code, refused.json()["code"]) == (404, "device_unknown")
    stolen = {"state": "wipe_now", "reason": "stolen"}
    refused = await api.call("POST", f"/v1/devices/{PHONE}/state", ben, json=stolen)
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert (await api.call("GET", "/v1/session", ana)).status_code == 200
    assert (await api.call("POST", f"/v1/devices/{PHONE}/revoke", root)).json() == {"ended": 1}
    assert (await api.call("GET", "/v1/session", ana)).status_code == 401
    missing = await api.call("POST", "/v1/devices/nowhere/revoke", root)
    assert missing.json()["code"] == "device_unknown"


async def test_a_stopped_device_learns_its_state_and_gets_nothing_else(api: Api):
    await api.house.person("ana", role="manager", unit="city")
    await api.house.person("root", role="admin")
    ana, root = await api.token("ana"), await api.token("root", device="desk-of-root")
    for state in ("suspended", "wipe_after_push", "wipe_now"):
        path = f"/v1/devices/{PHONE}/state"
        answer = await api.call("POST", path, root, json={"state": state, "reason": "lost"})
        assert answer.json() == {"id": PHONE, "state": state}
        who = await api.call("GET", "/v1/session", ana)
        assert (who.json()["device"]["state"], who.json()["person"]["roles"]) == (
            state,
            [],
        )
        refused = await api.call("GET", "/v1/console/devices", ana)
        assert (refused.status_code, refused.json()["code"]) == (403, "device_stopped")
    for said in (
        {"state": "melted", "reason": "x"},
        {"state": "active"},
        {"state": "active", "reason": ""},
    ):
        assert (await api.call("POST", path, root, json=said)).status_code == 422
    found = {"state": "active", "reason": "found"}
    missing = await api.call("POST", "/v1/devices/nowhere-at-all/state", root, json=found)
    assert missing.json()["code"] == "device_unknown"
    own = await api.call("POST", "/v1/devices/desk-of-root/state", root, json=found)
    assert (own.status_code, own.json()["code"]) == (409, "own_device")


async def test_a_suspended_person_keeps_a_session_that_can_only_hand_over(api: Api):
    await api.house.person("ana", role="manager", unit="city")
    token = await api.token("ana")
    await api.house.do("identity.suspend_person", ("person", "ana"), reason="left")
    await api.house.access.settled()
    who = await api.call("GET", "/v1/session", token)
    assert (who.json()["device"]["state"], who.json()["person"]["roles"]) == ("suspended", [])
    assert (await api.call("GET", "/v1/devices", token)).json()["code"] == "device_stopped"


async def test_a_new_password_ends_the_other_devices_and_keeps_this_one(api: Api):
    await api.house.person("ana")
    other = await api.token("ana", device="other-phone")
    token = await api.token("ana")
    path = "/v1/session/password"
    weak = await api.call("POST", path, token, json={"old": PASSWORD, "new": "short"})
    assert weak.json()["code"] == "password_weak"
    same = await api.call("POST", path, token, json={"old": PASSWORD, "new": PASSWORD})
    assert (same.status_code, same.json()["code"]) == (422, "password_same")
    wrong = await api.call("POST", path, token, json={"old": "wrong", "new": "long enough"})
    assert (wrong.status_code, wrong.json()["code"]) == (403, "password_old_wrong")
    assert (await api.call("GET", "/v1/session", token)).status_code == 200
    api.house.clock.pass_(seconds=1)
    changed = await api.call("POST", path, token, json={"old": PASSWORD, "new": "long enough"})
    assert changed.status_code == 201
    assert (await api.call("GET", "/v1/session", other)).status_code == 401
    assert (await api.call("GET", "/v1/session", changed.json()["token"])).status_code == 200
    old = await api.call("POST", "/v1/session", json=session_form("ana"))
    assert old.json()["code"] == "sign_in_failed"


async def test_a_manager_sees_whose_phones_still_hold_work_and_only_of_their_own_people(api: Api):
    await api.house.person("max", role="manager", outlet="lake", line="service")
    await api.house.person("ana", role="inspector", outlet="lake", line="service")
    await api.house.person("ben", role="inspector", outlet="lake", line="service")
    await api.house.person("far", role="inspector", outlet="gate", line="service")
    for name in ("ana", "ben", "far"):
        await api.token(name, device=f"phone-of-{name}")
    contact = Contact(unsent=Unsent(14, 41, 12_582_912, "2026-11-24T00:50:00.000Z"))
    async with api.house.database.unit_of_work() as tx:
        await devices.note_contact(tx, "phone-of-ben", "ben", contact, api.house.clock.now())
    manager = await api.token("max", device="desk-of-max")
    answer = (await api.call("GET", "/v1/console/devices", manager)).json()
    seen = [row["person"]["name"] for row in answer["waiting"]]
    assert (seen[0], set(seen)) == ("ben", {"ben", "ana", "max"})
    assert answer["waiting"][0]["device"]["unsent"] == {
        "commands": 14,
        "photos": 41,
        "bytes": 12_582_912,
        "oldest_at": "2026-11-24T00:50:00.000Z",
    }
    assert answer["more"] is False
    refused = await api.call("GET", "/v1/console/devices", await api.token("far"))
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")


async def test_an_administrator_sees_every_phone(api: Api):
    await api.house.person("root", role="admin")
    await api.house.person("ana")
    await api.token("ana")
    root = await api.token("root", device="desk-of-root")
    answer = (await api.call("GET", "/v1/console/devices", root)).json()
    assert {row["person"]["id"] for row in answer["waiting"]} == {"ana", "root"}


async def test_guesses_at_the_old_password_wait_and_say_how_long(api: Api):
    """A phone left unlocked on a desk must not become the place to guess its password."""
    await api.house.person("ana")
    token, path = await api.token("ana"), "/v1/session/password"
    for _ in range(5):
        wrong = await api.call("POST", path, token, json={"old": "wrong", "new": "long enough"})
        assert wrong.json()["code"] == "password_old_wrong"
    waits = await api.call("POST", path, token, json={"old": PASSWORD, "new": "long enough"})
    assert (waits.status_code, waits.json()["code"]) == (429, "too_many_tries")
    assert waits.json()["facts"]["retry_after"] == int(waits.headers["retry-after"]) == 1
    assert (await api.call("GET", "/v1/session", token)).status_code == 200
    api.house.clock.pass_(seconds=2)
    changed = await api.call("POST", path, token, json={"old": PASSWORD, "new": "long enough"})
    assert changed.status_code == 201
