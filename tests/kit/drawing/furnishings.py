"""What outlets have for customers: convenience shelf, risk notices, priority window, exit sign."""

from tests.kit.drawing.brush import Canvas, dark, light
from tests.kit.drawing.places import GREEN, INDIGO, PAPER, RED, WOOD, box, panel_light, room, wall


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
