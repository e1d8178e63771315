"""tus 1.0.0 as the phone and any other client speak it."""

import asyncio
import os
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.house import House
from media.store import StoreUnreachable, original_key
from tests.api.photos.conftest import ON_BOTH, Browser, checksum, digest, metadata

PHOTO = os.urandom(300_000)


async def stored(browser: Browser, data: bytes) -> bool:
    key = original_key(digest(data))
    store = browser.house.store
    return await store.exists(key) and await store.get(key) == data


@ON_BOTH
async def test_a_photo_goes_up_in_one_request(ana):
    answer = await ana.create(PHOTO, PHOTO)
    assert answer.status_code == 201
    assert answer.headers["Upload-Offset"] == str(len(PHOTO))
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert "Upload-Expires" in answer.headers
    assert await stored(ana, PHOTO)
    assert list(ana.house.staging.root.glob("*/*")) == []
    whole = await ana.http.head(answer.headers["Location"])
    assert whole.headers["Upload-Offset"] == whole.headers["Upload-Length"] == str(len(PHOTO))


@ON_BOTH
async def test_a_photo_goes_up_in_pieces(ana):
    created = await ana.create(PHOTO)
    url = created.headers["Location"]
    assert (created.status_code, created.headers["Upload-Offset"]) == (201, "0")
    for start in range(0, len(PHOTO), 100_000):
        standing = await ana.http.head(url)
        assert standing.headers["Upload-Offset"] == str(start)
        assert standing.headers["Cache-Control"] == "no-store"
        answer = await ana.patch(url, start, PHOTO[start : start + 100_000])
        assert answer.status_code == 204
        assert answer.headers["Upload-Offset"] == str(start + 100_000)
    assert await stored(ana, PHOTO)


async def test_a_photo_that_is_here_need_not_come_again(ana):
    await ana.whole(PHOTO)
    again = await ana.create(PHOTO)
    assert (again.status_code, again.headers["Upload-Offset"]) == (201, str(len(PHOTO)))


@ON_BOTH
async def test_that_somebody_else_sent_it_is_nobodys_business(ana, stranger):
    """The bytes go up again and are deduplicated behind the scenes."""
    await ana.whole(PHOTO)
    created = await stranger.create(PHOTO)
    assert created.headers["Upload-Offset"] == "0"
    assert (await stranger.http.head(f"/v1/uploads/{digest(PHOTO)}")).status_code == 404
    answer = await stranger.patch(created.headers["Location"], 0, PHOTO)
    assert answer.status_code == 204
    assert (await stranger.create(PHOTO)).headers["Upload-Offset"] == str(len(PHOTO))


async def test_what_the_server_can_do(ana):
    answer = await ana.http.options("/v1/uploads")
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    extensions = {"creation", "creation-with-upload", "checksum", "expiration", "termination"}
    assert set(answer.headers["Tus-Extension"].split(",")) == extensions
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha1,sha256"
    assert answer.headers["Tus-Max-Size"] == str(20 * 1024 * 1024)


def said(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    body = answer.json()
    assert body["detail"]
    assert body["detail_zh"]
    return answer.status_code, body["code"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"length": 0}, (422, "photo_empty")),
        ({"length": 25 * 1024 * 1024}, (413, "photo_too_large")),
        ({"length": "many"}, (400, "upload_invalid")),
        ({"type": "image/gif"}, (415, "photo_type")),
        ({"type": "image/svg+xml"}, (415, "photo_type")),
        ({"digest": "ABC"}, (400, "upload_invalid")),
        ({"headers": {"Upload-Metadata": "sha256 !!!"}}, (400, "upload_invalid")),
        ({"headers": {"Upload-Metadata": ""}}, (400, "upload_invalid")),
        ({"headers": {"Tus-Resumable": "0.2.2"}}, (412, "tus_version")),
        ({"headers": {"Upload-Length": ""}}, (400, "upload_invalid")),
        ({"body": PHOTO, "headers": {"Content-Type": "image/jpeg"}}, (415, "upload_type")),
        ({"body": PHOTO + b"x"}, (413, "upload_too_long")),
        ({"body": PHOTO, "digest": "0" * 64}, (422, "blob_mismatch")),
        (
            {"body": PHOTO, "headers": {"Upload-Checksum": "md5 AAAA"}},
            (400, "upload_invalid"),
        ),
        (
            {"body": PHOTO, "headers": {"Upload-Checksum": checksum("sha1", b"other")}},
            (460, "chunk_mismatch"),
        ),
    ],
)
async def test_a_creation_that_cannot_be_is_refused_with_its_reason(
    ana, more: dict[str, Any], expected: tuple[int, str]
):
    assert said(await ana.create(PHOTO, **more)) == expected
    assert list(ana.house.staging.root.glob("*/*")) == []
    assert not await stored(ana, PHOTO)


