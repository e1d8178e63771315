"""Schemas of Structs under names that people say: commands by their operation."""

from typing import Any

import msgspec

from backend.api.openapi.travelling import CommandShape
from backend.api.sync.wire import Push
from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.journal.manifest import Command

_PREFIX = "#/components/schemas/"
COMMAND = "Command"


class Shapes:
    """The components of a document. `of` gives the reference to a Struct's schema."""

    def __init__(self, catalogue: Catalogue, shapes: list[Any]) -> None:
        commands = list(catalogue.commands.values())
        asked = [command.asked for command in commands]
        types = list(dict.fromkeys([*shapes, *asked, CommandShape]))
        schemas, components = msgspec.json.schema_components(types, ref_template=_PREFIX + "{name}")
        by_type = dict(zip(types, schemas, strict=True))
        names = {name: _said(name) for name in components if "." in name}
        names |= {_name(by_type[command.asked]): command_name(command) for command in commands}
        self._schemas = {type: _renamed(schema, names) for type, schema in by_type.items()}
        self.components: dict[str, Any] = {
            names.get(name, name): _renamed(schema, names) for name, schema in components.items()
        }
        self._list_commands(commands)

    def of(self, shape: Any) -> dict[str, Any]:
        """The schema of a type: a reference for a Struct."""
        return self._schemas[shape]

    def _list_commands(self, commands: list[Command]) -> None:
        """Names what may stand in a push: an envelope for each operation with its arguments."""
        envelope = self.components.pop(_name(self.of(CommandShape)))
        mapping: dict[str, str] = {}
        for command in commands:
            name = f"{command_name(command)}Command"
            mapping[command.op] = _PREFIX + name
            self.components[name] = _command(command, envelope, self.of(command.asked))
        self.components[COMMAND] = {
            "title": COMMAND,
            "description": "One command of the phone's order. What it can ask is named by `op`.",
            "oneOf": [{"$ref": reference} for reference in mapping.values()],
            "discriminator": {"propertyName": "op", "mapping": mapping},
        }
        if Push in self._schemas:
            push = self.components[_name(self.of(Push))]
            push["properties"]["commands"]["items"] = {"$ref": _PREFIX + COMMAND}


def command_name(command: Command) -> str:
    """`inspections.set_answer` as `InspectionsSetAnswer`."""
    return "".join(part.capitalize() for part in command.op.replace(".", "_").split("_"))


def _command(command: Command, envelope: dict[str, Any], args: dict[str, str]) -> dict[str, Any]:
    sentence = (command.asked.__doc__ or "").strip()
    own = {"op": {"const": command.op}, "args": args, "v": {"const": command.version}}
    return envelope | {
        "title": f"{command_name(command)}Command",
        "description": sentence,
        "properties": envelope["properties"] | own,
    }


def _name(reference: dict[str, Any]) -> str:
    """The component that a reference points to."""
    return str(reference["$ref"]).removeprefix(_PREFIX)


def _said(name: str) -> str:
    """`backend.features.visits.views.Row` as `VisitsRow`: two Structs share the short name."""
    parts = name.split(".")
    return parts[min(2, len(parts) - 2)].capitalize() + parts[-1]


def _renamed(schema: Any, names: dict[str, str]) -> Any:
    """The schema with its references under the new names."""
    if isinstance(schema, list):
        return [_renamed(one, names) for one in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: _renamed(value, names) for key, value in schema.items()}
    reference = result.get("$ref")
    if isinstance(reference, str):
        name = reference.removeprefix(_PREFIX)
        result["$ref"] = _PREFIX + names.get(name, name)
    return result
