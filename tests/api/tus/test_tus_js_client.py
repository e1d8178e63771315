"""The JavaScript client of the tus project, unchanged, against a real server process."""

import hashlib
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.kit.served import ROOT

PHOTO = os.urandom(2_400_000)
PROGRAM = Path(__file__).with_name("upload.mjs")


@pytest.fixture
def upload(inspector, tmp_path):
    modules = ROOT / "pwa/node_modules"
    if not (modules / "tus-js-client").is_dir():
        pytest.fail("pwa/node_modules is not there: run `npm ci` in pwa, or `make test`")
    file = tmp_path / "photo.jpg"
    file.write_bytes(PHOTO)

    def upload(**options: Any) -> dict[str, Any]:
        words = [str(modules), inspector.uploads, inspector.token, str(file)]
        words += [hashlib.sha256(PHOTO).hexdigest(), json.dumps(options)]
        done = subprocess.run(
            ["node", str(PROGRAM), *words], capture_output=True, text=True, timeout=120
        )
        assert done.stdout, done.stderr
        return json.loads(done.stdout)

    return upload


def test_a_photo_goes_up_in_pieces(inspector, upload):
    done = upload(chunkSize=400_000)
    assert done["done"], done
    assert done["requests"] == ["POST", *["PATCH"] * 6]
    assert inspector.has(PHOTO)


def test_a_photo_goes_up_in_one_request(inspector, upload):
    done = upload(uploadDataDuringCreation=True)
    assert done["done"], done
    assert done["requests"] == ["POST"]
    assert inspector.has(PHOTO)


def test_a_photo_that_is_here_is_done_once_the_client_asks_where_it_stands(inspector, upload):
    """This client does not read the offset in the answer to its creation, unless it sent bytes."""
    assert upload()["done"]
    again = upload(retryDelays=[0])
    assert (again["done"], again["requests"][-1]) == (True, "HEAD")
    assert upload(uploadDataDuringCreation=True)["requests"] == ["POST"]


def test_an_aborted_upload_is_resumed(inspector, upload):
    stopped = upload(chunkSize=400_000, stopAfter=800_000)
    done = upload(chunkSize=400_000, uploadUrl=stopped["url"])
    assert done["done"], done
    assert done["requests"][0] == "HEAD"
    assert inspector.has(PHOTO)


def test_a_server_killed_in_the_middle_of_a_piece_continues_it(inspector, upload):
    """The client is told nothing; it asks where the bytes end and sends the rest."""
    started = upload(chunkSize=400_000, stopAfter=400_000)
    inspector.server.stop()
    inspector.server.start(XUNFANG_FAILPOINT="after_write:4")
    assert "error" in upload(uploadUrl=started["url"])
    inspector.server.wait_ended()
    inspector.server.start()
    done = upload(uploadUrl=started["url"])
    assert done["done"], done
    assert done["requests"] == ["HEAD", "PATCH"]
    assert inspector.has(PHOTO)
    assert inspector.need(PHOTO)["have"]
