"""Scenes at the door and at the machine: ramp, sign, hours board, cash machine, gauge."""

from tests.kit.drawing.brush import Canvas, Colour, dark, light
from tests.kit.drawing.places import INDIGO, PAPER, RED, STEEL, box, front, wall

RUBBER: Colour = (34, 32, 34)


def ramp(canvas: Canvas, is_blocked: bool) -> None:
    """The barrier-free ramp beside the steps, with electric bikes parked on it or free."""
    front(canvas)
    _sign(canvas, True)
    canvas.fade(
        [(300, 510), (660, 510), (700, 580), (260, 580)], (206, 198, 184), (176, 168, 154), False
    )
    canvas.rect(260, 580, 440, 22, (146, 138, 126))
    canvas.fade(
        [(660, 510), (790, 510), (940, 690), (720, 690)], (196, 190, 178), (164, 156, 144), False
    )
    canvas.poly([(660, 510), (720, 690), (700, 690), (650, 530)], (128, 120, 110))
    rail = (214, 216, 218)
    for ends in (((660, 420), (722, 610)), ((790, 420), (936, 610))):
        canvas.line(ends, 7, rail)
        for part in (0.0, 0.5, 1.0):
            x = ends[0][0] + (ends[1][0] - ends[0][0]) * part
            y = ends[0][1] + (ends[1][1] - ends[0][1]) * part
            canvas.line([(x, y), (x, y + 84)], 5, rail)
    if is_blocked:
        _bike(canvas, 690, 628, (58, 116, 110))
        _bike(canvas, 762, 676, (150, 62, 54))
    else:
        canvas.oval(790, 600, 24, 12, INDIGO)
        canvas.line([(780, 600), (800, 600)], 4, PAPER)


