"""Words as Danes type them, made patterns that both databases and Python read alike.

A pattern finds a word in its other forms (the endings, a doubled consonant, a lost e),
inside a longer word, and however its letters are written: large or small, with or without
accents, å or aa. Case and accents are spelled out in it, because PostgreSQL knows them by
the locale of the database and SQLite not at all (docs/decisions/0023).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

import snowballstemmer

MOST_CHARACTERS, MOST_WORDS = 100, 8
# Shorter ones stand at the beginning of a word only: "is" is in every second one.
INSIDE_FROM = 4
SHORTEST_STEM = 3

# What is part of a word; everything else ends one.
LETTERS = "0-9A-Za-zÀ-ÖØ-öø-ɏ\u0300-\u036f"
STARTS, ENDS = f"(?:^|[^{LETTERS}])", f"(?:$|[^{LETTERS}])"
BETWEEN = f"[^{LETTERS}]+"

# One letter, or two that stand for it; also as composed of a letter and its mark.
TOGETHER = {
    "å": "(?:[åÅ]|[aA][aA\u030a])",
    "æ": "(?:[æÆäÄ]|[aA][eE\u0308])",
    "ø": "(?:[øØöÖ]|[oO][eE\u0308])",
}
WRITTEN = {"aa": "å", "ae": "æ", "oe": "ø", "ä": "æ", "ö": "ø"}

# e, en, er, et, es, ens, ene, erne, ere, ende, est, s, n, ns, r, rne, ne, t, te and so on.
ENDING = (
    "(?:[eE](?:[nN](?:[eE]|[dD][eE])?[sS]?|[rR](?:[nN]?[eE])?[sS]?|[tT][sS]?|[dD][eE]"
    "|[sS](?:[tT][eE]?)?)?|[nNrR](?:[nN]?[eE])?[sS]?|[tT][eE]?|[sS])?"
)
# No word is cut down to one of these, which stand everywhere: "sommer" is not "som".
SMALL = frozenset(
    [
        "alt",
        "den",
        "der",
        "det",
        "dem",
        "des",
        "din",
        "dog",
        "end",
        "far",
        "for",
        "fra",
        "før",
        "går",
        "ham",
        "han",
        "har",
        "hen",
        "her",
        "hos",
        "hun",
        "hver",
        "hvis",
        "ind",
        "jeg",
        "kan",
        "kun",
        "lad",
        "man",
        "med",
        "men",
        "mig",
        "min",
        "mod",
        "mon",
        "når",
        "nok",
        "nær",
        "nul",
        "ofte",
        "over",
        "per",
        "sig",
        "sin",
        "som",
        "til",
        "tit",
        "tog",
        "ved",
        "vil",
        "vor",
        "var",
    ]
)
VOWELS = "aeiouyæøå"


@lru_cache
def _alike():
    """Each letter, and how else it is written: large, and with accents."""
    alike = {}
    for code in range(0xC0, 0x180):
        letter = chr(code)
        base = unicodedata.normalize("NFD", letter)[0].lower()
        if base != letter.lower() and letter.lower() not in (*TOGETHER, *WRITTEN):
            alike[base] = alike.get(base, "") + letter
    return alike


def _letters(word):
    """The pattern of a word's letters, one by one."""
    rest = word
    while rest:
        pair = WRITTEN.get(rest[:2])
        first, rest = (pair, rest[2:]) if pair else (rest[0], rest[1:])
        first = WRITTEN.get(first, first)
        if first in TOGETHER:
            yield TOGETHER[first]
            continue
        base = unicodedata.normalize("NFD", first)[0]
        upper = base.upper()
        if not base.isalnum():
            yield re.escape(base)
        elif base.isdigit() or len(upper) > 1 or upper == base:
            yield base
        else:
            yield f"[{base}{upper}{_alike().get(base, '')}]"


def _pattern(word):
    return "".join(_letters(word))


def _stem(word):
    """The word without its ending, or nothing if that says nothing."""
    if not word.isalpha():
        return ""
    plain = word
    for written, letter in WRITTEN.items():
        plain = plain.replace(written, letter)
    stem = snowballstemmer.stemmer("danish").stemWord(plain)
    if len(stem) < SHORTEST_STEM or stem in SMALL or not set(stem) & set(VOWELS):
        return ""
    return stem


def _inflected(stem):
    """The stem as a pattern: bus and busser, cykel and cykler."""
    *start, last = _letters(stem)
    before = stem[-2:-1]
    if stem[-1] in VOWELS:
        return "".join([*start, last])
    if stem[-1] in "lnr" and before == "e" and stem[-3:-2] not in VOWELS:
        return "".join([*start[:-1], "[eE]?", last, last, "?"])
    if stem[-1] in "lnr" and before not in VOWELS:
        return "".join([*start, "[eE]?", last])
    return "".join([*start, last, last, "?"])


@dataclass(frozen=True)
class Term:
    """A word that was typed, or several in a row."""

    words: tuple[str, ...]

    @cached_property
    def pattern(self):
        """What stands for the term in a text. Its one group is the hit itself."""
        if len(self.words) > 1:
            return f"{STARTS}({BETWEEN.join(map(_pattern, self.words))})"
        (word,) = self.words
        typed = _pattern(word)
        found = f"({typed})" if len(word) >= INSIDE_FROM else f"{STARTS}({typed})"
        stem = _stem(word)
        if not stem:
            return found
        # In one group: the hit is whichever of the two was found.
        start = "" if len(word) >= INSIDE_FROM else STARTS
        return f"{start}({typed}|{_inflected(stem)}{ENDING}{ENDS})"

    def spans(self, text):
        """Where it stands in a text: (from, to)."""
        for hit in re.finditer(self.pattern, text):
            start, end = hit.span(1)
            # What ended the word is no part of it.
            found = re.sub(f"[^{LETTERS}]+$", "", text[start:end])
            yield start, start + len(found)


def typed(text):
    """What was typed, without what no database and no reader knows."""
    text = unicodedata.normalize("NFC", text[: 4 * MOST_CHARACTERS])
    shown = (
        " " if one.isspace() else one
        for one in text
        if one.isspace() or unicodedata.category(one)[0] != "C"
    )
    return " ".join("".join(shown).split())[:MOST_CHARACTERS].strip()


def terms(text):
    """The terms of a search, all of which must be found: words, and “words in a row”."""
    found = []
    quoted = re.split(r"[\"”“„»«]", typed(text).lower())
    for number, part in enumerate(quoted):
        words = [word for word in map(_trimmed, part.split()) if word]
        if number % 2 and number < len(quoted) - 1:
            found += [Term(tuple(words[:MOST_WORDS]))] if words else []
        else:
            found += [Term((word,)) for word in words]
    return list(dict.fromkeys(found))[:MOST_WORDS]


def _trimmed(word):
    """Without commas and the like around it; nothing if there is no letter in it."""
    return re.sub(r"^[\W_]+|[\W_]+$", "", word)