async def test_a_piece_that_cannot_be_is_refused_and_changes_nothing(ana, stranger):
    url = (await ana.create(PHOTO)).headers["Location"]
    await ana.patch(url, 0, PHOTO[:1000])
    damaged = {"Upload_Checksum": checksum("sha256", b"other")}
    typed = {"Content_Type": "image/jpeg"}
    assert said(await ana.patch(url, 999, b"x")) == (409, "offset_moved")
    assert said(await ana.patch(url, 1000, b"x", **damaged)) == (460, "chunk_mismatch")
    assert said(await ana.patch(url, 1000, b"x", **typed)) == (415, "upload_type")
    assert said(await ana.patch(url, 1000, PHOTO)) == (413, "upload_too_long")
    assert said(await stranger.patch(url, 1000, b"x")) == (404, "upload_unknown")
    assert said(await ana.patch("/v1/uploads/nobody", 0, b"x")) == (404, "upload_unknown")
    assert (await ana.http.head(url)).headers["Upload-Offset"] == "1000"


async def test_a_piece_with_the_right_checksum_is_taken(ana):
    url = (await ana.create(PHOTO)).headers["Location"]
    answer = await ana.patch(url, 0, PHOTO, Upload_Checksum=checksum("sha1", PHOTO))
    assert answer.status_code == 204
    assert await stored(ana, PHOTO)


async def test_an_upload_ended_by_its_owner_is_gone(ana, stranger):
    url = (await ana.create(PHOTO)).headers["Location"]
    assert (await stranger.http.delete(url)).status_code == 404
    assert (await ana.http.delete(url)).status_code == 204
    assert (await ana.http.head(url)).status_code == 404


async def test_an_upload_left_for_a_week_is_gone_and_says_so(ana):
    url = (await ana.create(PHOTO)).headers["Location"]
    ana.house.clock.pass_(days=7)
    assert (await ana.http.head(url)).status_code == 410
    assert (await ana.http.head(url)).status_code == 404


async def test_a_client_that_knows_only_post_can_continue(ana):
    url = (await ana.create(PHOTO)).headers["Location"]
    headers = {
        "X-HTTP-Method-Override": "PATCH",
        "Upload-Offset": "0",
        "Content-Type": "application/offset+octet-stream",
    }
    assert (await ana.http.post(url, headers=headers, content=PHOTO)).status_code == 204
    assert await stored(ana, PHOTO)


async def test_the_last_answer_waits_for_bytes_name_folder_and_record(ana, monkeypatch):
    """A kill is not a power cut, so the order of what reaches the disk is asserted itself."""
    order: list[str] = []
    real_fsync, real_link, real_execute = os.fsync, os.link, ana.house.journal.execute

    def fsync(handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        order.append("folder" if path.is_dir() else f"bytes {path.suffix}")
        real_fsync(handle)

    def link(source: Path, target: Path) -> None:
        real_link(source, target)
        order.append("name")

    async def execute(batch: Any) -> Any:
        result = await real_execute(batch)
        order.append("record")
        return result

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "link", link)
    monkeypatch.setattr(ana.house.journal, "execute", execute)
    await ana.whole(PHOTO)
    order.append("answer")
    first = order.index("bytes .part")
    assert order[first:] == ["bytes .part", *["folder"] * 3, "name", "folder", "record", "answer"]


