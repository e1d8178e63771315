"""compose.yaml as a whole, without a container engine: each service in a network namespace of its
own, as the user and on the root that the file gives it, with its very command and environment.

One story over one house: laid out, asked from outside through the proxy, one server told to go.
What is not tried here: the images (theirs and the building of ours) and the S3 server of the file,
for which another real one stands in.
"""

import json
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from backend.foundation.kernel.ids import new_id
from tests.deployment.box import why_not
from tests.deployment.land import Inside
from tests.deployment.listening import Event, Listener
from tests.deployment.phone import Phone
from tests.deployment.running import PROXY_THERE, Running, running

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(why_not() is not None, reason=f"not run: {why_not()}"),
    pytest.mark.usefixtures("postgres", "radosgw"),  # the programs are there
]
USERS = ("inspector", "inspector2")
PASSWORD = "boxes1have2lids"
SOON_SECONDS = 5  # a tenth of one is usual; a machine may do other things as well


@pytest.fixture(scope="module")
def house() -> Iterator[Running]:
    with running() as house:
        yield house


@dataclass
class Street:
    """Phones outside, each in a thread that lives there."""

    house: Running
    context: ssl.SSLContext
    _made: list[Inside] = field(default_factory=list)

    def outside(self) -> Inside:
        return self.house.inside("phone")

    def phone(self, username: str) -> Phone:
        return Phone(self.outside(), PROXY_THERE, self.context, username, PASSWORD)


@pytest.fixture(scope="module")
def street(house: Running) -> Street:
    """The house, brought up in the order of the file, and the road to it."""
    first = house.run("migrate")
    assert "the store's bucket was made" in first
    assert house.run("migrate").strip() == "the database is up to date"
    told = {"XUNFANG_DEMO_PASSWORD": PASSWORD}
    box = house.box("migrate")
    box.environment |= told
    played = box.run("python", "-m", "backend", "demo", seconds=300)
    assert played.returncode == 0, played.stdout + played.stderr
    house.start(*house.composed.serving(), *house.composed.working())
    house.start("proxy")
    authority = house.volume("certificates") / "caddy/pki/authorities/local/root.crt"
    until = time.monotonic() + 30
    while not authority.exists():
        assert time.monotonic() < until, house.log_of("proxy").read_text()[-3000:]
        time.sleep(0.1)
    context = ssl.create_default_context(cafile=str(authority))
    street = Street(house, context)
    outside = street.outside()
    while not _answers(outside, context):
        assert time.monotonic() < until, house.log_of("proxy").read_text()[-3000:]
        time.sleep(0.2)
    return street


def _answers(outside: Inside, context: ssl.SSLContext) -> bool:
    try:
        return outside(httpx.get, f"https://{PROXY_THERE}/healthz", verify=context).is_success
    except httpx.HTTPError:
        return False


def test_ours_run_as_nobody_on_a_root_that_cannot_be_written_to(house: Running, street: Street):
    box = house.box("serve-1")
    said = box.run("sh", "-c", "id -u; id -G; cat /proc/self/status | grep CapEff")
    assert said.stdout.split() == ["10001", "10001", "CapEff:", "0000000000000000"]
    for place in ("/srv/xunfang/x", "/etc/x", "/x", "/usr/x"):
        assert "Read-only" in box.run("sh", "-c", f"echo > {place}").stderr
    assert box.run("sh", "-c", "echo > /tmp/x && echo > /data/x && rm /data/x").returncode == 0


def test_http_leads_to_https_which_says_to_stay(house: Running, street: Street):
    outside = street.outside()
    plain = outside(httpx.get, f"http://{PROXY_THERE}/", follow_redirects=False)
    assert plain.status_code == 308
    assert plain.headers["location"].startswith("https://")
    phone = street.phone("inspector")
    assert phone.began.headers["strict-transport-security"] == "max-age=31536000"
    cookie = phone.began.headers["set-cookie"].lower()
    assert "secure" in cookie
    assert "httponly" in cookie
    assert len(phone.began.headers["x-request-id"]) == 36


def test_figures_and_readiness_stay_inside(house: Running, street: Street):
    phone = street.phone("inspector")
    for path in ("/readyz", "/metrics"):
        assert phone.get(path).status_code in (200, 404)
        assert "xunfang_" not in phone.get(path).text
    assert phone.get("/readyz").status_code == 404
    outside = street.outside()
    for host, port in ((PROXY_THERE, 9100), (PROXY_THERE, 8000), ("10.89.7.22", 9100)):
        with pytest.raises(httpx.TransportError):
            outside(httpx.get, f"http://{host}:{port}/metrics", timeout=2)
    told = house.inside("worker-1")(httpx.get, "http://127.0.0.1:9100/metrics").text
    for name in ("xunfang_jobs", "xunfang_looked_at_seconds", "process_resident_memory_bytes"):
        assert name in told


