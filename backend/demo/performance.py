"""A month of a branch, in the order of time."""

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from pathlib import Path

from backend import features
from backend.demo.founding import found
from backend.demo.stage import Beat, Stage

_DEMOS = ("demo.py", "demo/__init__.py")
Part = Callable[[Stage], list[Beat]]


async def perform(stage: Stage, password_hash: str) -> None:
    """The whole story in the order of time, up to the present."""
    await found(stage, password_hash)
    beats = [beat for part in parts() for beat in part(stage)]
    beats.sort(key=lambda beat: beat[0])
    for _, act in beats:
        await act()
    stage.clock.moment = stage.now + timedelta(seconds=1)
    await stage.look()


def parts() -> list[Part]:
    """What each feature that has a `demo` plays, sorted by its name: found, like the features
    themselves. Of beats at one moment the earlier feature's comes first."""
    found = sorted(Path(features.__path__[0]).iterdir())
    names = [one.name for one in found if any(one.joinpath(demo).exists() for demo in _DEMOS)]
    return [import_module(f"{features.__name__}.{name}.demo").beats for name in names]