def _bike(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    canvas.shadow(x + 66, y + 4, 100, 14, 0.5)
    for wheel in (x, x + 130):
        canvas.oval(wheel, y - 24, 28, 28, RUBBER)
        canvas.oval(wheel, y - 24, 17, 17, (128, 126, 122))
        canvas.oval(wheel, y - 24, 5, 5, RUBBER)
    canvas.poly(
        [
            (x + 14, y - 36),
            (x + 30, y - 84),
            (x + 56, y - 40),
            (x + 112, y - 40),
            (x + 120, y - 24),
            (x + 24, y - 24),
        ],
        colour,
    )
    canvas.poly(
        [(x + 58, y - 72), (x + 132, y - 78), (x + 140, y - 44), (x + 76, y - 42)],
        light(colour, 0.18),
    )
    canvas.rect(x + 60, y - 88, 74, 15, RUBBER, 7)
    canvas.line([(x + 4, y - 28), (x + 26, y - 112)], 7, (70, 70, 74))
    canvas.line([(x + 8, y - 118), (x + 44, y - 106)], 6, RUBBER)
    canvas.oval(x + 18, y - 94, 9, 10, (236, 230, 200))


def sign(canvas: Canvas, is_broken: bool) -> None:
    """The sign over the door: a letter hangs loose and a tube is dark, or all is in place."""
    front(canvas)
    _sign(canvas, not is_broken)
    canvas.fade(
        [(300, 510), (660, 510), (700, 580), (260, 580)], (206, 198, 184), (176, 168, 154), False
    )
    canvas.rect(260, 580, 440, 22, (146, 138, 126))
    for x in (200, 740):
        canvas.fade(box(x, 470, 60, 70), (132, 92, 70), (96, 66, 52), True)
        for shift, top in ((0, 410), (20, 384), (40, 420)):
            canvas.oval(x + shift + 10, top + 36, 22, 40, (66 + shift, 108, 70))


def _sign(canvas: Canvas, is_whole: bool) -> None:
    canvas.oval(220, 148, 25, 25, PAPER)
    canvas.oval(220, 148, 16, 16, RED)
    for number, x in enumerate(range(280, 680, 68)):
        if not is_whole and number == 3:
            tilted = [(x + 8, 150), (x + 46, 166), (x + 30, 206), (x - 8, 190)]
            canvas.poly(tilted, (196, 192, 184))
            canvas.line([(x + 20, 130), (x + 26, 158)], 2, RUBBER)
            continue
        is_dark = not is_whole and number == 4
        colour = (112, 116, 132) if is_dark else (240, 236, 222)
        canvas.rect(x, 128, 42, 7, colour, 2)
        canvas.rect(x + 17, 124, 8, 46, colour, 2)
        canvas.rect(x + (4 if number % 2 else 0), 145, 34, 6, colour, 2)
        canvas.rect(x + 2, 163, 38 if number % 3 else 26, 7, colour, 2)


def machine(canvas: Canvas, is_cracked: bool) -> None:
    """A cash machine: the screen is cracked and dark, or shows its menu."""
    wall(canvas, (176, 174, 168), 620)
    canvas.shadow(480, 640, 300, 26)
    canvas.fade(box(250, 40, 460, 590), (150, 160, 174), (104, 114, 130), True)
    canvas.fade(box(250, 40, 460, 70), light(INDIGO, 0.1), dark(INDIGO, 0.15), False)
    canvas.rect(400, 66, 160, 18, (232, 230, 220), 3)
    canvas.rect(320, 132, 320, 214, (24, 28, 36), 8)
    if is_cracked:
        canvas.fade(box(336, 146, 288, 186), (44, 52, 66), (28, 32, 42), False)
        hub = (520, 220)
        for end in (
            (336, 170),
            (350, 332),
            (450, 332),
            (624, 300),
            (624, 180),
            (560, 146),
            (430, 146),
        ):
            bend = ((hub[0] + end[0]) / 2 + 10, (hub[1] + end[1]) / 2 - 8)
            canvas.line([hub, bend, end], 2.2, (186, 196, 204))
        canvas.ring(hub[0], hub[1], 20, 2, (206, 214, 220))
        canvas.ring(hub[0], hub[1], 44, 1.5, (150, 160, 170))
    else:
        canvas.fade(box(336, 146, 288, 186), (58, 112, 170), (40, 84, 138), False)
        canvas.rect(360, 164, 180, 16, (226, 236, 244), 3)
        for x in (360, 494):
            for y in (202, 244, 286):
                canvas.rect(x, y, 106, 28, (150, 188, 220), 4)
        canvas.poly([(430, 146), (520, 146), (420, 332), (336, 332), (336, 310)], (76, 130, 184))
    canvas.rect(320, 372, 176, 132, (52, 58, 68), 6)
    for row in range(4):
        for column in range(3):
            canvas.rect(334 + column * 52, 384 + row * 29, 42, 22, (206, 208, 206), 3)
    canvas.rect(530, 380, 110, 14, (20, 22, 26), 4)
    canvas.rect(530, 420, 110, 40, (46, 122, 84), 4)
    canvas.rect(546, 434, 78, 12, (26, 74, 50), 3)
    canvas.rect(340, 540, 280, 22, (22, 24, 28), 6)
    canvas.rect(330, 532, 300, 38, STEEL, 8)
    canvas.rect(344, 544, 272, 14, (22, 24, 28), 5)
    canvas.fade(box(60, 180, 120, 160), (222, 216, 200), (196, 188, 170), False)
    canvas.writing(74, 198, 92, 8, (142, 132, 118), 16)


def hours_board(canvas: Canvas) -> None:
    """The board with opening hours: workdays and holidays, personal and corporate."""
    wall(canvas, (186, 180, 170), 680)
    canvas.glow(box(212, 96, 560, 500), (18, 16, 14), 0.4, 14)
    canvas.rect(200, 80, 560, 500, (212, 214, 216), 10)
    canvas.fade(box(216, 96, 528, 110), light(INDIGO, 0.1), dark(INDIGO, 0.1), False)
    canvas.oval(270, 150, 26, 26, PAPER)
    canvas.writing(320, 134, 360, 2, PAPER, 28)
    for row in range(2):
        y = 230 + row * 172
        canvas.rect(216, y, 528, 156, (240, 238, 230), 4)
        canvas.rect(236, y + 18, 150, 24, INDIGO if row == 0 else RED, 4)
        for column in (236, 492):
            canvas.ring(column + 26, y + 98, 26, 4, (96, 94, 92))
            canvas.line(
                [(column + 26, y + 82), (column + 26, y + 98), (column + 38, y + 104)],
                4,
                (96, 94, 92),
            )
            canvas.writing(column + 68, y + 76, 150, 3, (134, 128, 120), 18)


def gauge(canvas: Canvas) -> None:
    """An extinguisher close up, its needle in the green."""
    wall(canvas, (150, 138, 114), 720)
    canvas.glow(box(330, 150, 360, 560), (18, 14, 10), 0.5, 30)
    canvas.fade(box(320, 190, 320, 540), (206, 52, 40), (128, 24, 20), True)
    canvas.oval(480, 196, 160, 52, (190, 44, 34))
    canvas.rect(430, 40, 100, 120, RUBBER, 10)
    canvas.arc(640, 190, 130, (200, 320), 26, RUBBER)
    canvas.rect(420, 30, 220, 26, (60, 58, 60), 10)
    canvas.oval(480, 214, 92, 92, (222, 218, 204))
    canvas.oval(480, 214, 80, 80, (246, 242, 230))
    canvas.arc(480, 214, 68, (150, 220), 16, RED)
    canvas.arc(480, 214, 68, (222, 318), 16, (50, 140, 84))
    canvas.arc(480, 214, 68, (320, 390), 16, (206, 164, 48))
    canvas.line([(480, 214), (494, 158)], 6, RUBBER)
    canvas.oval(480, 214, 10, 10, RUBBER)
    canvas.rect(366, 380, 228, 280, PAPER, 6)
    canvas.rect(386, 400, 188, 26, (196, 64, 52), 3)
    canvas.writing(386, 446, 188, 5, (128, 118, 102), 20)
    canvas.rect(386, 566, 74, 70, (220, 180, 168), 3)
    canvas.writing(476, 570, 98, 3, (128, 118, 102), 22)


def machine_room(canvas: Canvas) -> None:
    """A self-service point with its machines in a row: how it should look."""
    wall(canvas, (198, 194, 184), 560)
    canvas.fade(box(0, 40, 960, 70), light(INDIGO, 0.05), dark(INDIGO, 0.15), False)
    canvas.rect(360, 62, 240, 24, PAPER, 4)
    for x in (70, 360, 650):
        canvas.shadow(x + 115, 580, 140, 18)
        canvas.fade(box(x, 150, 230, 420), (160, 168, 180), (112, 120, 134), True)
        canvas.rect(x + 36, 186, 158, 110, (24, 28, 36), 6)
        canvas.fade(box(x + 46, 196, 138, 90), (66, 122, 178), (44, 90, 144), False)
        canvas.rect(x + 40, 330, 84, 74, (54, 60, 70), 4)
        canvas.rect(x + 140, 336, 52, 10, (20, 22, 26), 3)
        canvas.rect(x + 140, 366, 52, 22, (46, 122, 84), 3)
        canvas.rect(x + 40, 440, 150, 16, (22, 24, 28), 5)
    for x in (328, 618):
        canvas.rect(x, 130, 12, 440, (150, 172, 182))
    canvas.line([(40, 640), (920, 640)], 9, (206, 164, 48))
