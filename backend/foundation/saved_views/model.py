"""A person's saved views."""

from typing import Any

import msgspec


class View(msgspec.Struct, frozen=True):
    """A named filter: `list` is the name of a listing, `query` its filter as it is asked. The list
    opens with the one that is `standard`; each list has at most one."""

    id: str
    name: str
    list: str
    query: dict[str, Any]
    standard: bool = False


class SavedViews(msgspec.Struct, frozen=True):
    """All views of a person (`id` is the person's), in the order in which they are offered."""

    id: str
    views: tuple[View, ...] = ()


class SavedViewsBody(msgspec.Struct, frozen=True):
    """The same, as the person's own phones receive it."""

    views: tuple[View, ...]
