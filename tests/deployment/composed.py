"""compose.yaml as it is written: what is started with which words and surroundings.

It is read here and nowhere else, so that what is tried and what is run cannot drift apart.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

from tests.kit.served import ROOT

_VALUE = re.compile(r"\$\{(\w+)(?:(:-|:\?)([^}]*))?\}")
OURS = "xunfang:"


class NotGiven(Exception):
    """A value that the file demands."""


@dataclass(frozen=True)
class Composed:
    """The file with these values in the places of `${…}`. Raises NotGiven."""

    values: Mapping[str, str]

    @cached_property
    def all(self) -> dict[str, Any]:
        text = (ROOT / "compose.yaml").read_text()
        plain = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("# "))
        return yaml.safe_load(_VALUE.sub(self._value, plain))

    def service(self, name: str) -> dict[str, Any]:
        return self.all["services"][name]

    def ours(self) -> list[str]:
        """Services of our own image, in the order of the file."""
        services = self.all["services"].items()
        return [name for name, service in services if service["image"].startswith(OURS)]

    def serving(self) -> list[str]:
        return [name for name in self.ours() if self.service(name)["command"][0] == "serve"]

    def working(self) -> list[str]:
        return [name for name in self.ours() if self.service(name)["command"] == ["worker"]]

    def config(self, name: str) -> str:
        return self.all["configs"][name]["content"]

    def environment(self, name: str) -> dict[str, str]:
        return self.service(name).get("environment", {})

    def networks(self, name: str) -> dict[str, str | None]:
        """Its networks, and the address there if it has to be one."""
        networks = self.service(name)["networks"]
        if isinstance(networks, list):
            return dict.fromkeys(networks)
        return {network: told.get("ipv4_address") for network, told in networks.items()}

    def _value(self, found: re.Match[str]) -> str:
        name, mark, otherwise = found.groups()
        if given := self.values.get(name):
            return given
        if mark == ":?":
            raise NotGiven(name)
        return otherwise or ""
