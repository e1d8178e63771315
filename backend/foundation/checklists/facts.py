"""What others may hear of checklists. `FindingRaised` is shared: any feature that judges a sheet
emits it, and whoever puts findings right reacts to it."""

from backend.foundation.journal.envelope import Fact


class FindingRaised(Fact, frozen=True, kw_only=True):
    """A nonconformity was found. `origin` is the kind and id of the record it was found in;
    `before` and `after` are photo ids."""

    finding: str
    origin: tuple[str, str]
    outlet: str
    line: str
    item: str
    no: str
    item_text: dict[str, str]
    severity: str
    on_spot: bool
    text: str
    cause: str = ""
    measure: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @classmethod
    def personal(cls) -> frozenset[str]:
        """What people wrote in their own words."""
        return frozenset({"text", "cause", "measure"})


class TemplatePublished(Fact, frozen=True):
    """A checklist version is in force from now on. `template` is the digest of its content."""

    template: str
    code: str
    edition: str
    line: str


class TemplateRetired(Fact, frozen=True):
    """No new round may use this version, at once or after its last day; rounds that have it keep
    it."""

    template: str
    last_day: str | None = None


class EditionPublished(Fact, frozen=True):
    """An edition of a standard is in force from that day on. `clauses` is the digest of them."""

    edition: str
    code: str
    name: str
    line: str
    effective_from: str
    clauses: str


class EditionEnded(Fact, frozen=True):
    """An edition of a standard is in force until that day, and no longer."""

    edition: str
    effective_to: str


ALL = (FindingRaised, TemplatePublished, TemplateRetired, EditionPublished, EditionEnded)
