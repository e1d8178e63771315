"""The whole of compose.yaml, running in boxes: database, store, servers, workers and the proxy."""

import contextlib
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.deployment.box import Box, environment_folder, image, search_path
from tests.deployment.composed import Composed
from tests.deployment.land import Inside, Land
from tests.deployment.postgres import running_database
from tests.kit.services.radosgw import running_radosgw

READY_SECONDS = 90
STREET = "203.0.113.0/24"  # where phones are; the proxy is the only other thing there
PROXY_THERE = "203.0.113.2"
VALUES = {
    "XUNFANG_SITE": f"https://{PROXY_THERE}",
    "XUNFANG_TLS": "internal",
    "XUNFANG_DATABASE_PASSWORD": "database1password",
    "XUNFANG_STORE_SECRET": "store1secret",
}
_CAPABLE = {"NET_BIND_SERVICE": "net_bind_service"}


class Running:
    """What runs, and where its words go."""

    def __init__(self, composed: Composed, folder: Path, stack: contextlib.ExitStack) -> None:
        self.composed = composed
        self.folder = folder
        self.land = Land()
        stack.callback(self.land.end)
        self._stack = stack
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._volumes: dict[str, Path] = {}
        (folder / "image").mkdir()
        self._entry, self._told = image(folder / "image")

    def lay_networks(self) -> None:
        """As the file says, with one more: the street."""
        for name, told in self.composed.all["networks"].items():
            subnet = told["ipam"]["config"][0]["subnet"] if "ipam" in told else "10.89.8.0/24"
            self.land.network(name, subnet)
        self.land.network("street", STREET)
        for service in self.composed.all["services"]:
            for network, address in self.composed.networks(service).items():
                self.land.join(service, network, address)
        self.land.join("proxy", "street", PROXY_THERE)
        self.land.join("phone", "street")
        self.land.tell_names()

    def inside(self, service: str) -> Inside:
        there = Inside(self.land.namespace(service))
        self._stack.callback(there.end)
        return there

    def store(self) -> None:
        """A real S3 server in the place of the file's own, under its name, port and keys."""
        keys = self.composed.environment("migrate")
        named = re.search(r"endpoint=http://(\w+):(\d+)", keys["XUNFANG_STORE_URL"])
        assert named, keys["XUNFANG_STORE_URL"]
        there = self.inside(named[1])
        running = running_radosgw(
            called=named[1],
            port=int(named[2]),
            keys=(keys["AWS_ACCESS_KEY_ID"], keys["AWS_SECRET_ACCESS_KEY"]),
        )
        there(running.__enter__)
        self._stack.callback(lambda: there(running.__exit__, None, None, None))

    def database(self) -> None:
        there = self.inside("database")
        running = running_database(self.composed.service("database"))
        asked = there(running.__enter__)
        self.ask_database = lambda sql: there(asked, sql)
        self._stack.callback(lambda: there(running.__exit__, None, None, None))

    def box(self, service: str) -> Box:
        """Where that service's processes run."""
        told = self.composed.service(service)
        ours = service in self.composed.ours()
        # The sources may lie below /tmp, which is another one in the box: that comes first.
        mounts = [self._tmpfs(one) for one in told.get("tmpfs", ())]
        mounts += environment_folder()
        mounts += [(str(self.folder / "image"), "/srv/xunfang", "ro")] if ours else []
        mounts += [self._volume(one, told) for one in told.get("volumes", ())]
        mounts += [self._config(one) for one in told.get("configs", ())]
        assert told["read_only"] is True
        assert told["cap_drop"] == ["ALL"]
        home = {"HOME": "/data", "XDG_DATA_HOME": "/data", "XDG_CONFIG_HOME": "/config"}
        surroundings = self._told if ours else {"PATH": search_path()} | home
        return Box(
            self.land.namespace(service),
            self.folder / "roots" / service,
            mounts,
            surroundings | self.composed.environment(service),
            user=told.get("user", "0:0"),
            keeps=[_CAPABLE[name] for name in told.get("cap_add", ())],
            folder="/srv/xunfang" if ours else "/",
        )

    def run(self, service: str, *words: str) -> str:
        """A command of the service, or another one, to its end; what it said."""
        command = words or tuple(self.composed.service(service)["command"])
        done = self.box(service).run(*self._entry, *command)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, *services: str) -> None:
        """Starts them together and waits until each says that it is well."""
        for service in services:
            entry = self._entry if service in self.composed.ours() else []
            words = [*entry, *self.composed.service(service)["command"]]
            self._processes[service] = self.box(service).start(*words, log=self.log_of(service))
            self._stack.callback(self.end, service, signal.SIGKILL)
        for service in services:
            self._until_well(service)

    def end(self, service: str, number: signal.Signals = signal.SIGTERM) -> None:
        """Sends the signal; returns at once."""
        process = self._processes[service]
        if process.poll() is None:
            process.send_signal(number)
        if number == signal.SIGKILL:
            process.wait()

    def ended(self, service: str, seconds: float) -> int:
        """Its exit code. Raises TimeoutExpired."""
        return self._processes[service].wait(seconds)

    def log_of(self, service: str) -> Path:
        return self.folder / f"{service}.log"

    def volume(self, name: str) -> Path:
        return self._volumes[name]

    def is_well(self, service: str) -> bool:
        """What its health check says."""
        words = self.composed.service(service)["healthcheck"]["test"][1:]
        return self.box(service).run(*words).returncode == 0

    def _until_well(self, service: str) -> None:
        until = time.monotonic() + READY_SECONDS
        while "healthcheck" in self.composed.service(service) and not self.is_well(service):
            assert self._processes[service].poll() is None, self.log_of(service).read_text()[-3000:]
            assert time.monotonic() < until, self.log_of(service).read_text()[-3000:]

    def _tmpfs(self, told: str) -> tuple[str, str, str]:
        place, _, options = told.partition(":")
        return (options or "mode=0755", place, "tmpfs")

    def _volume(self, told: str, service: dict[str, Any]) -> tuple[str, str, str]:
        name, place, *how = told.split(":")
        if name not in self._volumes:
            self._volumes[name] = self.folder / "volumes" / name.strip("./")
            self._volumes[name].mkdir(parents=True)
            user, group = (int(part) for part in service.get("user", "0:0").split(":"))
            subprocess.run(["chown", f"{user}:{group}", self._volumes[name]], check=True)
        return (str(self._volumes[name]), place, how[0] if how else "rw")

    def _config(self, told: dict[str, str]) -> tuple[str, str, str]:
        written = self.folder / told["source"]
        written.write_text(self.composed.config(told["source"]))
        return (str(written), told["target"], "file")


@contextlib.contextmanager
def running() -> Iterator[Running]:
    """Everything that has to be there before the first of ours; nothing of ours yet."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="xunfang-boxes-")))
        folder.chmod(0o755)
        house = Running(Composed(VALUES), folder, stack)
        house.lay_networks()
        house.database()
        house.store()
        yield house
