"""A phone that cannot send any more is rescued by a file that anyone may carry."""

import hashlib
import json
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest

from backend.app import catalogue
from backend.delivery import deliver
from backend.foundation.evidence.tables import BLOBS
from backend.foundation.identity import accounts
from backend.foundation.identity.commands import HoldPost
from backend.foundation.identity.passwords import Passwords
from backend.foundation.identity.seal import seal_key_in
from backend.foundation.identity.sign_in import SignIn, SigningDevice, sign_in
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.manifest import Command
from backend.foundation.journal.work import Work
from backend.foundation.kernel.ids import new_id
from backend.foundation.kernel.problem import Problem
from backend.foundation.organisation.model import Words
from backend.house import House, build
from backend.serving import opened, prepare
from backend.settings import Settings
from tests.kit.sealing import sealed

SAMPLES = Path(__file__).parents[1] / "foundation" / "identity" / "sealed"
PHOTO = b"\xff\xd8\xff" + b"a picture" * 100


@pytest.fixture
async def house(engine_url: str, tmp_path: Path) -> AsyncIterator[House]:
    settings = Settings(
        database_url=engine_url, store_url=f"file://{tmp_path / 'objects'}", data_dir=tmp_path
    )
    await prepare(settings)
    async with opened(build(settings, catalogue())) as house:
        yield house


async def a_person(house: House) -> str:
    account = await accounts.add(house.journal, Passwords(), username="linlan", name="林岚")
    return account.person_id


def row(person: str, seq: int, op: str = "noop", **more: Any) -> dict[str, Any]:
    clock = {"off": None, "err": None, "age": None, "boot": "page", "mono": 5}
    return {
        "seq": seq,
        "id": new_id(),
        "op": op,
        "v": 1,
        "actor": person,
        "rec": ["noop", new_id()],
        "at": "2026-11-24T01:00:00.000Z",
        "args": {},
        "saw": 0,
        "clk": clock,
        "blobs": [],
        "touches": ["noop:x"],
        "attempts": 3,
        **more,
    }


def contents(person: str, rows: list[dict[str, Any]], blobs: list[Any]) -> bytes:
    made = "2026-11-24T02:00:00.000Z"
    whole = {
        "device": new_id(),
        "person": person,
        "made_at": made,
        "commands": rows,
        "blobs": blobs,
    }
    return json.dumps(whole).encode()


async def test_what_is_inside_arrives_and_a_second_delivery_changes_nothing(house: House) -> None:
    person = await a_person(house)
    digest = hashlib.sha256(PHOTO).hexdigest()
    rows = [row(person, 2, op="nobody.knows"), row(person, 1), row(person, 3)]
    listed = contents(person, rows, [[digest, len(PHOTO), "image/jpeg"]])
    file = sealed(house.seal, [listed, PHOTO])
    first = await deliver(house, file)
    again = await deliver(house, file)
    assert [answer.s for answer in first.answers] == ["applied", "rejected", "applied"]
    assert [answer.s for answer in again.answers] == ["duplicate"] * 3
    assert (first.person, first.photos, first.damaged) == ("林岚", 1, ())
    async with house.database.reading() as tx:
        (blob,) = await BLOBS.load(tx, [digest])
    assert blob.size == len(PHOTO)


async def test_a_photo_that_is_not_what_it_says_is_named_and_the_rest_taken(house: House) -> None:
    person = await a_person(house)
    wrong = "a" * 64
    good = hashlib.sha256(PHOTO).hexdigest()
    blobs = [[wrong, 3, "image/jpeg"], [good, len(PHOTO), "image/jpeg"]]
    done = await deliver(house, sealed(house.seal, [contents(person, [], blobs), b"abc", PHOTO]))
    assert (done.photos, done.damaged) == (1, (wrong,))


async def test_more_than_a_batch_is_taken_in_order(house: House) -> None:
    person = await a_person(house)
    rows = [row(person, seq) for seq in range(1, 231)]
    done = await deliver(house, sealed(house.seal, [contents(person, rows, [])]))
    assert [answer.s for answer in done.answers] == ["applied"] * 230


async def test_a_gap_is_said_and_stops_nothing_that_came_before(house: House) -> None:
    person = await a_person(house)
    rows = [row(person, 1), row(person, 3)]
    done = await deliver(house, sealed(house.seal, [contents(person, rows, [])]))
    assert (len(done.answers), done.expected) == (1, 2)