class Slow:
    """A body that sends a first part and then waits until it is told how to end."""

    def __init__(self, first: bytes) -> None:
        self.first = first
        self.begun = asyncio.Event()
        self.rest: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def receive(self) -> dict[str, Any]:
        if not self.begun.is_set():
            self.begun.set()
            return {"type": "http.request", "body": self.first, "more_body": True}
        return await self.rest.get()


async def calling(browser: Browser, method: str, url: str, slow: Slow, **headers: str) -> int:
    """One request by hand, because a client library cannot be made to hang in the middle."""
    sent = {"tus-resumable": "1.0.0", "content-type": "application/offset+octet-stream"}
    sent |= {"authorization": "Bearer ana"} | headers
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": url,
        "raw_path": url.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
        "server": ("phone", 80),
        "client": ("127.0.0.1", 1),
    }
    answers: list[Any] = []

    async def send(message: Any) -> None:
        answers.append(message)

    await browser.app(scope, slow.receive, send)
    return answers[0]["status"]


async def test_a_torn_piece_is_kept_and_continued(ana):
    url = (await ana.create(PHOTO)).headers["Location"]
    slow = Slow(PHOTO[:70_000])
    slow.rest.put_nowait({"type": "http.disconnect"})
    await calling(ana, "PATCH", url, slow, **{"upload-offset": "0"})
    assert (await ana.http.head(url)).headers["Upload-Offset"] == "70000"
    assert (await ana.patch(url, 70_000, PHOTO[70_000:])).status_code == 204
    assert await stored(ana, PHOTO)


@ON_BOTH
async def test_a_torn_creation_is_found_again_by_its_digest(ana):
    """The address was in the answer that never came."""
    slow = Slow(PHOTO[:70_000])
    slow.rest.put_nowait({"type": "http.disconnect"})
    length = str(len(PHOTO))
    headers = {"upload-length": length, "upload-metadata": metadata(digest(PHOTO))}
    headers["content-length"] = length
    await calling(ana, "POST", "/v1/uploads", slow, **headers)
    asked = {"req": "r", "blobs": [[digest(PHOTO), len(PHOTO), "image/jpeg"]]}
    answer = (await ana.http.post("/v1/blobs/need", json=asked)).json()
    ((sha256, url, offset),) = answer["partial"]
    assert (sha256, offset) == (digest(PHOTO), 70_000)
    assert (await ana.patch(url, offset, PHOTO[offset:])).status_code == 204
    assert await stored(ana, PHOTO)


async def test_an_older_request_lets_go_when_the_phone_asks_where_it_stands(ana):
    """The phone lost the line; the server has not noticed yet and still waits for bytes."""
    url = (await ana.create(PHOTO)).headers["Location"]
    slow = Slow(PHOTO[:70_000])
    older = asyncio.create_task(calling(ana, "PATCH", url, slow, **{"upload-offset": "0"}))
    await slow.begun.wait()
    assert said(await ana.patch(url, 0, PHOTO)) == (423, "upload_locked")
    standing = await ana.http.head(url)
    assert (standing.status_code, standing.headers["Upload-Offset"]) == (200, "70000")
    assert await older == 423
    assert (await ana.patch(url, 70_000, PHOTO[70_000:])).status_code == 204
    assert await stored(ana, PHOTO)


@ON_BOTH
async def test_when_the_store_is_away_nothing_is_lost_and_success_is_not_claimed(ana, monkeypatch):
    async def away(*_args: Any, **_named: Any) -> None:
        raise StoreUnreachable("no route")

    url = (await ana.create(PHOTO)).headers["Location"]
    with monkeypatch.context() as broken:
        broken.setattr(ana.house.store, "put", away)
        assert said(await ana.patch(url, 0, PHOTO)) == (503, "store_unreachable")
        assert (await ana.http.head(url)).status_code == 503
    standing = await ana.http.head(url)
    assert (standing.status_code, standing.headers["Upload-Offset"]) == (200, str(len(PHOTO)))
    assert await stored(ana, PHOTO)