def test_sign_ins_are_counted_by_who_really_sends_them(house: Running, street: Street):
    outside = street.outside()
    phone = street.phone("inspector")
    form = {"username": "nobody", "password": "wrong", "device": {"id": new_id(), "name": "x"}}
    lied = {"X-Forwarded-For": "198.51.100.99"}
    asked: dict[str, Any] = {"json": form, "headers": lied, "verify": street.context, "timeout": 60}
    answer = outside(httpx.post, f"{phone.address}/v1/session", **asked)
    assert answer.status_code == 401
    counted = house.ask_database("SELECT id FROM sign_in_tries WHERE id LIKE 'address:%'")
    assert counted.splitlines() == [f"address:{house.land.addresses['phone', 'street']}"]


def test_a_push_at_one_server_is_heard_at_the_other_and_a_photo_is_looked_at_once(
    house: Running, street: Street
):
    """Both of one round: what the first does reaches the second through another server."""
    first, second = street.phone("inspector"), street.phone("inspector")
    until_streams(house, 0, 0)
    listeners = [second.listen(), second.listen()]
    for listener in listeners:
        assert listener.next().data == "0"
    until_streams(house, 1, 1)
    round_ = first.start_round()
    pushed = time.monotonic()
    first.answer(round_, 5)
    for listener in listeners:
        assert listener.next().at - pushed < SOON_SECONDS
    photo, traced = first.attach_photo(round_)
    until = time.monotonic() + 60
    while house.ask_database(f"SELECT state FROM blob WHERE id = '{photo}'") != "accepted":
        assert time.monotonic() < until, "no worker looked at the photo"
        time.sleep(0.2)
    looked = house.ask_database(
        f"SELECT COUNT(*) FROM fact WHERE rec_id = '{photo}' AND type LIKE '%ccepted%'"
    )
    assert looked == "1"
    done = [line for name in house.composed.working() for line in lines_of(house, name)
            if line["message"] == "task done" and line["request"] == traced]  # fmt: skip
    assert len(done) == 1
    for listener in listeners:
        listener.close()


def until_streams(house: Running, *wanted: int) -> None:
    """So many phones listen at each server. One that left is noticed when its line ends."""
    until = time.monotonic() + 30
    while (found := tuple(streams_at(house, name) for name in house.composed.serving())) != wanted:
        assert time.monotonic() < until, found
        time.sleep(0.1)


def streams_at(house: Running, service: str) -> int:
    figures = house.inside(service)(httpx.get, "http://127.0.0.1:9100/metrics").text
    return int(float(figures.split("\nxunfang_streams_open ")[1].split()[0]))


def test_a_server_goes_and_nobody_is_lost(house: Running, street: Street):
    """An update: one server is told to end while phones listen, ask and send."""
    phones = [street.phone(name) for name in USERS]
    until_streams(house, 0, 0)
    listeners = [phone.listen() for phone in phones]
    for listener in listeners:
        listener.next()
    until_streams(house, 1, 1)
    round_ = phones[0].start_round()
    asking, failed = threading.Event(), []  # type: ignore[var-annotated]

    def ask_on() -> None:
        while not asking.is_set():
            try:
                phones[0].answer(round_, 1)
            except (AssertionError, httpx.HTTPError) as why:
                failed.append(repr(why))

    asker = threading.Thread(target=ask_on)
    asker.start()
    house.end("serve-1")
    left = time.monotonic()
    while not any(listener.ended.is_set() for listener in listeners):
        assert time.monotonic() - left < SOON_SECONDS, "the stream was not ended"
        time.sleep(0.02)
    gone = next(each for each in listeners if each.ended.is_set())
    left_behind = phones[listeners.index(gone)]
    again = come_back(left_behind, gone.next())
    assert time.monotonic() - left < 3 * SOON_SECONDS
    assert house.ended("serve-1", 35) in (0, -15)
    asking.set()
    asker.join(60)
    assert failed == []
    assert streams_at(house, "serve-2") == 2
    house.start("serve-1")
    until_streams(house, 0, 2)
    for listener in (*listeners, again):
        listener.close()


def come_back(phone: Phone, leave: Event) -> Listener:
    """As the app does it: after the time that it was told, and once more if the proxy had not
    noticed yet that the server goes."""
    while True:
        assert leave.name == "leave"
        time.sleep(int(leave.data) / 1000)
        again = phone.listen()
        assert again.next().data == "0"
        if not again.ended.wait(0.5):
            return again
        leave = again.next()


def test_every_line_of_the_logs_is_an_object_and_names_nobody(house: Running, street: Street):
    for name in (*house.composed.serving(), *house.composed.working()):
        lines = lines_of(house, name)
        assert lines
        assert all({"at", "level", "logger", "message"} <= set(line) for line in lines)
        text = house.log_of(name).read_text()
        for personal in (*USERS, PASSWORD, "198.51.100.99", "203.0.113.", "Bearer"):
            assert personal not in text, name


def lines_of(house: Running, service: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in house.log_of(service).read_text().splitlines()]
