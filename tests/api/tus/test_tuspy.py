"""The Python client of the tus project, unchanged, against a real server process."""

import hashlib
import io
import os

import pytest
from requests import RequestException
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError
from tusclient.uploader.uploader import Uploader

PHOTO = os.urandom(2_400_000)
BROKEN_LINE = (TusCommunicationError, RequestException)


def uploader(inspector, data: bytes = PHOTO, **more) -> Uploader:
    client = TusClient(inspector.uploads, headers=inspector.headers)
    described = {"sha256": hashlib.sha256(data).hexdigest(), "type": "image/jpeg"}
    return client.uploader(file_stream=io.BytesIO(data), metadata=described, **more)


@pytest.mark.parametrize("chunk", [400_000, 10_000_000])
@pytest.mark.parametrize("checked", [False, True])
def test_a_photo_goes_up(inspector, chunk, checked):
    uploader(inspector, chunk_size=chunk, upload_checksum=checked).upload()
    assert inspector.has(PHOTO)


def test_an_upload_is_resumed_where_it_stopped(inspector):
    first = uploader(inspector, chunk_size=400_000)
    first.upload(stop_at=800_000)
    again = uploader(inspector, chunk_size=400_000, url=first.url)
    assert again.get_offset() == 800_000
    again.upload()
    assert inspector.has(PHOTO)


def test_a_server_killed_between_two_pieces_has_everything_it_said(inspector):
    first = uploader(inspector, chunk_size=400_000)
    first.upload(stop_at=1_200_000)
    inspector.server.kill()
    inspector.server.start()
    again = uploader(inspector, chunk_size=400_000, url=first.url)
    assert again.get_offset() == 1_200_000
    again.upload()
    assert inspector.has(PHOTO)
    assert inspector.need(PHOTO)["have"]


@pytest.mark.parametrize("failpoint", ["after_write:3", "after_write:6"])
def test_a_server_killed_in_the_middle_of_a_piece_continues_it(inspector, failpoint):
    """The process dies by signal 9 with bytes written that it never acknowledged."""
    first = uploader(inspector, chunk_size=10_000_000)
    first.set_url(first.create_url())
    inspector.server.stop()
    inspector.server.start(XUNFANG_FAILPOINT=failpoint)
    with pytest.raises(BROKEN_LINE):
        uploader(inspector, chunk_size=10_000_000, url=first.url, retries=0).upload()
    inspector.server.wait_ended()
    inspector.server.start()
    again = uploader(inspector, chunk_size=10_000_000, url=first.url)
    assert 0 < again.get_offset() < len(PHOTO)
    again.upload()
    assert inspector.has(PHOTO)
    assert inspector.need(PHOTO)["have"]


@pytest.mark.parametrize(
    "failpoint", ["after_last_byte", "after_hash", "after_rename", "after_row", "after_commit"]
)
def test_a_server_killed_before_its_answer_has_the_photo_after_its_next_start(inspector, failpoint):
    """Whole but unacknowledged: the start finishes it, the phone hears `have`, nothing is sent."""
    first = uploader(inspector, chunk_size=10_000_000)
    first.set_url(first.create_url())
    inspector.server.stop()
    inspector.server.start(XUNFANG_FAILPOINT=failpoint)
    with pytest.raises(BROKEN_LINE):
        uploader(inspector, chunk_size=10_000_000, url=first.url, retries=0).upload()
    inspector.server.wait_ended()
    inspector.server.start()
    # While the sweep has the upload in hand the answer is that it is not here yet.
    assert inspector.soon_has(PHOTO)
    assert inspector.need(PHOTO)["have"] == [hashlib.sha256(PHOTO).hexdigest()]


def test_what_the_metadata_lacks_is_said(inspector):
    client = TusClient(inspector.uploads, headers=inspector.headers)
    with pytest.raises(TusCommunicationError, match="400"):
        client.uploader(file_stream=io.BytesIO(PHOTO), metadata={}).upload()
    assert not inspector.has(PHOTO)