@ON_BOTH
async def test_need_sorts_digests_into_four(ana, stranger):
    await ana.whole(PHOTO)
    half, new = os.urandom(5000), os.urandom(10)
    created = await ana.create(half)
    await ana.patch(created.headers["Location"], 0, half[:2000])
    blobs = [
        [digest(PHOTO), len(PHOTO), "image/jpeg"],
        [digest(half), len(half), "image/jpeg"],
        [digest(new), len(new), "image/jpeg"],
        ["c" * 64, 25 * 1024 * 1024, "image/jpeg"],
        ["d" * 64, 10, "image/gif"],
    ]
    answer = await ana.http.post("/v1/blobs/need", json={"req": "r1", "blobs": blobs})
    body = answer.json()
    assert (body["proto"], body["req"]) == (1, "r1")
    assert body["have"] == [digest(PHOTO)]
    assert body["partial"] == [[digest(half), created.headers["Location"], 2000]]
    assert body["need"] == [digest(new)]
    assert body["refused"] == [["c" * 64, "photo_too_large"], ["d" * 64, "photo_type"]]
    other = (await stranger.http.post("/v1/blobs/need", json={"req": "r", "blobs": blobs})).json()
    assert other["have"] == other["partial"] == []


@pytest.mark.parametrize("blobs", [[["x", 1, "image/jpeg"]], [["a" * 64, 1, "image/jpeg"]] * 201])
async def test_need_refuses_what_it_cannot_answer(ana, blobs):
    answer = await ana.http.post("/v1/blobs/need", json={"req": "r", "blobs": blobs})
    assert answer.status_code in (413, 422)


async def test_a_picture_seen_with_a_colleague_still_comes_from_whoever_tells_of_it(
    ana, house, callers, attached
):
    """Two inspectors of one round hand in the same picture: a digest is no capability, so the
    second one's photo would wait for ever for bytes that its phone was told not to send."""
    callers.add("ben", "round:r1")
    ben = Browser(house, "ben")
    await attached(PHOTO)
    await ana.whole(PHOTO)
    told = {"req": "r", "blobs": [[digest(PHOTO), len(PHOTO), "image/jpeg"]]}
    assert (await ben.http.post("/v1/blobs/need", json=told)).json()["have"] == [digest(PHOTO)]
    mine = await attached(PHOTO, "ben")
    assert (await ben.http.post("/v1/blobs/need", json=told)).json()["need"] == [digest(PHOTO)]
    await ben.whole(PHOTO)
    assert await state_of(house, mine) == "stored"
    assert (await ben.http.post("/v1/blobs/need", json=told)).json()["have"] == [digest(PHOTO)]
    await ben.http.aclose()


async def test_bytes_that_a_colleague_handed_over_before_the_record_come_again(
    ana, house, callers, attached
):
    """On a shared phone the next person sends what the first one left; bytes may come first."""
    await ana.whole(PHOTO)
    callers.add("left_behind", "round:r1").device = callers.known["ana"].device
    mine = await attached(PHOTO, "left_behind")
    assert await state_of(house, mine) == "awaited"
    told = {"req": "r", "blobs": [[digest(PHOTO), len(PHOTO), "image/jpeg"]]}
    assert (await ana.http.post("/v1/blobs/need", json=told)).json()["need"] == [digest(PHOTO)]
    await ana.whole(PHOTO)
    assert await state_of(house, mine) == "stored"


async def state_of(house: House, photo: str) -> str:
    async with house.database.reading() as tx:
        return (await tx.tuples("SELECT state FROM photo WHERE id = ?", photo))[0][0]


async def test_an_upload_whose_bytes_are_gone_does_not_spoil_the_answer(ana, house, callers):
    """A server killed between removing the bytes and what was said about them."""
    created = await ana.create(PHOTO)
    owner, id = callers.known["ana"].person, created.headers["Location"].rsplit("/", 1)[1]
    (house.staging.root / owner / f"{id}.part").unlink()
    told = {"req": "r", "blobs": [[digest(PHOTO), len(PHOTO), "image/jpeg"]]}
    answer = await ana.http.post("/v1/blobs/need", json=told)
    assert (answer.status_code, answer.json()["need"]) == (200, [digest(PHOTO)])
