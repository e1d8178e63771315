"""Every personal field of the house has a purpose, a ground and a class; a missing one is found."""

from dataclasses import replace

import pytest

from backend.app import catalogue
from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.journal.manifest import Manifest
from backend.foundation.privacy import facts
from backend.foundation.privacy.manifest import MANIFEST
from backend.foundation.privacy.purposes import faults
from backend.generate import page, phone
from tests.foundation.privacy.care import CARE


def test_the_toy_does_too() -> None:
    assert faults((MANIFEST, CARE)) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"personal": ()}, "privacy: RecordHeld.why is personal and has no purpose"),
        (
            {"personal": tuple(replace(one, retention="ever") for one in MANIFEST.personal)},
            "privacy.holds is kept for ever, which is no class",
        ),
        (
            {"personal": tuple(replace(one, code="visits.x") for one in MANIFEST.personal[:1])},
            "visits.x is declared by privacy",
        ),
        (
            {"personal": tuple(replace(one, en="") for one in MANIFEST.personal)},
            "privacy.holds lacks words or fields",
        ),
        (
            {"tables": (), "personal": MANIFEST.personal},
            "privacy.holds covers privacy_hold.why, which privacy does not have",
        ),
    ],
)
def test_what_is_missing_is_named(change: dict[str, object], fault: str) -> None:
    spoilt = replace(MANIFEST, **change)  # type: ignore[arg-type]
    assert fault in faults((spoilt,))


def test_a_code_has_one_meaning() -> None:
    twice = Manifest(name="other", personal=MANIFEST.personal)
    with pytest.raises(ValueError, match="declared twice"):
        Catalogue((MANIFEST, twice))
    with pytest.raises(ValueError, match="declared twice"):
        Catalogue((MANIFEST, Manifest(name="other", retention=MANIFEST.retention)))


def test_the_catalogue_and_the_phone_are_told() -> None:
    house = catalogue()
    told = page.catalogue_page(house, {})
    words = phone.privacy(house)
    for code, purpose in house.purposes.items():
        assert f"`{code}`: {purpose.en}" in told
        assert f'"{code}"' in words
        assert purpose.zh in words
    for code, klass in house.retention.items():
        assert f"| `{code}` | {klass.days} | {klass.at_end} |" in told
        assert klass.reason_zh in words


def test_only_why_a_record_is_held_is_personal_in_the_facts_of_privacy() -> None:
    personal = {fact.__name__ for fact in facts.ALL if fact.personal()}
    assert personal == {"RecordHeld", "HoldReleased"}
