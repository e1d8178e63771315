"""No full identity or card number is kept, wherever somebody writes one; and the scan that says so
finds one wherever it is put."""

import io
import logging
import zipfile
from pathlib import Path

import boto3
import msgspec
import pytest
from botocore.config import Config

from backend.app import catalogue
from backend.foundation.identity.model import Role
from backend.foundation.journal.envelope import Envelope
from backend.foundation.kernel.actor import SYSTEM_ROLE, Actor, Grant
from backend.foundation.kernel.ids import new_id
from backend.foundation.kernel.personal_numbers import is_card, is_identity
from tests.kit import numbers
from tests.kit.planting import planted
from tests.kit.services.radosgw import Bucket
from tests.kit.world import Phone, journal_on, opened

IDENTITY = "11010519491231002X"
CARD = "6222021234567890128"
WRITTEN = (  # as people type them
    f"证件号{IDENTITY}，本人持有",
    "1101 0519 4912 3100 2x",
    "１１０１０５１９４９１２３１００２Ｘ",
    "6222-0212-3456-7890-128",
    IDENTITY.lower(),
)
CATALOGUE = catalogue()
EVERYBODY = Actor(
    new_id(), "何敏", tuple(Grant(role) for role in (*Role.__args__, SYSTEM_ROLE)), new_id()
)


def test_the_fakes_are_realistic() -> None:
    assert is_identity(IDENTITY)
    assert is_card(CARD)
    assert all(numbers.in_text(text, "here") for text in WRITTEN)


def test_there_are_many_places_to_write_in() -> None:
    """A new command brings its own places by itself."""
    places = {op: len(list(planted(c.asked, "甲"))) for op, c in CATALOGUE.commands.items()}
    assert sum(places.values()) > 80
    assert places["inspections.set_answer"] >= 3
    assert places["checklists.publish_template"] > 10
    assert places["privacy.publish_notice"] >= 5
    assert places["privacy.hold"] >= 1


async def test_written_anywhere_it_is_refused_and_nowhere_kept(
    engine_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    tried = 0
    async with opened(engine_url, CATALOGUE.manifests) as database:
        phone = Phone(journal_on(database, *CATALOGUE.manifests), EVERYBODY)
        with caplog.at_level(logging.DEBUG):
            for op, command in CATALOGUE.commands.items():
                asked = [
                    phone.ask(op, ("record", new_id()), args)
                    for text in WRITTEN
                    for args in planted(command.asked, text)
                ]
                for start in range(0, len(asked), 50):
                    result = await phone.push(*asked[start : start + 50])
                    codes = {answer.code for answer in result.answers}
                    assert codes == {"personal_number"}, (op, codes)
                    tried += len(result.answers)
        assert tried > 300
        assert await numbers.in_database(database) == []
    assert numbers.in_text(caplog.text, "the log") == []
    assert numbers.in_folder(tmp_path) == []


@pytest.mark.parametrize("text", WRITTEN)
async def test_what_no_command_could_read_is_masked_all_the_same(
    engine_url: str, text: str
) -> None:
    """An unknown command, a misspelt field, arguments that are no object: kept for a person to look
    at, and without the number."""
    async with opened(engine_url, CATALOGUE.manifests) as database:
        phone = Phone(journal_on(database, *CATALOGUE.manifests), EVERYBODY)
        rec = ("record", new_id())
        asked: list[Envelope] = [
            phone.ask("visits.no_such_thing", rec, {"note": text}),
            phone.ask("privacy.hold", rec, {"parent": ["round", "r1"], "whye": text}),
            phone.ask("privacy.hold", rec, [text]),
            phone.ask("privacy.hold", rec, text),
            phone.ask("noop", rec, {"note": text}, actor=new_id()),
        ]
        result = await phone.push(*asked)
        assert {answer.s for answer in result.answers} == {"rejected"}
        assert await numbers.in_database(database) == []


async def test_the_scan_finds_what_is_in_a_table(engine_url: str) -> None:
    async with opened(engine_url, CATALOGUE.manifests) as database:
        async with database.unit_of_work() as tx:
            body = msgspec.json.encode({"note": f"卡 {CARD}", "id": new_id()}).decode()
            sql = "INSERT INTO record (id, kind, rec_id, rev, body) VALUES (?, ?, ?, 1, ?)"
            await tx.run(sql, "round:r1", "round", "r1", body)
        (found,) = await numbers.in_database(database)
    assert found == ("record.body of round:r1", CARD[-4:])


def test_the_scan_finds_what_is_in_files_names_and_archives(tmp_path: Path) -> None:
    for name, data in _files().items():
        tmp_path.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        tmp_path.joinpath(name).write_bytes(data)
    assert {one.where for one in numbers.in_folder(tmp_path)} == EXPECTED


def test_the_scan_finds_what_is_in_a_bucket(s3: Bucket) -> None:
    client = boto3.client(
        "s3",
        endpoint_url=s3.endpoint,
        aws_access_key_id=s3.access_key,
        aws_secret_access_key=s3.secret_key,
        region_name=s3.region,
        config=Config(
            s3={"addressing_style": "path"}, request_checksum_calculation="when_required"
        ),
    )
    for name, data in _files().items():
        client.put_object(Bucket=s3.name, Key=f"scan/{name}", Body=data)
    found = {
        one.where.replace("scan/", "").replace(f"{s3.name}/", "")
        for one in numbers.in_bucket(client, s3.name)
    }
    assert found == EXPECTED


EXPECTED = {
    "server.log",
    "utf16.csv",
    "photo.jpg",
    "book.xlsx!xl/sheet1.xml",
    f"the name of {IDENTITY}.txt",
}


def _files() -> dict[str, bytes]:
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("xl/sheet1.xml", f"<c>{CARD}</c>")
        archive.writestr("xl/clean.xml", "<c>12</c>")
    return {
        "server.log": f"INFO somebody wrote {IDENTITY}\n".encode(),
        "utf16.csv": f"卡号,{CARD}".encode("utf-16"),
        "photo.jpg": b"\xff\xd8\xff\xfe" + CARD.encode() + b"\xff\xd9",
        "book.xlsx": book.getvalue(),
        f"{IDENTITY}.txt": b"clean",
        "clean.json": b'{"id":"0198c0de-0000-7000-8000-000000000001"}',
        "digests.txt": ("ab12" * 16).encode(),
    }


@pytest.mark.parametrize(
    "text",
    [
        "0198c0de-4111-7111-8111-111111111111",
        '{"id":"62220212-3456-7890-1280-000000000005"}',
        "2026-11-24T01:00:00.000Z 2026-11-24T01:00:00.000Z",
        "62220212345678901" + "2" * 47,
    ],
)
def test_ids_moments_and_digests_are_nobodys_number(text: str) -> None:
    assert numbers.in_text(text, "here") == []
