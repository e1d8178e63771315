"""The administrator's desk over HTTP: the list of people, and passwords that are told once."""

from typing import Any

import msgspec
import pytest

from backend.foundation.identity import devices
from backend.foundation.identity.devices import Contact, Unsent
from tests.api.conftest import Api, session_form
from tests.foundation.identity.house import PASSWORD, PHONE

PEOPLE = "/v1/console/people"
OWN = "a password of my own"


async def desk(api: Api) -> str:
    """An administrator's token."""
    await api.house.person("root", role="admin")
    return await api.token("root", device="desk-of-root")


async def names(api: Api, token: str, **query: Any) -> list[str]:
    answer = await api.call("GET", PEOPLE, token, params=query)
    assert answer.status_code == 200, answer.text
    return [row["username"] for row in answer.json()["rows"]]


async def given(api: Api, token: str, person: str) -> dict[str, Any]:
    answer = await api.call("POST", f"{PEOPLE}/{person}/password", token)
    assert answer.status_code == 201, answer.text
    assert answer.headers["cache-control"] == "no-store"
    return answer.json()


async def sign_in(api: Api, password: str, **more: Any) -> Any:
    return await api.call("POST", "/v1/session", json=session_form("ana", password, **more))


async def test_the_list_says_what_somebody_does_and_what_their_devices_hold(api: Api):
    root = await desk(api)
    await api.house.person("ana", role="inspector", outlet="lake", line="service")
    await api.token("ana")
    held = Contact(unsent=Unsent(commands=3, photos=2), build=7)
    async with api.house.database.unit_of_work() as tx:
        await devices.note_contact(tx, PHONE, "ana", held, api.house.clock.now())
    answer = await api.call("GET", PEOPLE, root, params={"q": "an"})
    assert answer.json() == {
        "rows": [
            {
                "id": "ana",
                "username": "ana",
                "name": "ana",
                "active": True,
                "password": "own",
                "devices": 1,
                "unsent": 5,
                "last_contact_at": "2026-11-24T01:00:00.000Z",
                "posts": [
                    {
                        "id": "ana-post",
                        "role": "inspector",
                        "unit": None,
                        "outlet": "lake",
                        "line": "service",
                        "title": {"zh": "岗位", "en": "Post"},
                        "held_from": "2026-11-24",
                        "held_to": None,
                        "is_held": True,
                    }
                ],
            }
        ],
        "next": None,
    }


async def test_the_list_is_narrowed_by_what_somebody_holds_today(api: Api):
    root = await desk(api)
    await api.house.person("ana", role="inspector", outlet="lake", line="service")
    await api.house.post("ana", "later", role="manager", unit="city", held_from="2027-01-01")
    await api.house.person("ben", role="manager", unit="city")
    await api.house.do("identity.add_person", ("person", "eve"), username="eve", name="100%_!")
    await api.house.do("identity.suspend_person", ("person", "ben"), reason="left")
    assert await names(api, root) == ["ana", "ben", "eve", "root"]
    assert await names(api, root, role="manager") == ["ben"]
    assert await names(api, root, outlet="lake", line="service") == ["ana"]
    assert await names(api, root, role="inspector", unit="city") == []
    assert await names(api, root, state="suspended") == ["ben"]
    assert await names(api, root, state="no_password") == ["eve"]
    assert await names(api, root, state="active") == ["ana", "eve", "root"]
    assert await names(api, root, q="0%_!") == ["eve"]
    assert await names(api, root, q="E%") == []
    for part in ("", "a\0b", "a\nb", "a" * 121):
        answer = await api.call("GET", PEOPLE, root, params={"q": part})
        assert (answer.status_code, answer.json()["code"]) == (422, "args_invalid"), part


async def test_the_list_comes_in_pages(api: Api):
    root = await desk(api)
    for name in ("ana", "ben", "eve"):
        await api.house.do("identity.add_person", ("person", name), username=name, name=name)
    first = (await api.call("GET", PEOPLE, root, params={"limit": 2})).json()
    assert ([row["id"] for row in first["rows"]], first["next"]) == (["ana", "ben"], "ben")
    rest = (await api.call("GET", PEOPLE, root, params={"cursor": "ben"})).json()
    assert ([row["id"] for row in rest["rows"]], rest["next"]) == (["eve", "root"], None)


@pytest.mark.parametrize("query", [{"role": "king"}, {"limit": 0}, {"state": "x"}, {"cursor": "'"}])
async def test_a_filter_that_means_nothing_is_refused(api: Api, query: dict[str, Any]):
    answer = await api.call("GET", PEOPLE, await desk(api), params=query)
    assert answer.status_code == 422


