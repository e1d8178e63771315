"""A month of a branch, in the order of time."""

from datetime import timedelta

from backend.demo import cases, papers, rounds
from backend.demo.founding import found
from backend.demo.stage import Stage


async def perform(stage: Stage, password_hash: str) -> None:
    """The whole story in the order of time, up to the present."""
    await found(stage, password_hash)
    story = papers.read("story")
    beats: list[rounds.Beat] = []
    for told in story["rounds"]:
        beats += rounds.past(stage, told)
    for told in story["today"]:
        beats += rounds.present(stage, told)
    for finding, told in story["cases"].items():
        beats += cases.steps(stage, finding, told)
    beats.sort(key=lambda beat: beat[0])
    for _, act in beats:
        await act()
    stage.clock.moment = stage.now + timedelta(seconds=1)
    await stage.look()
