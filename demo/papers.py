"""The signed paper of one talk, as somebody scanned it; of the other papers none yet."""

import textwrap
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from consent import actions
from consent.record import scanning
from demo.house import at

# Resident, to whom the paper is about, the day of the scan, and who scanned it.
SCANNED = [("Kirsten", "Poul", -199, "Jonas")]
# A page of A4 as a copier sees it, and the strokes of a pen.
PAGE = (1240, 1754)
PEN = [(0, 40), (30, -30), (50, 45), (85, -5), (120, 38), (150, -45), (178, 42), (215, 8), (260, 30), (330, 2)]  # fmt: skip


def build(house):
    for resident, relative, away, by in SCANNED:
        consent = (
            house.relations[resident, relative]
            .consents.filter(talk__form="paper")
            .select_related("talk")
            .first()
        )
        with at(house.moment(away, "8.40")):
            actions.keep_scan(
                consent.talk,
                scan=scanning.read(_page(consent.talk)),
                by=house.staff[by],
            )


def _page(talk):
    """The words that were shown, and a name below them."""
    page = Image.new("RGB", PAGE, "#fbfaf6")
    pen = ImageDraw.Draw(page)
    text = ImageFont.load_default(size=25)
    pen.text(
        (110, 110),
        str(talk.resident),
        font=ImageFont.load_default(size=40),
        fill="#222",
    )
    pen.multiline_text(
        (110, 200), _broken(talk.text_shown), font=text, fill="#222", spacing=12
    )
    pen.line([(110, 1560), (720, 1560)], fill="#222", width=2)
    pen.line([(x + 140, y + 1500) for x, y in PEN], fill="#1d3c78", width=5)
    pen.text((110, 1580), str(talk.resident), font=text, fill="#222")
    drawn = BytesIO()
    page.save(drawn, "PNG")
    return drawn.getvalue()


def _broken(words, width=78):
    return "\n".join(
        part
        for line in words.splitlines()
        for part in [*textwrap.wrap(line, width), ""]
    )
