"""Four pictures for the demonstration edition, drawn here so that nobody else's is needed.

Flat landscapes at 1600 × 900 pixels; the same bytes at every drawing (the grain is seeded).
"""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 900
Colour = tuple[int, int, int]
Point = tuple[float, float]


def jpeg(name: str) -> bytes:
    """The picture called `name` (a key of SCENES) as JPEG."""
    picture = _grain(SCENES[name]())
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=88, optimize=True)
    return buffer.getvalue()


def reservoir() -> Image.Image:
    picture = _sky((244, 206, 150), (250, 233, 205))
    draw = ImageDraw.Draw(picture)
    _sun(picture, (1180, 190), 74, (255, 244, 214))
    _ridge(draw, 400, 70, (198, 150, 116), seed=3)
    _ridge(draw, 450, 50, (170, 117, 86), seed=5)
    draw.polygon([(560, 470), (1060, 470), (1000, 330), (620, 330)], fill=(214, 209, 198))
    for column in range(640, 1000, 60):
        draw.line([(column, 335), (column - 14, 470)], fill=(188, 182, 170), width=5)
    draw.rectangle([600, 318, 1020, 336], fill=(232, 228, 218))
    for step, shade in enumerate([(201, 160, 118), (188, 145, 103), (174, 131, 91), (160, 117, 80)]):
        _shore(draw, 470 + step * 34, step * 60, shade, seed=10 + step)
    _lake(draw, [(380, 640), (700, 592), (1080, 600), (1330, 660), (1240, 760), (800, 800), (430, 740)])
    _cracks(draw, seed=7)
    return picture


def port() -> Image.Image:
    picture = _sky((58, 66, 104), (238, 150, 108))
    draw = ImageDraw.Draw(picture)
    _sun(picture, (420, 560), 90, (255, 214, 160))
    draw.rectangle([0, 590, WIDTH, HEIGHT], fill=(74, 70, 98))
    for number, line in enumerate(range(600, 900, 22)):
        draw.line([(380 - number * 22, line), (470 + number * 22, line)], fill=(232, 158, 120), width=4)
    for left, scale in ((140, 0.55), (640, 0.4), (860, 0.5)):
        _ship(draw, left, 600, scale, (46, 44, 68))
    draw.rectangle([980, 640, WIDTH, HEIGHT], fill=(30, 29, 46))
    for left in (1010, 1210, 1400):
        _crane(draw, left, 640, (24, 23, 38))
    _containers(draw)
    return picture


def ferry() -> Image.Image:
    picture = _sky((10, 18, 44), (44, 66, 112))
    draw = ImageDraw.Draw(picture)
    stars = random.Random(4)  # noqa: S311  # a sky, not a secret
    for _ in range(170):
        x, y, size = stars.randrange(WIDTH), stars.randrange(480), stars.choice([1, 1, 2, 3])
        draw.ellipse([x, y, x + size, y + size], fill=(226, 232, 246))
    _sun(picture, (1330, 150), 54, (246, 240, 216))
    draw.rectangle([0, 610, WIDTH, HEIGHT], fill=(14, 26, 54))
    draw.polygon([(330, 600), (1270, 600), (1190, 690), (410, 690)], fill=(232, 236, 242))
    draw.polygon([(340, 630), (1262, 630), (1236, 652), (366, 652)], fill=(178, 58, 52))
    for top, left, right in ((520, 440, 1150), (452, 520, 1060), (396, 640, 900)):
        draw.rounded_rectangle([left, top, right, top + 82], radius=14, fill=(240, 243, 248))
        for window in range(left + 28, right - 36, 46):
            draw.rounded_rectangle([window, top + 22, window + 24, top + 46], radius=5, fill=(252, 205, 116))
    draw.polygon([(960, 452), (1040, 452), (1030, 340), (976, 340)], fill=(178, 58, 52))
    for number in range(24):
        y, half = 706 + number * 8, 380 - number * 9
        shade = (196 - number * 5, 164 - number * 4, 112 - number * 2)
        draw.line([(800 - half, y), (800 + half, y)], fill=shade, width=2)
    return picture


def fruit() -> Image.Image:
    picture = _sky((222, 232, 226), (247, 241, 226))
    draw = ImageDraw.Draw(picture)
    for stripe in range(0, WIDTH, 160):
        draw.polygon(
            [(stripe, 0), (stripe + 80, 0), (stripe + 62, 190), (stripe - 18, 190)], fill=(182, 74, 58)
        )
    draw.rectangle([0, 190, WIDTH, 206], fill=(120, 52, 42))
    draw.rectangle([0, 790, WIDTH, HEIGHT], fill=(196, 178, 150))
    rows: list[tuple[int, list[Colour]]] = [
        (330, [(236, 146, 42), (244, 168, 60)]),
        (560, [(128, 164, 74), (154, 186, 96)]),
    ]
    for top, colours in rows:
        for left in range(70, 1500, 370):
            _crate(draw, left, top, colours, seed=left + top)
    return picture


SCENES: dict[str, Callable[[], Image.Image]] = {
    "reservoir": reservoir,
    "port": port,
    "ferry": ferry,
    "fruit": fruit,
}


def _sky(top: Colour, bottom: Colour) -> Image.Image:
    column = Image.new("RGB", (1, HEIGHT))
    for y in range(HEIGHT):
        part = y / HEIGHT
        column.putpixel((0, y), tuple(round(a + (b - a) * part) for a, b in zip(top, bottom, strict=True)))
    return column.resize((WIDTH, HEIGHT))


