"""The figures of a run, for people (SYNC 5.4)."""

from collections import Counter

from tests.simulation.run import Outcome, without_hits
from tests.simulation.server import FAILPOINTS as NAMES


def figures_text(outcome: Outcome, engine: str, seconds: float) -> str:
    """A small table."""
    figures, counts = outcome.figures, outcome.figures.counts
    missed = without_hits(figures, NAMES)
    hit = len(NAMES) - len(missed)
    told = counts["commands acknowledged"]
    lines = [
        f"database            {engine}",
        f"seeds, steps        {figures.seeds}, {figures.steps}  in {seconds:.0f} s",
        f"phones              {counts['phones engine']} with the product's engine, "
        f"{counts['phones light']} light",
        f"requests            {counts['calls']} and {counts['calls replayed']} replayed",
        f"commands            {counts['commands confirmed']} confirmed, {told} acknowledged",
        f"                    {counts['edits made one command']} edits went with an earlier one",
        f"verdicts            {_listed(_verdicts(counts))}",
        f"lost, doubled       {_lost(outcome)}, {_doubled(outcome)}",
        f"photos              {counts['photos confirmed']} confirmed, {counts['photos arrived']} "
        f"arrived, {counts['photos damaged, shown']} damaged and {counts['photos refused, shown']} "
        "refused, shown",
        f"                    {counts['pictures fetched']} small pictures lie on phones",
        f"erased              {counts['records erased']} records, "
        f"{counts['photos erased from the store']} photos; {counts['commands come too late']} "
        "commands came too late",
        f"visits              {counts['visits handed in']} handed in, {counts['visits accepted']} "
        f"accepted, {counts['authorisations used']} times used; {counts['consents given']} "
        f"consents, {counts['purposes taken back']} purposes taken back",
        f"claims              on this device {counts['claims device']}, "
        f"received {counts['claims received']}, verified {counts['claims verified']}: "
        "each compared with the server",
        f"escrowed            {counts['escrowed']}",
        f"kept, shown         {counts['kept on the phone, shown']} commands that no server took",
        f"evicted, reported   {counts['evicted, reported']}",
        f"replicas compared   {counts['replicas compared']}",
        f"time to heal        median {_share(figures.heal_ms, 50) / 1000:.1f} s, "
        f"99th {_share(figures.heal_ms, 99) / 1000:.1f} s of the world",
        f"failpoints          {hit} of {len(NAMES)} ({100 * hit // len(NAMES)} %): "
        f"{_listed(figures.failpoints)}" + (f"; never: {', '.join(missed)}" if missed else ""),
        f"faults              {_listed(figures.faults)}",
        f"violations          {len(outcome.failures)}",
    ]
    return "\n".join(lines)


def failures_text(outcome: Outcome) -> str:
    """Each failure with the line that brings it back."""
    return "\n\n".join(f"{one.line}\n{one.story}" for one in outcome.failures)


def _verdicts(counts: Counter[str]) -> Counter[str]:
    names = ("applied", "merged", "conflict", "rejected")
    return Counter({name: counts[f"commands {name}"] for name in names})


def _lost(outcome: Outcome) -> int:
    return sum(one.story.startswith(("invariant 1:", "invariant 2:")) for one in outcome.failures)


def _doubled(outcome: Outcome) -> int:
    return sum(one.story.startswith("invariant 3:") for one in outcome.failures)


def _listed(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counter.most_common())


def _share(values: list[int], percent: int) -> float:
    ordered = sorted(values) or [0]
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