async def test_somebody_unknown_is_refused(house: House) -> None:
    with pytest.raises(Problem) as refusal:
        await deliver(house, sealed(house.seal, [contents(new_id(), [], [])]))
    assert refusal.value.code == "person_unknown"


class Strange(msgspec.Struct, frozen=True):
    """Asks for something that breaks the server."""


async def breaks(work: Work, asked: Strange, ctx: Context) -> Outcome:
    raise ZeroDivisionError


async def test_a_command_that_breaks_us_is_kept_and_the_rest_taken(house: House) -> None:
    """The phone is dead: nobody is there to take the batch apart and send the rest."""
    person = await a_person(house)
    house.catalogue.commands["toy.breaks"] = Command("toy.breaks", Strange, breaks)
    rows = [row(person, seq, "toy.breaks" if seq == 7 else "noop") for seq in range(1, 12)]
    file = sealed(house.seal, [contents(person, rows, [])])
    done, again = await deliver(house, file), await deliver(house, file)
    said = [(answer.s, answer.code) for answer in done.answers]
    assert said == [("rejected", "escrowed") if n == 7 else ("applied", None) for n in range(1, 12)]
    assert [answer.s for answer in again.answers] == ["duplicate"] * 11
    async with house.database.reading() as tx:
        (kept,) = await tx.tuples("SELECT payload FROM verdict WHERE code = 'escrowed'")
    assert "toy.breaks" in kept[0]


async def test_a_file_from_a_phone_that_nobody_knows_gives_no_rights(house: House) -> None:
    """Anybody may seal a file in a manager's name; their posts must not speak from it."""
    post = HoldPost(post=new_id(), role="admin", title=Words(zh="管理员", en="Admin"))
    boss = await accounts.add(
        house.journal, Passwords(), username="boss", name="何敏", posts=(post,)
    )
    unit = {"code": "1", "name": {"zh": "分行", "en": "Branch"}, "level": "branch"}
    add = {"op": "organisation.add_unit", "rec": ["unit", new_id()], "args": unit}
    rows = [row(boss.person_id, 1, **add)]
    made_up = await deliver(house, sealed(house.seal, [contents(boss.person_id, rows, [])]))
    assert [answer.code for answer in made_up.answers] == ["forbidden"]
    device = SigningDevice(new_id())
    form = SignIn("boss", boss.password, device)
    await sign_in(house.database, Passwords(), house.clock, form, "desk")
    listed = json.loads(contents(boss.person_id, [row(boss.person_id, 1, **add)], []))
    real = json.dumps(listed | {"device": device.id}).encode()
    assert (await deliver(house, sealed(house.seal, [real]))).answers[0].s == "applied"


def test_servers_that_start_together_hand_out_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        keys = list(threads.map(lambda _: seal_key_in(tmp_path).public_text, range(8)))
    assert set(keys) == {seal_key_in(tmp_path).public_text}
    assert [path.name for path in tmp_path.iterdir()] == ["seal.pem"]
    assert (tmp_path / "seal.pem").stat().st_mode & 0o077 == 0


def test_a_file_that_the_phone_sealed_is_opened() -> None:
    """Made by pwa/src/foundation/sealed.ts, so that the two halves cannot drift apart."""
    key = seal_key_in(SAMPLES)
    assert list(key.frames((SAMPLES / "by-the-phone.bin").read_bytes())) == [
        '{"一":1}'.encode(),
        bytes([0, 255, 1, 2]),
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda file: file[:-1], "cut short"),
        (lambda file: file[:-1] + bytes([file[-1] ^ 1]), "changed"),
        (lambda file: b"PK" + file, "no sealed export"),
        (lambda file: file.replace(b'"to":', b'"xx":'), "another server"),
        (lambda file: b"XFEX1\n" + b"{" * 2000, "header"),
        (lambda file: b"XFEX1\n[]\n", "header"),
    ],
)
def test_a_changed_file_is_refused_with_words(change: Any, words: str) -> None:
    key = seal_key_in(SAMPLES)
    file = change((SAMPLES / "by-the-phone.bin").read_bytes())
    with pytest.raises(ValueError, match=words):
        list(key.frames(file))
