"""Rounds in the demo: a month of them, those of today, and some still under way."""

from pathlib import Path

from backend.demo.papers import read
from backend.demo.stage import Beat, Stage
from backend.features.inspections.demo import rounds


def beats(stage: Stage) -> list[Beat]:
    """What happens, in any order: the demo sorts it by time among everything else."""
    story = read(Path(__file__).with_name("story.json"))
    past = [beat for told in story["rounds"] for beat in rounds.past(stage, told)]
    return past + [beat for told in story["today"] for beat in rounds.present(stage, told)]
