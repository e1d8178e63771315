"""Rooms and fronts that several scenes share: a corridor, a hall, a street front, a wall."""

from collections.abc import Sequence

from tests.kit.drawing.brush import HEIGHT, WIDTH, Canvas, Colour, Point, dark, light, mix

PLASTER: Colour = (205, 196, 176)
STONE: Colour = (142, 131, 117)
INDIGO: Colour = (44, 70, 130)
WOOD: Colour = (143, 102, 63)
STEEL: Colour = (130, 140, 152)
GREEN: Colour = (58, 128, 84)
RED: Colour = (180, 48, 38)
PAPER: Colour = (236, 229, 210)


def room(
    canvas: Canvas,
    back: tuple[float, float, float, float],
    wall: Colour = PLASTER,
    floor: Colour = STONE,
    tiles: int = 7,
) -> None:
    """One-point perspective around the back wall (left, top, right, bottom)."""
    x0, y0, x1, y1 = back
    lit = light(wall, 0.25)
    canvas.fade([(0, 0), (WIDTH, 0), (x1, y0), (x0, y0)], dark(lit, 0.05), dark(wall, 0.12), False)
    canvas.fade([(0, 0), (x0, y0), (x0, y1), (0, HEIGHT)], dark(wall, 0.24), wall, True)
    canvas.fade([(WIDTH, 0), (x1, y0), (x1, y1), (WIDTH, HEIGHT)], wall, dark(wall, 0.3), True)
    canvas.fade([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], lit, light(wall, 0.1), False)
    ground = [(0, HEIGHT), (x0, y1), (x1, y1), (WIDTH, HEIGHT)]
    canvas.fade(ground, dark(floor, 0.14), light(floor, 0.12), False)
    _tiles(canvas, back, dark(floor, 0.2), tiles)
    skirting = dark(wall, 0.42)
    canvas.line([(0, HEIGHT - 2), (x0, y1)], 3, skirting)
    canvas.line([(x1, y1), (WIDTH, HEIGHT - 2)], 3, skirting)
    canvas.line([(x0, y1), (x1, y1)], 2.5, skirting)


def _tiles(
    canvas: Canvas, back: tuple[float, float, float, float], colour: Colour, count: int
) -> None:
    x0, _, x1, y1 = back
    for step in range(1, count):
        part = step / count
        canvas.line(
            [(x0 + (x1 - x0) * part, y1), (-140 + (WIDTH + 280) * part, HEIGHT)], 0.8, colour
        )
    depth = 0.06
    while depth < 1:
        y = y1 + (HEIGHT - y1) * depth
        left, right = x0 * (1 - depth), x1 + (WIDTH - x1) * depth
        canvas.line([(left, y), (right, y)], 0.8, colour)
        depth *= 1.75


def panel_light(canvas: Canvas, points: Sequence[Point], is_lit: bool) -> None:
    """A ceiling panel, lit or burnt out."""
    if is_lit:
        canvas.glow(_grown(points, 60), (255, 246, 214), 0.55, 30)
        canvas.poly(points, (255, 250, 232))
    else:
        canvas.poly(points, (96, 90, 82))
        canvas.poly(_grown(points, -5), (112, 105, 94))


def _grown(points: Sequence[Point], by: float) -> list[Point]:
    cx = sum(x for x, _ in points) / len(points)
    cy = sum(y for _, y in points) / len(points)
    return [
        (x + (by if x > cx else -by), y + (by * 0.5 if y > cy else -by * 0.5)) for x, y in points
    ]