def _sun(picture: Image.Image, centre: Point, radius: int, colour: Colour) -> None:
    glow = Image.new("L", picture.size, 0)
    x, y = centre
    ImageDraw.Draw(glow).ellipse([x - 2 * radius, y - 2 * radius, x + 2 * radius, y + 2 * radius], fill=90)
    picture.paste(colour, (0, 0), glow.filter(ImageFilter.GaussianBlur(radius // 2)))
    ImageDraw.Draw(picture).ellipse([x - radius, y - radius, x + radius, y + radius], fill=colour)


def _ridge(draw: ImageDraw.ImageDraw, base: int, rise: int, colour: Colour, *, seed: int) -> None:
    points = [
        (x, base - rise * (0.6 + math.sin(x / 170 + seed) + 0.4 * math.sin(x / 61 + 2 * seed)))
        for x in range(0, WIDTH + 40, 40)
    ]
    draw.polygon([(0, HEIGHT), *points, (WIDTH, HEIGHT)], fill=colour)


def _shore(draw: ImageDraw.ImageDraw, top: int, inset: int, colour: Colour, *, seed: int) -> None:
    points = [
        (x, top + 10 * math.sin(x / 90 + seed) + abs(x - 800) * -0.02) for x in range(-40, WIDTH + 80, 40)
    ]
    draw.polygon([(-40, HEIGHT), *points, (WIDTH + 40, HEIGHT)], fill=colour)


def _lake(draw: ImageDraw.ImageDraw, outline: list[Point]) -> None:
    draw.polygon(_rounded(outline), fill=(96, 142, 158))
    for y in range(640, 760, 20):
        draw.line([(600 + (y % 60), y), (1060 - (y % 80), y)], fill=(132, 174, 186), width=3)


def _rounded(outline: list[Point]) -> list[Point]:
    """Corners cut four times, after Chaikin (1974)."""
    for _ in range(4):
        pairs = zip(outline, outline[1:] + outline[:1], strict=True)
        outline = [
            (a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part)
            for a, b in pairs
            for part in (0.25, 0.75)
        ]
    return outline


def _cracks(draw: ImageDraw.ImageDraw, *, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # cracks in mud, not a secret
    for _ in range(70):
        x, y = chance.randrange(WIDTH), chance.randrange(800, HEIGHT)
        for _ in range(4):
            there = (x + chance.randint(-46, 46), y + chance.randint(-14, 22))
            draw.line([(x, y), there], fill=(122, 84, 56), width=3)
            x, y = there


def _ship(draw: ImageDraw.ImageDraw, left: int, waterline: int, scale: float, colour: Colour) -> None:
    def at(x: int, y: int) -> Point:
        return left + x * scale, waterline - y * scale

    draw.polygon([at(0, 60), at(360, 60), at(330, 0), at(30, 0)], fill=colour)
    draw.rectangle([*at(30, 150), *at(90, 60)], fill=colour)
    for box in range(110, 320, 50):
        draw.rectangle([*at(box, 60 + 30 * (box // 50 % 2 + 1)), *at(box + 44, 60)], fill=colour)


def _crane(draw: ImageDraw.ImageDraw, left: int, base: int, colour: Colour) -> None:
    draw.line([(left, base), (left + 26, 300)], fill=colour, width=12)
    draw.line([(left + 120, base), (left + 94, 300)], fill=colour, width=12)
    draw.line([(left + 10, 480), (left + 110, 480)], fill=colour, width=10)
    draw.line([(left - 170, 300), (left + 170, 300)], fill=colour, width=14)
    draw.line([(left + 60, 210), (left - 160, 300)], fill=colour, width=5)
    draw.line([(left + 60, 210), (left + 160, 300)], fill=colour, width=5)
    draw.line([(left + 60, 210), (left + 60, 300)], fill=colour, width=10)
    draw.line([(left - 110, 300), (left - 110, 400)], fill=colour, width=4)


def _containers(draw: ImageDraw.ImageDraw) -> None:
    colours = [(92, 58, 62), (60, 72, 98), (104, 84, 60), (54, 66, 72)]
    for row in range(3):
        for column in range(7 - row):
            left, top = 1010 + column * 86 + row * 40, 800 - row * 48
            draw.rectangle([left, top, left + 80, top + 44], fill=colours[(row + column) % 4])


def _crate(draw: ImageDraw.ImageDraw, left: int, top: int, colours: list[Colour], *, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # fruit, not a secret
    for row in range(3):
        for column in range(5):
            x = left + 14 + column * 58 + (row % 2) * 20
            y = top + 66 - row * 30 + chance.randint(-4, 4)
            draw.ellipse([x, y, x + 60, y + 58], fill=chance.choice(colours))
            draw.ellipse([x + 14, y + 10, x + 28, y + 22], fill=(255, 236, 190))
    draw.rectangle([left, top + 90, left + 330, top + 210], fill=(172, 124, 78))
    for slat in (top + 90, top + 132, top + 174):
        draw.rectangle([left, slat, left + 330, slat + 34], fill=(192, 146, 96))
    for post in (left, left + 306):
        draw.rectangle([post, top + 84, post + 24, top + 214], fill=(150, 106, 66))


def _grain(picture: Image.Image) -> Image.Image:
    chance = random.Random(1)  # noqa: S311  # paper grain, not a secret
    noise = Image.frombytes("L", (400, 225), bytes(chance.choices(range(118, 139), k=400 * 225)))
    layer = Image.merge("RGB", [noise.resize(picture.size)] * 3)
    return Image.blend(picture, layer, 0.06)
