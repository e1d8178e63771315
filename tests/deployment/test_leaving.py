"""Real servers that are told to end, and two of them at one database."""

import base64
import hashlib
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.foundation.kernel.clock import SystemClock, wire
from backend.foundation.kernel.ids import new_id
from tests.deployment.listening import Listener
from tests.kit.served import Served
from tests.kit.services.ports import free_port
from tests.kit.services.postgres import Postgres

pytestmark = pytest.mark.slow
SOON_SECONDS = 20  # on a machine that does other things as well
PHOTO = os.urandom(60_000)


class Person:
    """An administrator on a device of their own, at one of the servers."""

    def __init__(self, at: Served, username: str, password: str) -> None:
        self.device, self.at = new_id(), at
        device = {"id": self.device, "name": "test"}
        form = {"username": username, "password": password, "device": device}
        began = httpx.post(f"{at.url}/v1/session", json=form, timeout=60)
        assert began.status_code == 201, began.text
        self.token, self.person = began.json()["token"], began.json()["person"]["id"]

    def listen(self, at: Served) -> Listener:
        listener = Listener("127.0.0.1", at.port, self.token)
        assert listener.next(SOON_SECONDS).data == "0"
        return listener

    def add_line(self) -> None:
        """Something that everybody receives."""
        name = {"zh": "新业务", "en": "New line"}
        command: dict[str, Any] = {
            "id": new_id(),
            "seq": 1,
            "op": "organisation.add_line",
            "v": 1,
            "actor": self.person,
            "rec": ["line", "night_counter"],
            "at": wire(SystemClock().now()),
            "args": {"name": name},
        }
        body = {"req": "r", "device": self.device, "commands": [command]}
        said = self.call("POST", "/v1/sync/push", json=body).json()
        assert said["results"][0]["s"] == "applied", said

    def call(self, verb: str, path: str, **more: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = httpx.request(verb, self.at.url + path, headers=headers, timeout=60, **more)
        assert answer.status_code == 200, answer.text
        return answer


def account(at: Served) -> tuple[str, str]:
    """A new administrator's name and password."""
    printed = at.run("user", "add", "ana", "Ana", "--role", "admin")
    return "ana", printed.strip().rpartition(": ")[2]


@pytest.fixture
def going(tmp_path: Path) -> Iterator[Served]:
    """A server that takes its time to go, with figures."""
    one = Served(
        tmp_path / "var",
        XUNFANG_DRAIN_SECONDS="4",
        XUNFANG_METRICS=f"127.0.0.1:{free_port()}",
    )
    one.ready_seconds = 120
    yield one
    one.stop()


def half_an_upload(person: Person) -> socket.socket:
    """An upload whose second half is still on its way."""
    digest = base64.b64encode(hashlib.sha256(PHOTO).hexdigest().encode()).decode()
    kind = base64.b64encode(b"image/jpeg").decode()
    headers = {
        "Host": "127.0.0.1",
        "Authorization": f"Bearer {person.token}",
        "Tus-Resumable": "1.0.0",
        "Upload-Length": str(len(PHOTO)),
        "Upload-Metadata": f"sha256 {digest},type {kind}",
        "Content-Type": "application/offset+octet-stream",
        "Content-Length": str(len(PHOTO)),
    }
    line = socket.create_connection(("127.0.0.1", person.at.port), timeout=60)
    told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    line.sendall(f"POST /v1/uploads HTTP/1.1\r\n{told}\r\n".encode() + PHOTO[: len(PHOTO) // 2])
    return line


def test_a_server_that_goes_says_so_first_and_finishes_what_is_under_way(going: Served):
    going.run("migrate")
    name, password = account(going)
    going.start()
    person = Person(going, name, password)
    listener = person.listen(going)
    upload = half_an_upload(person)
    figures = f"http://{going.environment['XUNFANG_METRICS']}/metrics"
    assert "\nxunfang_streams_open 1.0" in httpx.get(figures, timeout=30).text
    os.kill(going.pid, signal.SIGTERM)
    leave = listener.next(SOON_SECONDS)
    assert leave.name == "leave"
    assert 1000 <= int(leave.data) <= 3000
    assert listener.ended.wait(SOON_SECONDS)
    refused = httpx.get(f"{going.url}/readyz", timeout=30)
    assert (refused.status_code, refused.json()["missing"]) == (
        503,
        {"process": "it was told to end"},
    )
    assert person.call("GET", "/v1/session").json()["person"]["username"] == name
    until_closed(going.port)
    upload.sendall(PHOTO[len(PHOTO) // 2 :])
    assert upload.recv(4096).startswith(b"HTTP/1.1 201"), "an upload under way was cut"
    assert going.wait_ended(SOON_SECONDS) == -signal.SIGTERM


def until_closed(port: int) -> None:
    """Nobody is let in any more."""
    until = time.monotonic() + SOON_SECONDS
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except ConnectionRefusedError:
            return
        time.sleep(0.05)
    raise AssertionError("it still lets callers in")


def test_a_second_signal_ends_the_waiting(tmp_path: Path):
    one = Served(tmp_path / "var", XUNFANG_DRAIN_SECONDS="600")
    one.ready_seconds = 120
    one.start()
    os.kill(one.pid, signal.SIGTERM)
    until = time.monotonic() + SOON_SECONDS
    while httpx.get(f"{one.url}/readyz", timeout=30).status_code == 200:
        assert time.monotonic() < until
    os.kill(one.pid, signal.SIGTERM)
    assert one.wait_ended(SOON_SECONDS) == -signal.SIGTERM


def test_what_is_pushed_at_one_server_is_heard_at_the_other(tmp_path: Path, postgres: Postgres):
    with ExitStack() as stack:
        shared = {"XUNFANG_DATABASE_URL": postgres.new_database()}
        servers = [Served(tmp_path / "var", **shared) for _ in range(2)]
        for one in servers:
            one.ready_seconds = 120
            stack.callback(one.stop)
        servers[0].run("migrate")
        name, password = account(servers[0])
        for one in servers:
            one.start()
        here, there = (Person(one, name, password) for one in servers)
        listener, own = there.listen(servers[1]), here.listen(servers[0])
        here.add_line()
        assert int(listener.next(SOON_SECONDS).data) > 0
        assert own.heard.empty(), "who pushed it pulls by itself"
        signed_out = {"Authorization": f"Bearer {there.token}"}
        httpx.delete(f"{servers[0].url}/v1/session", headers=signed_out, timeout=60)
        gone = Listener("127.0.0.1", servers[1].port, there.token)
        assert gone.status == 401
