"""Cases in the demo: what became of the findings of its rounds."""

from pathlib import Path

from backend.demo.papers import read
from backend.demo.stage import Beat, Stage
from backend.features.rectifications.demo import cases


def beats(stage: Stage) -> list[Beat]:
    """What happens, in any order: the demo sorts it by time among everything else."""
    story = read(Path(__file__).with_name("story.json"))
    return [beat for finding, told in story.items() for beat in cases.steps(stage, finding, told)]
