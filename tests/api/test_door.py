"""What every call passes first: its id, its line in the log, and who it really comes from."""

import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from httpx import ASGITransport, AsyncClient
from prometheus_client import REGISTRY

from backend.api.door import behind_the_door
from backend.settings import Settings
from backend.watching.lines import JsonLines
from tests.api.conftest import HOST, Api, session_form

PROXY = "10.89.7.2"
FREE = 50  # wrong sign-ins of one address


@asynccontextmanager
async def client(
    api: Api, *, peer: str = PROXY, scheme: str = "http", **settings: Any
) -> AsyncIterator[AsyncClient]:
    """A client whose packets come from `peer`."""
    told = msgspec.structs.replace(api.installation.settings, **settings)
    app = cast(Any, behind_the_door(api.app, told))
    transport = ASGITransport(app, raise_app_exceptions=False, client=(peer, 4711))
    async with AsyncClient(transport=transport, base_url=f"{scheme}://{HOST}") as one:
        yield one


async def test_the_callers_id_is_told_back_and_stands_in_the_refusal(api: Api):
    async with client(api) as one:
        answer = await one.get("/v1/session", headers={"X-Request-Id": "phone-17.a_b"})
    assert answer.headers["x-request-id"] == "phone-17.a_b"
    assert answer.json()["request_id"] == "phone-17.a_b"
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("given", ["", "a b", "-x", "a" * 65, 'x"}\r\n', "张三", "1,2"])
async def test_what_is_no_id_is_replaced_by_one_of_ours(api: Api, given: str):
    headers = {"X-Request-Id": given.encode()} if given else {}
    async with client(api) as one:
        answer = await one.get("/v1/session", headers=cast(Any, headers))
    id = answer.headers["x-request-id"]
    assert len(id) == 36
    assert answer.json()["request_id"] == id


async def test_a_call_leaves_one_line_that_names_nobody(api: Api, caplog: pytest.LogCaptureFixture):
    await api.house.person("ana")
    with caplog.at_level(logging.INFO, logger="xunfang"):
        async with client(api, peer="192.0.2.77") as one:
            await one.post("/v1/session?token=secret1", json=session_form("ana"))
            await one.get("/v1/unknown/0198c0de-1111-7000-8000-000000000000?q=secret2")
    lines = [json.loads(JsonLines().format(record)) for record in caplog.records
             if record.name.startswith("xunfang")]  # fmt: skip
    calls = [line for line in lines if line["message"] == "call"]
    assert [(one["method"], one["route"], one["status"]) for one in calls] == [
        ("POST", "/v1/session", "201"),
        ("GET", "none", "404"),
    ]
    whole = json.dumps(lines)
    for personal in ("secret", "ana", "192.0.2.77", "0198c0de"):
        assert personal not in whole


async def test_a_call_is_counted_under_its_route_and_never_under_its_path(api: Api):
    labels = {"method": "GET", "route": "/v1/session", "status": "401"}
    before = REGISTRY.get_sample_value("xunfang_requests_total", labels) or 0
    async with client(api) as one:
        await one.get("/v1/session")
        await one.request("PROPFIND", "/v1/session")
    assert REGISTRY.get_sample_value("xunfang_requests_total", labels) == before + 1
    told = {sample.labels["method"] for family in REGISTRY.collect() for sample in family.samples
            if family.name == "xunfang_requests"}  # fmt: skip
    assert "PROPFIND" not in told


async def wrong(one: AsyncClient, number: int, **headers: str) -> int:
    """The status of a sign-in as somebody whom nobody knows."""
    form = session_form(f"nobody{number}", "wrong")
    return (await one.post("/v1/session", json=form, headers=headers)).status_code


async def test_behind_a_configured_proxy_each_caller_is_counted_by_itself(api: Api):
    async with client(api, proxies=(PROXY,)) as one:
        for number in range(FREE):
            assert await wrong(one, number, **{"X-Forwarded-For": "198.51.100.7"}) == 401
        assert await wrong(one, 900, **{"X-Forwarded-For": "198.51.100.7"}) == 429
        assert await wrong(one, 901, **{"X-Forwarded-For": "198.51.100.8"}) == 401
        # What the caller claims stands before what the proxy adds, and is not believed.
        lied = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}
        assert await wrong(one, 902, **lied) == 429


async def test_whoever_is_no_configured_proxy_cannot_say_for_whom_it_asks(api: Api):
    async with client(api, peer="192.0.2.1", proxies=(PROXY,)) as one:
        for number in range(FREE):
            forged = {"X-Forwarded-For": f"198.51.100.{number}"}
            assert await wrong(one, number, **forged) == 401
        assert await wrong(one, 900, **{"X-Forwarded-For": "203.0.113.1"}) == 429


async def test_without_a_configured_proxy_loopback_is_believed_as_little_as_anybody(
    api: Api, caplog: pytest.LogCaptureFixture
):
    async with client(api, peer="127.0.0.1") as one:
        for number in range(FREE):
            forged = {"X-Forwarded-For": f"198.51.100.{number}"}
            assert await wrong(one, number, **forged) == 401
        assert await wrong(one, 900) == 429
    warned = [record for record in caplog.records if "XUNFANG_PROXIES" in record.getMessage()]
    assert len(warned) == 1


@pytest.mark.parametrize(
    ("scheme", "proto", "peer", "told"),
    [
        ("https", None, "192.0.2.1", True),
        ("http", None, "192.0.2.1", False),
        ("http", "https", PROXY, True),
        ("http", "https", "192.0.2.1", False),
    ],
)
async def test_browsers_are_told_to_stay_with_https_only_over_https(
    api: Api, scheme: str, proto: str | None, peer: str, told: bool
):
    headers = {"X-Forwarded-Proto": proto} if proto else {}
    settings: dict[str, Any] = {"hsts_seconds": 600, "proxies": (PROXY,)}
    async with client(api, peer=peer, scheme=scheme, **settings) as one:
        answer = await one.get("/v1/session", headers=headers)
    assert answer.headers.get("strict-transport-security") == ("max-age=600" if told else None)


async def test_without_the_setting_nothing_is_said_of_https(api: Api):
    async with client(api, scheme="https") as one:
        answer = await one.get("/v1/session")
    assert "strict-transport-security" not in answer.headers


async def test_behind_a_proxy_with_https_the_cookie_never_travels_in_the_open(api: Api):
    await api.house.person("ana")
    async with client(api, proxies=(PROXY,)) as one:
        headers = {"X-Forwarded-Proto": "https"}
        answer = await one.post("/v1/session", json=session_form("ana"), headers=headers)
    assert "secure" in answer.headers["set-cookie"].lower()


def test_settings_without_any_environment_trust_and_tell_nobody():
    settings = Settings("sqlite:///x.db", "file:///x", Path())
    assert (settings.proxies, settings.hsts_seconds, settings.metrics) == ((), 0, None)
