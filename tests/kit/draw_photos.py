"""Draws the demo's pictures once: `python -m tests.kit.draw_photos [FOLDER]`. Same bytes each time
for the same Pillow."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PIL import Image

from tests.kit.drawing import furnishings, indoors, outdoors
from tests.kit.drawing.brush import Canvas

DEFAULT = Path("backend/demo/photos")
_QUALITY = 72

SCENES: dict[str, Callable[[Canvas], None]] = {
    "corridor_blocked": partial(indoors.corridor, is_blocked=True),
    "corridor_clear": partial(indoors.corridor, is_blocked=False),
    "floor_wet": partial(indoors.hall_floor, is_wet=True),
    "floor_dry": partial(indoors.hall_floor, is_wet=False),
    "lamps_out": partial(indoors.lamps, is_lit=False),
    "lamps_lit": partial(indoors.lamps, is_lit=True),
    "shelf_gaps": partial(furnishings.shelf, is_full=False),
    "shelf_full": partial(furnishings.shelf, is_full=True),
    "notices_empty": partial(furnishings.notices, is_full=False),
    "notices_full": partial(furnishings.notices, is_full=True),
    "cables_loose": partial(indoors.cables, is_tidy=False),
    "cables_tidy": partial(indoors.cables, is_tidy=True),
    "ramp_blocked": partial(outdoors.ramp, is_blocked=True),
    "ramp_clear": partial(outdoors.ramp, is_blocked=False),
    "sign_broken": partial(outdoors.sign, is_broken=True),
    "sign_whole": partial(outdoors.sign, is_broken=False),
    "machine_cracked": partial(outdoors.machine, is_cracked=True),
    "machine_ready": partial(outdoors.machine, is_cracked=False),
    "ref_gauge": outdoors.gauge,
    "ref_hours": outdoors.hours_board,
    "ref_machines": outdoors.machine_room,
    "ref_counter": furnishings.counter,
    "ref_exit": furnishings.evacuation_light,
}


def draw(name: str) -> Image.Image:
    """One picture by name."""
    canvas = Canvas((160, 154, 144))
    SCENES[name](canvas)
    # A pair shares its grain, as two photographs by the same phone from the same place do.
    return canvas.finished(sum(name.split("_")[0].encode()))


def main(folder: Path) -> None:
    """Every picture into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SCENES:
        path = folder / f"{name}.jpg"
        draw(name).save(path, "JPEG", quality=_QUALITY, optimize=True)
        print(f"{path} {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
