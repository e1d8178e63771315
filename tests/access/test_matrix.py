"""The access matrix: what the application answers to everybody, beside the tables that people read,
and beside rules that no table can overrule."""

import difflib
from collections.abc import Callable

import pytest

from backend.app import catalogue
from tests.access import rules, tables
from tests.access.asking import EVERYTHING, letter
from tests.access.seen import Seen

WHAT_NOW = (
    "Who may do or see something has changed. If that is meant, `make access` writes the table "
    "anew; whoever reviews it decides on each line."
)
# Sealed for one command of one person, or hashed on the way: these questions end at what is sealed.
OF_ONES_OWN = {"identity.set_pin", "notices.add_target"}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["commands.txt", "calls.txt", "buckets.txt", "photos.txt"])
def test_the_table_is_what_the_application_answers(seen: Seen, name: str) -> None:
    made, stored = tables.tables(seen)[name], tables.stored(name)
    changed = "\n".join(difflib.unified_diff(stored.splitlines(), made.splitlines(), lineterm=""))
    assert made == stored, f"{WHAT_NOW}\n{changed}"


@pytest.mark.slow
def test_everything_that_can_be_asked_is_asked(seen: Seen) -> None:
    """A new command or call stands in no table: this says what to do."""
    gaps = tables.gaps(seen, catalogue().commands)
    assert not gaps, "\n".join(gaps)


@pytest.mark.slow
def test_every_command_is_taken_for_whoever_it_is_meant_for(seen: Seen) -> None:
    """Else its line says nothing about rights: everybody would be refused for the arguments."""
    refused = [
        f"{one.op} in {one.line}: {one.meant.code} {one.meant.detail}"
        for one in seen.commands
        if letter(one.meant) != "+" and one.op not in OF_ONES_OWN
    ]
    assert not refused, "\n".join(refused)


@pytest.mark.slow
def test_a_record_of_every_kind_is_there_to_be_seen(seen: Seen) -> None:
    """A new kind has to live in both families (tests/access/living.py), or nothing looks for it."""
    there = {key[0] for phone in seen.phones.values() for key in phone.rows}
    there |= {kind for lives in seen.lives.values() for kind, _ in lives.recs.values()}
    absent = set(catalogue().kinds) - there - {"calendar", "pin", "visit_route"}
    assert not absent, f"make one in tests/access/living.py: {sorted(absent)}"


@pytest.mark.slow
@pytest.mark.parametrize(
    "rule",
    [
        rules.foreign_like_missing,
        rules.families_apart,
        rules.verdicts_show,
        rules.counts,
        rules.stopped,
        rules.officers,
    ],
)
def test_no_table_can_bless_a_leak(seen: Seen, rule: Callable[[Seen], list[str]]) -> None:
    complaints = sorted(set(rule(seen)))
    assert not complaints, "\n".join(complaints)


@pytest.mark.slow
def test_a_new_command_without_a_question_is_told_of(seen: Seen) -> None:
    told = tables.gaps(seen, [*EVERYTHING, "loans.lend"])
    assert len(told) == 1
    assert "loans.lend" in told[0]
    assert "tests/access/questions" in told[0]
