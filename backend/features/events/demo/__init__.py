"""Events in the demo: one held last month, one of today, one proposed, one drafted."""

from pathlib import Path

from backend.demo.papers import read
from backend.demo.stage import Beat, Stage
from backend.features.events.demo import holding, planning


def beats(stage: Stage) -> list[Beat]:
    """What happens, in any order: the demo sorts it by time among everything else."""
    story = read(Path(__file__).with_name("story.json"))
    people = planning.People(story["surnames"], story["given"], story["groups"])
    return [
        *planning.approved(stage, story["held"], stage.workday(story["held"]["d"]), people),
        *holding.held(stage, story["held"], story["bands"]),
        *planning.approved(stage, story["today"], stage.today, people),
        *planning.proposed(stage, story["proposed"]),
        *planning.drafted(stage, story["draft"]),
    ]
