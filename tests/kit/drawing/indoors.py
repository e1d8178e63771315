"""Scenes inside: corridor with extinguishers, wet hall, lamps, cables."""

from tests.kit.drawing.brush import HEIGHT, WIDTH, Canvas, Colour, Point, curve, dark, light
from tests.kit.drawing.places import (
    PAPER,
    RED,
    STEEL,
    WOOD,
    box,
    carton,
    panel_light,
    room,
)

CARDBOARD: Colour = (184, 138, 84)


def corridor(canvas: Canvas, is_blocked: bool) -> None:
    """An escape corridor with a fire cabinet on the left; cartons stand before it, or do not."""
    room(canvas, (350, 190, 640, 450), (196, 186, 160), (128, 116, 102))
    panel_light(canvas, [(420, 26), (570, 26), (548, 84), (442, 84)], True)
    canvas.rect(442, 262, 106, 188, (84, 104, 112))
    canvas.rect(450, 270, 90, 180, (108, 130, 138))
    canvas.oval(458, 366, 4, 4, (228, 226, 214))
    canvas.rect(450, 216, 90, 30, (36, 116, 74), 3)
    canvas.rect(458, 224, 74, 14, (204, 240, 214), 2)
    canvas.poly([(128, 246), (250, 268), (250, 498), (128, 566)], dark(RED, 0.35))
    canvas.fade(
        [(136, 258), (243, 278), (243, 488), (136, 550)], (206, 66, 52), (160, 38, 30), True
    )
    canvas.poly([(150, 290), (230, 300), (230, 326), (150, 320)], (238, 206, 196))
    for x, top in ((156, 372), (196, 368)):
        canvas.fade(box(x, top, 28, 118), (222, 62, 48), (140, 26, 22), True)
        canvas.rect(x + 9, top - 16, 10, 18, (36, 34, 34), 3)
    canvas.line([(650, 352), (960, 450)], 7, (132, 150, 156))
    if is_blocked:
        canvas.shadow(230, 640, 230, 40)
        carton(canvas, 70, 640, 190, 140, CARDBOARD)
        carton(canvas, 96, 470, 150, 110, dark(CARDBOARD, 0.08))
        carton(canvas, 292, 664, 96, 84, (134, 148, 154))
    else:
        marks: list[Point] = [(64, 648), (150, 566), (330, 580), (280, 676), (64, 648)]
        canvas.line(marks, 8, (206, 164, 48))


def hall_floor(canvas: Canvas, is_wet: bool) -> None:
    """The entrance of a banking hall: a puddle nobody marked, or a dry floor with a mat."""
    room(canvas, (250, 120, 710, 360), (214, 208, 194), (158, 152, 142))
    for x in (300, 450, 600):
        panel_light(canvas, [(x - 40, 30), (x + 40, 30), (x + 30, 68), (x - 30, 68)], True)
    canvas.rect(366, 176, 228, 184, (74, 84, 92))
    for x in (374, 484):
        canvas.fade(box(x, 184, 102, 176), (138, 170, 188), (196, 212, 214), False)
    canvas.rect(476, 250, 4, 50, (228, 226, 220))
    for x, y, size in ((700, 372, 0.62), (758, 418, 0.8), (836, 480, 1.05)):
        canvas.shadow(x + 58 * size, y + 92 * size, 76 * size, 12 * size, 0.4)
        canvas.fade(box(x, y, 110 * size, 52 * size), (88, 106, 154), (62, 78, 122), False)
        canvas.fade(
            box(x, y + 50 * size, 118 * size, 20 * size), (74, 92, 140), (50, 64, 104), False
        )
        for leg in (8, 100):
            canvas.rect(x + leg * size, y + 68 * size, 8 * size, 26 * size, (66, 64, 64))
    canvas.fade(box(60, 300, 84, 230), light(WOOD, 0.1), dark(WOOD, 0.2), True)
    canvas.rect(70, 316, 64, 84, PAPER, 3)
    canvas.writing(78, 326, 48, 5, (142, 132, 118))
    if is_wet:
        _puddle(canvas)
    else:
        canvas.poly([(330, 470), (630, 470), (720, 600), (240, 600)], (70, 78, 96))
        canvas.line(
            [(344, 480), (616, 480), (694, 590), (266, 590), (344, 480)], 3, (150, 158, 176)
        )


