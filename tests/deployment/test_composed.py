"""What compose.yaml and the Dockerfile promise, as far as it can be read."""

import re
from typing import Any

import pytest

from backend import settings
from backend.serving import GRACE_SECONDS
from tests.deployment.composed import Composed, NotGiven
from tests.kit.served import ROOT

GIVEN = {
    "XUNFANG_SITE": "xunfang.example",
    "XUNFANG_TLS": "internal",
    "XUNFANG_DATABASE_PASSWORD": "d",
    "XUNFANG_STORE_SECRET": "s",
}
HOUSE = Composed(GIVEN)
DOCKERFILE = (ROOT / "Dockerfile").read_text()
README = (ROOT / "README.md").read_text()


@pytest.mark.parametrize("name", GIVEN)
def test_what_cannot_be_guessed_is_demanded_and_explained(name: str):
    with pytest.raises(NotGiven, match=name):
        _ = Composed({key: value for key, value in GIVEN.items() if key != name}).all
    assert name in README


def test_there_are_several_servers_and_several_workers():
    assert len(HOUSE.serving()) >= 2
    assert len(HOUSE.working()) >= 2


@pytest.mark.parametrize("name", HOUSE.ours())
def test_ours_run_as_nobody_and_cannot_write_beside_their_data(name: str):
    service = HOUSE.service(name)
    assert not service["user"].startswith(("0", "root"))
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "ports" not in service


def test_only_the_proxy_can_be_reached_from_outside():
    services = HOUSE.all["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    for name in ("database", "store"):
        assert list(HOUSE.networks(name)) == ["inside"]
    assert HOUSE.all["networks"]["inside"]["internal"] is True


@pytest.mark.parametrize("name", HOUSE.ours())
def test_the_settings_are_ones_that_we_know(name: str):
    environment = HOUSE.environment(name)
    known = set(re.findall(r'"(XUNFANG_\w+)"', (ROOT / "backend/settings.py").read_text()))
    assert {key for key in environment if key.startswith("XUNFANG_")} <= known
    read = settings.read(environment)
    assert not read.on_sqlite
    assert read.metrics == ("0.0.0.0", 9100)
    assert read.log == "json"


def test_every_setting_is_in_the_readme():
    known = set(re.findall(r'"(XUNFANG_\w+)"', (ROOT / "backend/settings.py").read_text()))
    assert {name for name in known if f"`{name}`" not in README} == {
        "XUNFANG_DEMO_PASSWORD",
        "XUNFANG_DEMO_LANGUAGE",
    }


def test_the_proxy_is_the_one_that_servers_believe():
    believed = settings.read(HOUSE.environment("serve-1")).proxies
    assert believed == (HOUSE.networks("proxy")["front"],)


def test_the_proxy_asks_every_server_and_whether_it_is_ready():
    told = re.search(r"reverse_proxy (.+) \{", HOUSE.config("caddyfile"))
    assert told
    assert told[1].split() == [f"{name}:8000" for name in HOUSE.serving()]
    assert "health_uri /readyz" in HOUSE.config("caddyfile")


@pytest.mark.parametrize("name", HOUSE.serving())
def test_a_server_has_time_to_go(name: str):
    service = HOUSE.service(name)
    drain = settings.read(HOUSE.environment(name)).drain_seconds
    assert drain > 2 * _seconds("health_interval"), "the proxy has to notice"
    assert int(service["stop_grace_period"].rstrip("s")) > drain + GRACE_SECONDS


def _seconds(name: str) -> float:
    told = re.search(rf"{name} (\d+)s", HOUSE.config("caddyfile"))
    assert told
    return float(told[1])


def test_uploads_are_staged_where_every_server_finds_them():
    """One folder: the sealing key too, which every server has to tell phones alike."""
    folders: list[Any] = [HOUSE.service(name)["volumes"] for name in HOUSE.serving()]
    assert all("house:/data" in folder for folder in folders)
    assert {HOUSE.environment(name)["XUNFANG_DATA_DIR"] for name in HOUSE.ours()} == {"/data"}


def test_the_image_is_made_of_what_is_here():
    for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.M):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source
    ignored = (ROOT / ".dockerignore").read_text()
    for folder in ("backend", "media", "migrations", "pwa", "requirements.lock"):
        assert f"!{folder}" in ignored
    assert "var" not in re.findall(r"^!(\w+)", ignored, re.M)


def test_the_image_runs_as_the_user_of_compose_and_installs_by_hash():
    assert re.search(r"^USER 10001:10001$", DOCKERFILE, re.M)
    assert {HOUSE.service(name)["user"] for name in HOUSE.ours()} == {"10001:10001"}
    assert "--require-hashes" in DOCKERFILE
    assert re.search(r'^ENTRYPOINT \["python", "-m", "backend"\]$', DOCKERFILE, re.M)
