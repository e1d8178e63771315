"""Scenes inside: corridor with extinguishers, wet hall, lamps, shelf, notices, cables, counter."""

from tests.kit.drawing.brush import HEIGHT, WIDTH, Canvas, Colour, Point, dark, light
from tests.kit.drawing.places import (
    GREEN,
    INDIGO,
    PAPER,
    RED,
    STEEL,
    WOOD,
    box,
    carton,
    panel_light,
    room,
    wall,
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
    for x in (724, 790, 872):
        canvas.fade(box(x, 400 + (x - 724) * 0.42, 58, 18), (74, 92, 140), (50, 66, 108), False)
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
    canvas.glow(shape, (88, 104, 118), 0.85, 4)
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


def shelf(canvas: Canvas, is_full: bool) -> None:
    """The convenience shelf: glasses, magnifier, umbrellas, first-aid box; or gaps."""
    wall(canvas, (196, 182, 152), 660)
    canvas.glow(box(238, 74, 520, 590), (24, 18, 12), 0.4, 16)
    canvas.rect(220, 60, 520, 590, WOOD, 4)
    canvas.fade(box(242, 82, 476, 546), (70, 48, 30), (94, 66, 42), False)
    for y in (250, 430, 612):
        canvas.fade(box(232, y, 496, 16), light(WOOD, 0.2), dark(WOOD, 0.05), False)
        canvas.glow(box(244, y + 16, 472, 14), (20, 14, 10), 0.5, 7)
        canvas.rect(270, y + 2, 70, 12, PAPER, 2)
        canvas.rect(520, y + 2, 70, 12, PAPER, 2)
    if is_full:
        for x in (268, 372):
            _glasses(canvas, x, 216)
        canvas.ring(530, 196, 34, 7, (214, 206, 186))
        canvas.oval(530, 196, 27, 27, (120, 134, 138))
        canvas.line([(553, 222), (580, 246)], 9, (44, 40, 38))
        for n in range(5):
            canvas.line([(286 + n * 30, 424), (294 + n * 30, 300)], 15, (42, 62 + n * 8, 116))
            canvas.arc(300 + n * 30, 292, 9, (180, 360), 5, WOOD)
    else:
        _glasses(canvas, 268, 216)
        canvas.line([(300, 424), (308, 300)], 15, (42, 62, 116))
        canvas.arc(314, 292, 9, (180, 360), 5, WOOD)
    canvas.fade(box(520, 346, 160, 84), (196, 66, 54), (150, 40, 34), False)
    canvas.rect(588, 362, 24, 52, PAPER)
    canvas.rect(574, 376, 52, 24, PAPER)
    for n in range(3 if is_full else 1):
        canvas.fade(
            box(276 + n * 96, 520, 78, 92), (206 - n * 20, 188, 150), (160, 140, 108), False
        )
        canvas.writing(286 + n * 96, 546, 56, 3, (120, 96, 70), 14)
    canvas.fade(box(590, 500, 92, 112), (150, 172, 178), (110, 132, 140), True)


def _glasses(canvas: Canvas, x: float, y: float) -> None:
    for shift in (0, 50):
        canvas.oval(x + 20 + shift, y, 20, 18, (128, 140, 142))
        canvas.ring(x + 20 + shift, y, 21, 5, (226, 206, 160))
    canvas.line([(x + 84, y - 6), (x + 98, y - 20)], 5, (226, 206, 160))


def notices(canvas: Canvas, is_full: bool) -> None:
    """The stand with risk notice letters beside the counter, filled or empty."""
    wall(canvas, (206, 200, 184), 600)
    canvas.rect(640, 120, 220, 290, dark(INDIGO, 0.1), 6)
    canvas.rect(656, 136, 188, 258, (228, 224, 210), 3)
    canvas.poly([(750, 160), (796, 236), (704, 236)], (200, 152, 44))
    canvas.rect(746, 182, 8, 30, (60, 46, 20), 3)
    canvas.oval(750, 222, 5, 5, (60, 46, 20))
    canvas.writing(682, 262, 136, 7, (128, 122, 112), 16)
    canvas.shadow(320, 640, 170, 26)
    canvas.rect(306, 420, 26, 214, (98, 100, 104))
    canvas.rect(236, 624, 168, 18, (84, 86, 90), 8)
    canvas.fade(box(160, 110, 320, 330), (168, 178, 186), (120, 130, 140), True)
    for row in range(2):
        for column in range(2):
            x, y = 180 + column * 148, 128 + row * 156
            canvas.rect(x, y, 132, 142, (84, 94, 104), 4)
            if is_full or (row, column) == (0, 1):
                for sheet in range(3):
                    canvas.rect(
                        x + 10 + sheet * 4, y + 8 - sheet * 3, 104, 122, light(PAPER, sheet * 0.2)
                    )
                canvas.rect(x + 30, y + 18, 76, 12, RED if column == 0 else INDIGO, 2)
                canvas.writing(x + 30, y + 44, 76, 5, (150, 142, 126), 13)
            canvas.fade(box(x, y + 100, 132, 42), (176, 190, 200), (136, 148, 158), False)


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
        canvas.line([(x + 5, y + 7) for x, y in points], 8, (84, 76, 68))
        canvas.line(points, 8, colour)
    canvas.fade(box(430, 570, 150, 34), (226, 222, 210), (180, 174, 160), False)
    for x in range(444, 560, 28):
        canvas.oval(x + 8, 586, 7, 7, (70, 68, 66))


def counter(canvas: Canvas) -> None:
    """A tidy priority window: low counter, chair, sign with a heart."""
    room(canvas, (200, 110, 760, 400), (214, 206, 188), (150, 142, 130))
    for x in (330, 560):
        panel_light(canvas, [(x - 60, 24), (x + 60, 24), (x + 48, 60), (x - 48, 60)], True)
    canvas.rect(330, 130, 300, 60, RED, 6)
    for x in (372, 392):
        canvas.oval(x, 154, 12, 12, PAPER)
    canvas.poly([(361, 158), (403, 158), (382, 180)], PAPER)
    canvas.writing(426, 146, 170, 2, PAPER, 22)
    canvas.fade(box(260, 214, 440, 140), (160, 186, 196), (198, 212, 212), False)
    canvas.poly([(330, 214), (400, 214), (330, 354), (280, 354)], (206, 220, 222))
    canvas.fade(
        [(220, 354), (740, 354), (800, 540), (160, 540)], light(WOOD, 0.2), dark(WOOD, 0.12), False
    )
    canvas.poly([(206, 340), (754, 340), (766, 362), (194, 362)], light(WOOD, 0.42))
    canvas.rect(540, 318, 70, 24, PAPER, 2)
    canvas.line([(440, 340), (452, 306)], 4, (40, 40, 44))
    _glasses(canvas, 300, 326)
    canvas.shadow(480, 650, 130, 22)
    canvas.fade(box(400, 470, 160, 100), (84, 100, 146), (56, 70, 112), False)
    canvas.fade(box(390, 566, 180, 34), (96, 112, 156), (62, 76, 118), False)
    for x in (402, 546):
        canvas.rect(x, 598, 12, 58, (60, 58, 58))


def evacuation_light(canvas: Canvas) -> None:
    """A green exit sign over a door: how it should look."""
    wall(canvas, (188, 180, 162), 690)
    canvas.rect(300, 330, 360, 360, (86, 104, 112))
    canvas.fade(box(316, 346, 328, 344), (120, 140, 148), (92, 112, 120), False)
    canvas.rect(330, 520, 300, 18, (206, 204, 196), 8)
    canvas.glow(box(250, 110, 460, 200), (150, 230, 178), 0.5, 40)
    canvas.rect(290, 150, 380, 130, dark(GREEN, 0.3), 8)
    canvas.fade(box(302, 162, 356, 106), (52, 150, 92), (34, 116, 70), False)
    canvas.oval(372, 184, 11, 11, PAPER)
    canvas.line([(368, 200), (358, 228), (372, 252)], 9, PAPER)
    canvas.line([(360, 228), (338, 250)], 9, PAPER)
    canvas.line([(366, 204), (392, 216)], 7, PAPER)
    canvas.line([(440, 215), (590, 215)], 12, PAPER)
    canvas.poly([(590, 190), (628, 215), (590, 240)], PAPER)
