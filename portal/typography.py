"""Words as they stand on paper: what belongs together stays on one line."""

import re
import unicodedata
from functools import cache

from fontTools.ttLib import TTFont

from portal import press

NBSP = "\u00a0"
# A character that none of our fonts can draw. Fallback to the machine's own fonts would
# give another paper on another machine, and a missing glyph is no PDF/UA.
CANNOT_DRAW = "\u25a1"
_TOGETHER = (
    (r"§§? (?=\d)", lambda m: m[0][:-1] + NBSP),
    (r"\b(kl\.|stk\.|nr\.|s\.|ca\.) (?=\d)", lambda m: m[1] + NBSP),
    (r"(?<=\d) (?=kr\.|%|(timer|minutter|dage|uger|år|kg|mg|ml)\b)", lambda m: NBSP),
    (
        r"(?<=\d\.) (?=(jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec))",
        lambda m: NBSP,
    ),
    (r"\b\d\d(?: \d\d){3}\b", lambda m: m[0].replace(" ", NBSP)),
)
_RULES = [(re.compile(pattern), change) for pattern, change in _TOGETHER]


def on_paper(text):
    """The text with what belongs together kept together, and nothing undrawable."""
    text = printable(text)
    for pattern, change in _RULES:
        text = pattern.sub(change, text)
    return text


def printable(text):
    """Without control and direction characters; a box for what no font of ours has."""
    if text.isascii() and text.isprintable():
        return text
    drawable = _drawable()
    return "".join(
        one if one == "\n" or ord(one) in drawable else CANNOT_DRAW
        for one in unicodedata.normalize("NFC", text).replace("\t", " ")
        # Cc, Cf and the like: NUL, soft marks that turn the direction of reading.
        if one == "\n" or unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Co")
        # Variation selectors choose a picture that we do not have.
        if not 0xFE00 <= ord(one) <= 0xFE0F
    )


@cache
def _drawable():
    """Every character that our fonts have."""
    characters = set()
    for path in press.FONTS.values():
        with TTFont(path, lazy=True) as font:
            characters |= font.getBestCmap().keys()
    return frozenset(characters)
