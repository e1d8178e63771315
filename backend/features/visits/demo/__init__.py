"""Visits in the demo: a month of them, those of today, and one that waits to be planned."""

from pathlib import Path

from backend.demo.papers import read
from backend.demo.stage import Beat, Stage
from backend.features.visits.demo import visits


def beats(stage: Stage) -> list[Beat]:
    """What happens, in any order: the demo sorts it by time among everything else."""
    story = read(Path(__file__).with_name("story.json"))
    return [beat for told in story for beat in visits.steps(stage, told)]
