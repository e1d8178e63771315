"""What goes into escrow is kept as it came, except for what nobody may keep."""

import base64
from typing import Any

import msgspec
import pytest

from backend.foundation.kernel.ids import new_id
from tests.api.conftest import Api
from tests.kit.sealing import sealed_text

NUMBER = "11010519491231002X"


def raw_of(command: Any) -> bytes:
    return msgspec.json.encode(command)


async def kept(api: Api, raw: bytes) -> bytes:
    """The bytes as the journal keeps them after the phone put them into escrow."""
    token = await api.token("ana")
    asked = {"req": "r1", "seq": 1, "id": new_id(), "op": "toy.do"}
    body = asked | {"raw": base64.b64encode(raw).decode()}
    answer = await api.call("POST", "/v1/sync/escrow", token, json=body)
    assert answer.status_code == 200, answer.text
    assert answer.json()["results"][0]["code"] == "escrowed"
    async with api.house.database.reading() as tx:
        rows = await tx.tuples("SELECT payload FROM verdict WHERE code = 'escrowed'")
    return base64.b64decode(msgspec.json.decode(rows[0][0])["args"]["raw"])


@pytest.mark.parametrize("raw", [raw_of({"note": "门口有积水"}), b'{"note": \xff\x00', b"xfs1"])
async def test_bytes_in_escrow_are_kept_as_they_came(api: Api, raw: bytes):
    await api.house.person("ana")
    assert await kept(api, raw) == raw


@pytest.mark.parametrize("cut", [0, 2])
async def test_a_secret_or_a_number_in_escrow_is_not_kept(api: Api, cut: int):
    """Also when the command was cut short, so that nobody can read it as one."""
    await api.house.person("ana")
    secret = sealed_text(b"407193")
    raw = raw_of({"pin": secret, "note": f"证件 {NUMBER}", "day": "2026-11-24"})
    left = await kept(api, raw[: len(raw) - cut])
    assert secret.encode() not in left
    assert NUMBER.encode() not in left
    assert b"2026-11-24" in left