def front(canvas: Canvas, band: Colour = INDIGO) -> None:
    """The street front of an outlet: sky, band with sign, glass doors, steps, pavement."""
    canvas.fade(
        [(0, 0), (WIDTH, 0), (WIDTH, 110), (0, 110)], (196, 205, 216), (222, 222, 216), False
    )
    canvas.fade(
        [(0, 90), (WIDTH, 90), (WIDTH, 520), (0, 520)], (214, 206, 190), (186, 176, 158), False
    )
    for x in (30, 780):
        canvas.fade(box(x, 210, 150, 220), (98, 122, 140), (138, 160, 172), False)
        canvas.poly(
            [(x + 20, 210), (x + 60, 210), (x + 14, 430), (x, 430), (x, 330)], (156, 176, 186)
        )
        canvas.rect(x, 316, 150, 6, (92, 92, 92))
    canvas.fade(
        [(0, 110), (WIDTH, 110), (WIDTH, 186), (0, 186)], light(band, 0.08), dark(band, 0.2), False
    )
    canvas.glow([(0, 186), (WIDTH, 186), (WIDTH, 205), (0, 205)], (20, 18, 18), 0.4, 8)
    doors(canvas, 330, 226)
    canvas.fade(
        [(0, 520), (WIDTH, 520), (WIDTH, HEIGHT), (0, HEIGHT)],
        (150, 143, 133),
        (118, 111, 103),
        False,
    )
    for y in (548, 590, 650):
        canvas.line([(0, y), (WIDTH, y)], 1, (112, 106, 98))
    for x in range(-200, WIDTH + 300, 120):
        canvas.line([(480 + (x - 480) * 0.7, 520), (x, HEIGHT)], 1, (112, 106, 98))


def doors(canvas: Canvas, x: float, y: float) -> None:
    """Two glass doors, 300 wide and 280 high."""
    canvas.rect(x, y, 300, 284, (70, 78, 86))
    for left in (x + 10, x + 155):
        canvas.fade(box(left, y + 10, 135, 274), (92, 128, 150), (152, 180, 192), False)
        canvas.poly(
            [
                (left + 20, y + 10),
                (left + 62, y + 10),
                (left + 20, y + 284),
                (left, y + 284),
                (left, y + 140),
            ],
            (164, 188, 198),
        )
    canvas.rect(x + 132, y + 120, 5, 70, (216, 216, 210), 2)
    canvas.rect(x + 163, y + 120, 5, 70, (216, 216, 210), 2)


def wall(canvas: Canvas, colour: Colour = PLASTER, floor_y: float = 600) -> None:
    """A wall seen straight on, with a strip of floor."""
    canvas.fade(
        [(0, 0), (WIDTH, 0), (WIDTH, floor_y), (0, floor_y)],
        light(colour, 0.15),
        dark(colour, 0.12),
        False,
    )
    canvas.fade(
        [(0, floor_y), (WIDTH, floor_y), (WIDTH, HEIGHT), (0, HEIGHT)],
        dark(STONE, 0.16),
        light(STONE, 0.06),
        False,
    )
    canvas.rect(0, floor_y - 16, WIDTH, 16, dark(colour, 0.3))
    canvas.glow([(120, 0), (700, 0), (560, 420), (160, 380)], (255, 248, 226), 0.22, 90)


def box(x: float, y: float, w: float, h: float) -> list[Point]:
    """The corners of a rectangle."""
    return [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]


def carton(canvas: Canvas, x: float, y: float, w: float, h: float, colour: Colour) -> None:
    """A cardboard box standing at (x, y) by its lower front left corner."""
    top = h * 0.22
    canvas.fade(box(x, y - h, w, h), light(colour, 0.08), dark(colour, 0.15), False)
    canvas.poly(
        [(x, y - h), (x + w * 0.2, y - h - top), (x + w * 1.2, y - h - top), (x + w, y - h)],
        light(colour, 0.28),
    )
    canvas.poly(
        [(x + w, y - h), (x + w * 1.2, y - h - top), (x + w * 1.2, y - top), (x + w, y)],
        dark(colour, 0.34),
    )
    canvas.poly(
        [
            (x + w * 0.44, y - h),
            (x + w * 0.64, y - h - top),
            (x + w * 0.76, y - h - top),
            (x + w * 0.56, y - h),
        ],
        mix(colour, PAPER, 0.6),
    )
    canvas.rect(x + w * 0.44, y - h, w * 0.12, h * 0.3, mix(colour, PAPER, 0.45))
