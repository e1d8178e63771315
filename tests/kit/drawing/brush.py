"""A canvas of 960 x 720 points, drawn at twice the size: shapes, gradients, soft shadows, grain."""

import random
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT, SCALE = 960, 720, 2
Point = tuple[float, float]
Colour = tuple[int, int, int]


def mix(one: Colour, other: Colour, part: float) -> Colour:
    """`part` of the other colour in the one."""
    blend = [round(a + (b - a) * part) for a, b in zip(one, other, strict=True)]
    return (blend[0], blend[1], blend[2])


def dark(colour: Colour, part: float = 0.3) -> Colour:
    """The colour in shade."""
    return mix(colour, (20, 18, 22), part)


def light(colour: Colour, part: float = 0.3) -> Colour:
    """The colour in light."""
    return mix(colour, (255, 250, 238), part)


def curve(points: Sequence[Point], is_closed: bool = False) -> list[Point]:
    """A smooth way through the points (Catmull-Rom splines, 12 steps a piece)."""
    ring = list(points)
    ends = (ring[-1:], ring[:2]) if is_closed else (ring[:1], ring[-1:])
    path = [*ends[0], *ring, *ends[1]]
    found: list[Point] = []
    for a, b, c, d in zip(path, path[1:], path[2:], path[3:], strict=False):
        for step in range(12):
            t = step / 12
            x, y = (_spline(a[i], b[i], c[i], d[i], t) for i in (0, 1))
            found.append((x, y))
    return found if is_closed else [*found, ring[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    bend = (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3
    return (2 * b + (c - a) * t + bend) / 2


class Canvas:
    """What scenes draw on. Coordinates are points; everything is antialiased by shrinking."""

    def __init__(self, ground: Colour) -> None:
        self.picture = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), ground)
        self.pen = ImageDraw.Draw(self.picture)

    def poly(self, points: Sequence[Point], fill: Colour) -> None:
        self.pen.polygon(_scaled(points), fill=fill)

    def rect(self, x: float, y: float, w: float, h: float, fill: Colour, r: float = 0) -> None:
        box = [value * SCALE for value in (x, y, x + w, y + h)]
        self.pen.rounded_rectangle(box, radius=r * SCALE, fill=fill)

    def oval(self, x: float, y: float, rx: float, ry: float, fill: Colour) -> None:
        self.pen.ellipse([v * SCALE for v in (x - rx, y - ry, x + rx, y + ry)], fill=fill)

    def ring(self, x: float, y: float, r: float, width: float, fill: Colour) -> None:
        box = [v * SCALE for v in (x - r, y - r, x + r, y + r)]
        self.pen.ellipse(box, outline=fill, width=round(width * SCALE))

    def arc(
        self, x: float, y: float, r: float, span: tuple[float, float], width: float, fill: Colour
    ) -> None:
        box = [v * SCALE for v in (x - r, y - r, x + r, y + r)]
        self.pen.arc(box, span[0], span[1], fill=fill, width=round(width * SCALE))

    def line(self, points: Sequence[Point], width: float, fill: Colour) -> None:
        self.pen.line(_scaled(points), fill=fill, width=round(width * SCALE), joint="curve")
        for x, y in points:
            self.oval(x, y, width / 2, width / 2, fill)

    def fade(self, points: Sequence[Point], start: Colour, end: Colour, across: bool) -> None:
        """A polygon filled from `start` to `end`: down the page, or across it."""
        mask = Image.new("L", self.picture.size, 0)
        ImageDraw.Draw(mask).polygon(_scaled(points), fill=255)
        box = mask.getbbox()
        if box is None:
            return
        size = (box[2] - box[0], box[3] - box[1])
        ramp = Image.linear_gradient("L")
        ramp = ramp.rotate(90).resize(size) if across else ramp.resize(size)
        colours = Image.composite(Image.new("RGB", size, end), Image.new("RGB", size, start), ramp)
        self.picture.paste(colours, box[:2], mask.crop(box))
        self.pen = ImageDraw.Draw(self.picture)

    def glow(self, points: Sequence[Point], colour: Colour, strength: float, blur: float) -> None:
        """Light (or shadow, with a dark colour) with soft edges."""
        mask = Image.new("L", (WIDTH, HEIGHT), 0)
        ImageDraw.Draw(mask).polygon([(round(x), round(y)) for x, y in points], fill=255)
        mask = mask.filter(ImageFilter.GaussianBlur(blur)).resize(self.picture.size)
        mask = mask.point([round(value * strength) for value in range(256)])
        self.picture.paste(Image.new("RGB", self.picture.size, colour), (0, 0), mask)
        self.pen = ImageDraw.Draw(self.picture)

    def shadow(self, x: float, y: float, rx: float, ry: float, strength: float = 0.45) -> None:
        """A soft shadow on the floor under something."""
        points = [(x - rx, y), (x, y - ry), (x + rx, y), (x, y + ry)]
        wide = [(x - rx * 0.8, y - ry * 0.6), (x + rx * 0.8, y - ry * 0.6)]
        low = [(x + rx * 0.8, y + ry * 0.6), (x - rx * 0.8, y + ry * 0.6)]
        self.glow([points[0], *wide, points[2], *low], (18, 15, 14), strength, max(5, ry * 0.5))

    def writing(
        self, x: float, y: float, w: float, rows: int, colour: Colour, gap: float = 12
    ) -> None:
        """Rows of bars that stand for words."""
        for row in range(rows):
            length = w * (1.0, 0.86, 0.94, 0.62)[row % 4]
            self.rect(x, y + row * gap, length, gap * 0.38, colour, gap * 0.19)

    def finished(self, seed: int) -> Image.Image:
        """Shrunk, with the grain of a phone's camera and darker corners."""
        small = self.picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        small = ImageChops.multiply(small, _corners())
        small = ImageChops.overlay(small, _mottle(seed))
        return small.filter(ImageFilter.GaussianBlur(0.45))


def _scaled(points: Sequence[Point]) -> list[tuple[float, float]]:
    return [(x * SCALE, y * SCALE) for x, y in points]


def _corners() -> Image.Image:
    ramp = Image.radial_gradient("L").resize((WIDTH, HEIGHT))
    return ramp.point([255 - round(max(0, v - 110) * 0.5) for v in range(256)]).convert("RGB")


def _mottle(seed: int) -> Image.Image:
    chance = random.Random(seed)
    layer = Image.new("L", (WIDTH, HEIGHT), 128)
    for cells, weight in ((30, 5), (120, 4), (480, 3)):
        size = (cells, cells * HEIGHT // WIDTH)
        noise = Image.frombytes("L", size, chance.randbytes(size[0] * size[1]))
        noise = noise.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
        noise = noise.point([128 + round((v - 128) * weight / 128) for v in range(256)])
        layer = ImageChops.add(layer, noise, 1, -128)
    return layer.convert("RGB")
