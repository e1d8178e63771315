"""Every refusal is a problem with words in both languages, also those the framework gives."""

from typing import Any

import pytest

from tests.api.conftest import Api, session_form

DEEP = b'{"username": ' + b"[" * 100_000


@pytest.mark.parametrize(
    ("method", "path", "more", "status"),
    [
        ("GET", "/v1/nothing", {}, 404),
        ("PUT", "/v1/session", {}, 405),
        ("POST", "/v1/session", {"content": b"no json"}, 400),
        ("POST", "/v1/session", {"content": DEEP}, 400),
        ("POST", "/v1/session", {"json": session_form("ana") | {"device": "none"}}, 422),
        ("POST", "/v1/session", {"json": session_form("ana") | {"more": 1}}, 422),
        ("POST", "/v1/session", {"content": b"x" * 12_000_000}, 413),
        ("GET", "/v1/session", {}, 401),
        ("GET", "/v1/devices", {}, 401),
    ],
)
async def test_a_refusal_has_words_in_both_languages(
    api: Api, method: str, path: str, more: dict[str, Any], status: int
):
    if "content" in more:
        more = more | {"headers": {"content-type": "application/json"}}
    answer = await api.call(method, path, **more)
    body = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, body["status"]) == (status, status), body
    assert body["code"]
    assert body["detail"]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in body["detail_zh"])
