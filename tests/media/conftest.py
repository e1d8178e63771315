from pathlib import Path

import pytest

from media.staging import StagingArea
from tests.media.begun import area_at


@pytest.fixture
def area(tmp_path: Path) -> StagingArea:
    return area_at(tmp_path / "staging")
