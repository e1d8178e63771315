"""What a run did, in numbers that can be added up."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Figures:
    """Counters of one seed, or of many."""

    seeds: int = 0
    steps: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    failpoints: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    heal_ms: list[int] = field(default_factory=list)

    def add(self, other: "Figures") -> None:
        """Takes the other run's numbers in."""
        self.seeds += other.seeds
        self.steps += other.steps
        self.counts.update(other.counts)
        self.faults.update(other.faults)
        self.failpoints.update(other.failpoints)
        self.events.update(other.events)
        self.heal_ms.extend(other.heal_ms)