def _puddle(canvas: Canvas) -> None:
    shape: list[Point] = [
        (250, 520), (340, 478), (470, 486), (560, 470), (680, 500),
        (700, 560), (610, 600), (500, 588), (400, 624), (280, 590),
    ]  # fmt: skip
    canvas.glow(curve(shape, is_closed=True), (88, 104, 118), 0.8, 3)
    canvas.glow([(330, 520), (470, 505), (450, 560), (340, 570)], (222, 236, 242), 0.8, 9)
    canvas.glow([(540, 500), (650, 512), (620, 560), (560, 548)], (206, 224, 232), 0.7, 9)
    for x, y in ((210, 560), (740, 540), (360, 650), (640, 640)):
        canvas.oval(x, y, 14, 5, (138, 146, 148))
    canvas.line([(440, 410), (470, 450), (450, 480)], 3, (120, 130, 134))


def lamps(canvas: Canvas, is_lit: bool) -> None:
    """A waiting hall with six ceiling panels; three of them are burnt out, or none."""
    tone = (206, 200, 184) if is_lit else (150, 144, 134)
    room(canvas, (300, 210, 660, 420), tone, (140, 132, 122) if is_lit else (104, 98, 92))
    rows = ((352, 120, 54, 22), (330, 40, 74, 34))
    for row, (x, y, w, h) in enumerate(rows):
        for column in range(3):
            left = x + column * (w * 1.9)
            points = [(left, y), (left + w, y), (left + w - 6, y + h), (left + 6, y + h)]
            panel_light(canvas, points, is_lit or (row, column) not in {(0, 1), (1, 0), (1, 2)})
    canvas.rect(360, 290, 240, 130, dark(WOOD, 0.15))
    canvas.rect(350, 278, 260, 16, light(WOOD, 0.15))
    for x in (380, 456, 532):
        canvas.fade(box(x, 226, 56, 52), (132, 158, 172), (168, 188, 194), False)
    for side in (110, 690):
        for row in range(3):
            x, y = side + row * (24 if side < 400 else -4), 600 - row * 66
            canvas.shadow(x + 70, y + 46, 90, 12, 0.35)
            canvas.fade(box(x, y - 46, 150 - row * 22, 54), (76, 94, 138), (52, 66, 104), False)
            canvas.rect(x, y + 8, 150 - row * 22, 16, (44, 54, 84), 4)
    if not is_lit:
        canvas.glow(box(0, 0, WIDTH, HEIGHT), (22, 20, 26), 0.26, 1)


def cables(canvas: Canvas, is_tidy: bool) -> None:
    """Behind the counter: cables across the walkway, or in a floor duct."""
    room(canvas, (280, 90, 700, 330), (190, 184, 170), (134, 124, 112))
    canvas.fade(
        [(0, 250), (300, 240), (300, 380), (0, 560)], light(WOOD, 0.12), dark(WOOD, 0.18), True
    )
    canvas.poly([(0, 226), (310, 226), (300, 246), (0, 258)], light(WOOD, 0.3))
    canvas.rect(80, 120, 120, 84, (44, 48, 54), 4)
    canvas.rect(88, 128, 104, 66, (92, 128, 158))
    canvas.rect(132, 204, 16, 26, (44, 48, 54))
    canvas.fade(box(740, 210, 150, 330), STEEL, dark(STEEL, 0.3), True)
    for y in (240, 310, 380):
        canvas.rect(760, y, 110, 48, dark(STEEL, 0.25), 3)
        canvas.rect(800, y + 20, 30, 6, light(STEEL, 0.5), 3)
    if is_tidy:
        canvas.poly([(300, 470), (760, 470), (776, 500), (290, 500)], (84, 84, 86))
        canvas.poly([(300, 470), (760, 470), (756, 462), (306, 462)], (128, 128, 128))
        for x in range(320, 760, 60):
            canvas.line([(x, 472), (x + 2, 498)], 1.5, (62, 62, 64))
        return
    loops: list[tuple[Colour, list[Point]]] = [
        ((38, 38, 42), [(210, 440), (300, 520), (420, 480), (520, 560), (640, 500), (760, 520)]),
        ((206, 200, 184), [(200, 470), (330, 590), (470, 540), (580, 620), (690, 560), (770, 540)]),
        ((52, 70, 120), [(230, 420), (360, 450), (450, 590), (600, 520), (700, 610), (780, 550)]),
    ]
    for colour, points in loops:
        smooth = curve(points)
        canvas.line([(x + 5, y + 7) for x, y in smooth], 8, (84, 76, 68))
        canvas.line(smooth, 8, colour)
    canvas.fade(box(430, 570, 150, 34), (226, 222, 210), (180, 174, 160), False)
    for x in range(444, 560, 28):
        canvas.oval(x + 8, 586, 7, 7, (70, 68, 66))
