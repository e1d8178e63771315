"""All manifests of one installation, looked up by name. Built once at start; refuses doubles."""

from collections.abc import Iterable

from backend.foundation.journal.envelope import Fact
from backend.foundation.journal.manifest import Command, Kind, Listing, Manifest, Notices, Reaction
from backend.foundation.journal.purpose import Purpose, Retention
from backend.foundation.kernel.problem import SHARED, ProblemType


class Catalogue:
    """Commands by op, kinds by name, fact names by class, reactions and notices by fact, purposes
    and retention classes by code, lists that can be taken as files by name."""

    def __init__(self, manifests: Iterable[Manifest]) -> None:
        self.manifests = tuple(manifests)
        self.commands: dict[str, Command] = {}
        self.kinds: dict[str, Kind] = {}
        self.fact_names: dict[type[Fact], str] = {}
        self.reactions: dict[type[Fact], list[tuple[str, Reaction]]] = {}
        self.notices: dict[type[Fact], list[Notices]] = {}
        self.purposes: dict[str, Purpose] = {}
        self.retention: dict[str, Retention] = {}
        self.listings: dict[str, Listing] = {}
        self.problems: dict[str, ProblemType] = {kind.code: kind for kind in SHARED}
        self.clearing = tuple(clear for manifest in self.manifests for clear in manifest.clearing)
        self.under_way = tuple(one for manifest in self.manifests for one in manifest.under_way)
        self.seats = tuple(m.seats for m in self.manifests if m.seats is not None)
        self.handing = tuple(m.handing for m in self.manifests if m.handing is not None)
        for manifest in self.manifests:
            self._add(manifest)

    def _add(self, manifest: Manifest) -> None:
        for command in manifest.commands:
            _once(self.commands, command.op, command)
        for kind in manifest.kinds:
            _once(self.kinds, kind.name, kind)
        for fact in manifest.facts:
            _once(self.fact_names, fact, f"{manifest.name}.{fact.__name__}")
        for purpose in manifest.personal:
            _once(self.purposes, purpose.code, purpose)
        for retention in manifest.retention:
            _once(self.retention, retention.code, retention)
        for listing in manifest.listings:
            _once(self.listings, listing.name, listing)
        for problem in manifest.problems:
            if self.problems.setdefault(problem.code, problem) != problem:
                raise ValueError(f"two meanings of {problem.code}")
        for reaction in manifest.reactions:
            self.reactions.setdefault(reaction.to, []).append((manifest.name, reaction))
        for notices in manifest.notices:
            self.notices.setdefault(notices.of, []).append(notices)


def _once(shelf: dict, key: object, value: object) -> None:  # type: ignore[type-arg]
    if key in shelf:
        raise ValueError(f"{key} is declared twice")
    shelf[key] = value
