"""Draws what the demo's visits photograph, once: `python -m tests.features.visits.drawing`. A
signature on glass, somebody's door, a chair by the window; never a face, never a document."""

from collections.abc import Callable
from pathlib import Path

from tests.kit.drawing.brush import Canvas, Point, curve, dark, light

FOLDER = Path("backend/features/visits/demo/pictures")
WALL, WOOD, CLOTH = (222, 212, 192), (128, 84, 52), (96, 122, 132)
_QUALITY = 72
_STROKES: tuple[tuple[Point, ...], ...] = (
    ((180, 300), (260, 285), (340, 300), (300, 380), (220, 430), (330, 420), (400, 380)),
    ((270, 240), (285, 340), (280, 450), (240, 490)),
    ((450, 310), (520, 290), (560, 320), (500, 400), (470, 450), (560, 430), (620, 400)),
    ((660, 280), (650, 380), (640, 470), (700, 430), (760, 330), (740, 420), (800, 450)),
)


def signature(canvas: Canvas) -> None:
    """Ink on a light screen, with the line that one signs on."""
    canvas.rect(0, 0, 960, 720, (250, 249, 246))
    canvas.rect(120, 520, 720, 3, (186, 184, 178))
    for stroke in _STROKES:
        canvas.line(curve(stroke), 7, (28, 34, 58))


def home_door(canvas: Canvas) -> None:
    """A flat's door with couplets beside it and a mat before it."""
    canvas.fade([(0, 0), (960, 0), (960, 560), (0, 560)], light(WALL), WALL, across=False)
    canvas.fade([(0, 560), (960, 560), (960, 720), (0, 720)], dark(WALL, 0.4), WALL, across=False)
    canvas.rect(330, 90, 300, 480, dark(WOOD))
    canvas.rect(346, 106, 268, 464, WOOD)
    for top in (130, 350):
        canvas.rect(376, top, 208, 190, light(WOOD, 0.12), 6)
    canvas.oval(592, 340, 9, 9, (214, 190, 110))
    for left in (262, 664):
        canvas.rect(left, 150, 36, 330, (176, 40, 36))
        canvas.writing(left + 8, 180, 20, 12, (232, 190, 96), 24)
    canvas.rect(370, 52, 220, 32, (176, 40, 36))
    canvas.shadow(480, 610, 190, 26)
    canvas.rect(340, 590, 280, 44, (112, 96, 84), 8)


def home_chair(canvas: Canvas) -> None:
    """An armchair by the window, a blanket over it, a stick beside it."""
    canvas.fade([(0, 0), (960, 0), (960, 520), (0, 520)], light(WALL), WALL, across=True)
    canvas.rect(0, 520, 960, 200, (150, 122, 92))
    canvas.rect(90, 80, 300, 300, light(WOOD))
    canvas.fade(
        [(108, 98), (372, 98), (372, 362), (108, 362)], (214, 232, 240), (244, 246, 236), False
    )
    canvas.rect(236, 98, 8, 264, light(WOOD))
    canvas.shadow(600, 610, 230, 34)
    canvas.rect(430, 250, 340, 250, CLOTH, 40)
    canvas.rect(400, 400, 70, 190, dark(CLOTH, 0.15), 26)
    canvas.rect(730, 400, 70, 190, dark(CLOTH, 0.15), 26)
    canvas.rect(450, 430, 300, 150, light(CLOTH, 0.12), 24)
    canvas.poly([(500, 260), (720, 260), (700, 470), (520, 470)], (184, 92, 74))
    for row in range(5):
        canvas.rect(520, 280 + row * 38, 182, 6, (222, 174, 126))
    canvas.line(curve([(850, 610), (842, 430), (846, 340), (874, 320)]), 11, dark(WOOD))


SCENES: dict[str, Callable[[Canvas], None]] = {
    "signature": signature,
    "home_door": home_door,
    "home_chair": home_chair,
}


def main(folder: Path) -> None:
    """Every picture into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, scene in SCENES.items():
        canvas = Canvas((160, 154, 144))
        scene(canvas)
        path = folder / f"{name}.jpg"
        canvas.finished(sum(name.encode())).save(path, "JPEG", quality=_QUALITY, optimize=True)
        print(f"{path} {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main(FOLDER)
