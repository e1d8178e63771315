"""What the server may say, the phone can say in both tongues."""

import re
from pathlib import Path

import pytest

from media.photo.findings import REASONS

ROOT = Path(__file__).parents[2]
NOTICE = re.compile(r'"([a-z]+(?:_[a-z]+)+)"')
TOLD = re.compile(r'Told\([^"]*"([a-z_]+)"')
SENDERS = (
    *ROOT.glob("backend/features/*/notices.py"),
    # The journal's file keeps lines and words none.
    *(
        set(ROOT.glob("backend/foundation/*/notices.py"))
        - {ROOT / "backend/foundation/journal/notices.py"}
    ),
)
JOURNAL = ROOT / "backend/foundation/journal/carrying.py"
SPEAKERS = (
    *ROOT.glob("pwa/src/features/*/notices.ts"),
    ROOT / "pwa/src/shell/news/own.ts",
)
TYPES = sorted(
    {name for path in SENDERS for name in NOTICE.findall(path.read_text())}
    | set(TOLD.findall(JOURNAL.read_text()))
)


@pytest.mark.parametrize("name", TYPES)
def test_every_notice_has_words_in_both_tongues(name: str) -> None:
    said = sum(len(re.findall(rf"\b{name}:", path.read_text())) for path in SPEAKERS)
    assert said == 2, f"{name} needs one line in zh and one in en"


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_to_refuse_a_photo_has_words(reason: str) -> None:
    words = (ROOT / "pwa/src/shell/news/own.ts").read_text()
    assert re.search(rf"\b{reason}: \['[^']+', '[^']+'\]", words)


def test_notices_were_found() -> None:
    """Guards the pattern above: a renamed file must not make these tests pass for no reason."""
    assert {"case_assigned", "round_assigned", "photo_refused", "reaction_refused"} <= set(TYPES)
