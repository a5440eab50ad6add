"""Small pictures for the demo, drawn and not taken: nobody is in them."""

from PIL import Image, ImageDraw

from demo.house import number
from portal import pictures
from portal.redrawing import as_jpeg

SIZE = (960, 640)
SKY, GRASS, WALL, TABLE = "#bfe3f2", "#7fb069", "#f6e7cb", "#b0763f"


def _outside(draw):
    draw.rectangle((0, 0, 960, 640), SKY)
    draw.ellipse((760, 50, 880, 170), fill="#ffd75e")
    draw.ellipse((-240, 380, 660, 900), fill="#97c27d")
    draw.ellipse((360, 420, 1260, 940), fill=GRASS)


def _inside(draw):
    draw.rectangle((0, 0, 960, 640), WALL)
    draw.rectangle((60, 60, 300, 280), fill=SKY, outline="white", width=14)
    draw.line((180, 60, 180, 280), fill="white", width=10)
    draw.rectangle((0, 430, 960, 640), TABLE)


def flowers(draw):
    _outside(draw)
    for place, colour in enumerate(("#d1495b", "#edae49", "#8d5a97", "#f08080", "#edae49", "#d1495b")):  # fmt: skip
        x, y = 120 + 145 * place, 330 + 60 * (place % 2)
        draw.line((x, y, x, y + 220), fill="#3f7d3a", width=12)
        for dx, dy in ((-38, 0), (38, 0), (0, -38), (0, 38), (-27, -27), (27, 27), (27, -27), (-27, 27)):  # fmt: skip
            draw.ellipse(
                (x + dx - 30, y + dy - 30, x + dx + 30, y + dy + 30), fill=colour
            )
        draw.ellipse((x - 24, y - 24, x + 24, y + 24), fill="#fff3b0")


def cake(draw):
    _inside(draw)
    draw.ellipse((230, 480, 730, 580), fill="#eeeeee")
    draw.rounded_rectangle((290, 330, 670, 530), 24, fill="#f4b6c2")
    draw.rounded_rectangle((290, 330, 670, 400), 24, fill="#fffaf3")
    for x in (350, 430, 510, 590):
        draw.rectangle((x, 240, x + 18, 336), fill="#4f86c6")
        draw.ellipse((x - 3, 196, x + 21, 246), fill="#ffb000")


def buns(draw):
    _inside(draw)
    draw.rounded_rectangle((120, 340, 860, 590), 20, fill="#5c6770")
    for row in range(2):
        for place in range(5):
            x, y = 160 + 138 * place, 360 + 110 * row
            draw.ellipse((x, y, x + 122, y + 96), fill="#c9803c")
            draw.ellipse((x + 20, y + 12, x + 82, y + 44), fill="#e0a15e")


def wood(draw):
    _outside(draw)
    for x, height in ((80, 420), (230, 500), (700, 460), (850, 540)):
        draw.rectangle((x - 16, 330, x + 16, 620), fill="#6b4a2f")
        draw.ellipse((x - 90, 540 - height, x + 90, 440), fill="#4d8b4a")
    draw.ellipse((330, 470, 660, 560), fill="#5aa9d6")


def keep(paint):
    """The picture in the folder of this portal, as if it had been sent."""
    image = Image.new("RGB", SIZE)
    paint(ImageDraw.Draw(image))
    small = image.copy()
    small.thumbnail((pictures.SIDES["small"],) * 2)
    files = {"full": as_jpeg(image, quality=75), "small": as_jpeg(small, quality=75)}
    name = number("picture", paint.__name__).hex
    return pictures.keep(pictures.Drawn(files, *image.size), name=name)