@pytest.mark.parametrize("role", ["manager", "secretariat", "dpo"])
async def test_the_desk_is_for_administrators_alone(api: Api, role: str):
    await api.house.person("ben", role=role)
    ben = await api.token("ben")
    for method, path in (("GET", ""), ("GET", "/ben"), ("POST", "/ana/password")):
        answer = await api.call(method, PEOPLE + path, ben)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), path


async def test_somebody_unknown_is_not_found(api: Api):
    root = await desk(api)
    for method, path in (("GET", "/nobody"), ("POST", "/nobody/password")):
        answer = await api.call(method, PEOPLE + path, root)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_a_forgotten_password_is_exchanged_before_anything_opens(api: Api):
    await api.house.person("ana")
    before = await api.token("ana")
    root = await desk(api)
    api.house.clock.pass_(seconds=1)
    told = await given(api, root, "ana")
    assert (told["person"], told["username"]) == ("ana", "ana")
    assert told["valid_until"] == "2026-12-01T01:00:01.000Z"
    assert (await api.call("GET", "/v1/session", before)).status_code == 401
    assert (await sign_in(api, PASSWORD)).json()["code"] == "sign_in_failed"
    for _ in range(6):  # the right password is no wrong try
        refused = await sign_in(api, told["password"])
        assert (refused.status_code, refused.json()["code"]) == (403, "password_one_time")
    for _ in range(6):
        weak = await sign_in(api, told["password"], new_password="short")
        assert weak.json()["code"] == "password_weak"
    same = await sign_in(api, told["password"], new_password=told["password"])
    assert same.json()["code"] == "password_same"
    opened = await sign_in(api, told["password"], new_password=OWN)
    assert opened.status_code == 201, opened.text
    assert (await api.call("GET", "/v1/session", opened.json()["token"])).status_code == 200
    assert (await sign_in(api, told["password"])).json()["code"] == "sign_in_failed"
    assert (await sign_in(api, OWN)).status_code == 201


async def test_a_new_person_gets_in_by_a_password_that_is_told_once(api: Api):
    root = await desk(api)
    await api.house.do("identity.add_person", ("person", "ana"), username="ana", name="Ana")
    assert await names(api, root, state="no_password") == ["ana"]
    told = await given(api, root, "ana")
    row = (await api.call("GET", f"{PEOPLE}/ana", root)).json()["person"]
    assert row["password"] == "one_time"
    assert (await sign_in(api, told["password"], new_password=OWN)).status_code == 201
    row = (await api.call("GET", f"{PEOPLE}/ana", root)).json()["person"]
    assert row["password"] == "own"


async def test_a_one_time_password_lapses_after_a_week(api: Api):
    root = await desk(api)
    await api.house.person("ana")
    told = await given(api, root, "ana")
    api.house.clock.pass_(days=7)
    lapsed = await sign_in(api, told["password"], new_password=OWN)
    assert (lapsed.status_code, lapsed.json()["code"]) == (403, "password_lapsed")
    assert (await sign_in(api, "a guess")).json()["code"] == "sign_in_failed"
    row = (await api.call("GET", f"{PEOPLE}/ana", root)).json()["person"]
    assert row["password"] == "lapsed"


async def test_a_one_time_password_ends_the_wait_after_wrong_tries(api: Api):
    root = await desk(api)
    await api.house.person("ana")
    for _ in range(5):
        await sign_in(api, "a guess")
    waits = await sign_in(api, PASSWORD)
    assert (waits.status_code, waits.headers["retry-after"]) == (429, "1")
    told = await given(api, root, "ana")
    assert (await sign_in(api, told["password"], new_password=OWN)).status_code == 201


async def test_an_ordinary_password_may_be_changed_while_signing_in(api: Api):
    await api.house.person("ana")
    assert (await sign_in(api, "wrong", new_password=OWN)).json()["code"] == "sign_in_failed"
    api.house.clock.pass_(seconds=1)
    assert (await sign_in(api, PASSWORD, new_password=OWN)).status_code == 201
    assert (await sign_in(api, PASSWORD)).json()["code"] == "sign_in_failed"


async def test_an_administrator_changes_the_own_password_with_the_old_one(api: Api):
    answer = await api.call("POST", f"{PEOPLE}/root/password", await desk(api))
    assert (answer.status_code, answer.json()["code"]) == (409, "own_password")


async def test_a_password_that_was_given_is_kept_nowhere_in_clear(api: Api, caplog: Any):
    caplog.set_level("DEBUG")
    root = await desk(api)
    await api.house.person("ana")
    secret = (await given(api, root, "ana"))["password"]
    await sign_in(api, secret)
    await sign_in(api, secret, new_password="short")
    async with api.house.database.reading() as tx:
        kept: list[Any] = []
        for table in ("verdict", "fact", "fact_personal", "record", "credential", "job", "notice"):
            kept += await tx.fetch(f"SELECT * FROM {table}")
    assert secret not in msgspec.json.encode(kept).decode()
    assert secret not in caplog.text
