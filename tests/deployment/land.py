"""Network namespaces, one for each service of compose.yaml, joined as the file's networks say; and
one outside, which reaches the proxy alone.
"""

import ctypes
import ipaddress
import os
import shutil
import subprocess
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

Result = TypeVar("Result")
_NEW_NETWORK = 0x40000000
_LIBC = ctypes.CDLL(None, use_errno=True)
_HOSTS = Path("/etc/netns")


class Land:
    """Made with `network` and `join`; `end` takes all of it away again."""

    def __init__(self) -> None:
        self._mark = f"xunfang-{os.getpid()}"
        self._numbers = count(1)
        self._subnets: dict[str, ipaddress.IPv4Network] = {}
        self._free: dict[str, Any] = {}
        self._joined: list[str] = []
        self.addresses: dict[tuple[str, str], str] = {}
        self._make("hub")

    def namespace(self, service: str) -> str:
        return f"{self._mark}-{service}"

    def network(self, name: str, subnet: str) -> None:
        """A switch with this subnet. Its low addresses are for those who ask for one."""
        self._subnets[name] = ipaddress.IPv4Network(subnet)
        self._free[name] = iter(list(self._subnets[name].hosts())[20:])
        _ip("-n", self.namespace("hub"), "link", "add", name, "type", "bridge")
        _ip("-n", self.namespace("hub"), "link", "set", name, "up")

    def join(self, service: str, network: str, address: str | None = None) -> str:
        """Plugs the service in; its address there."""
        if service not in self._joined:
            self._make(service)
        here, hub, number = self.namespace(service), self.namespace("hub"), next(self._numbers)
        address = address or str(next(self._free[network]))
        _ip("-n", hub, "link", "add", f"p{number}", "type", "veth", "peer", "name", f"e{number}",
            "netns", here)  # fmt: skip
        _ip("-n", hub, "link", "set", f"p{number}", "master", network, "up")
        length = self._subnets[network].prefixlen
        _ip("-n", here, "address", "add", f"{address}/{length}", "dev", f"e{number}")
        _ip("-n", here, "link", "set", f"e{number}", "up")
        self.addresses[service, network] = address
        return address

    def tell_names(self) -> None:
        """Everybody knows everybody whom they share a network with."""
        for service in self._joined:
            own = [network for named, network in self.addresses if named == service]
            lines = ["127.0.0.1 localhost"]
            for (other, network), address in self.addresses.items():
                if network in own:
                    lines.append(f"{address} {other}")
            folder = _HOSTS / self.namespace(service)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "hosts").write_text("\n".join([*lines, ""]))

    def end(self) -> None:
        for service in [*self._joined, "hub"]:
            subprocess.run(["ip", "netns", "delete", self.namespace(service)], check=False)
            shutil.rmtree(_HOSTS / self.namespace(service), ignore_errors=True)

    def _make(self, service: str) -> None:
        _ip("netns", "add", self.namespace(service))
        _ip("-n", self.namespace(service), "link", "set", "lo", "up")
        if service != "hub":
            self._joined.append(service)


class Inside:
    """A thread that lives in a namespace, with everything that it starts."""

    def __init__(self, namespace: str) -> None:
        self._threads = ThreadPoolExecutor(1, initializer=_enter, initargs=(namespace,))

    def __call__(self, work: Callable[..., Result], *args: Any, **more: Any) -> Result:
        return self.begin(work, *args, **more).result(180)

    def begin(self, work: Callable[..., Result], *args: Any, **more: Any) -> "Future[Result]":
        return self._threads.submit(work, *args, **more)

    def end(self) -> None:
        self._threads.shutdown()


def _enter(namespace: str) -> None:
    handle = os.open(f"/run/netns/{namespace}", os.O_RDONLY)
    try:
        if _LIBC.setns(handle, _NEW_NETWORK) != 0:
            raise OSError(ctypes.get_errno(), f"cannot enter {namespace}")
    finally:
        os.close(handle)


def _ip(*words: str) -> None:
    done = subprocess.run(["ip", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"ip {' '.join(words)}: {done.stderr}"
