"""The words of care systems (words.toml), found again however they are written."""

import difflib
import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ü": "ue"})
_WORDS = tomllib.loads(
    Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
)


def simplify(text):
    """Without case, spaces, punctuation and Danish letters: for comparing words."""
    text = unicodedata.normalize("NFC", text).casefold().translate(LETTERS)
    return re.sub(r"[^\w§]|_", "", text)


def headings(kind):
    """Each column's headings, ours first."""
    return _WORDS["headings"][kind]


@cache
def columns_by_heading(kind):
    return {
        simplify(heading): column
        for column, known in headings(kind).items()
        for heading in known
    }


@cache
def all_headings():
    """Every simplified heading there is, with the heading to write instead."""
    return {
        simplify(heading): known[0]
        for columns in _WORDS["headings"].values()
        for known in columns.values()
        for heading in known
    }


@cache
def _meanings(subject):
    return {
        simplify(word): meaning
        for meaning, known in _WORDS["words"][subject].items()
        for word in known
    }


def meaning(subject, text):
    """What a word in a cell means. Raises KeyError if nobody knows."""
    return _meanings(subject)[simplify(text)]


def choices(subject):
    """The words to write for a subject, one for each meaning."""
    return [known[0] for known in _WORDS["words"][subject].values()]


def closest(text, known):
    """The known word that somebody has probably meant, or None."""
    words = {simplify(word): word for word in known}
    close = difflib.get_close_matches(simplify(text), words, n=1, cutoff=0.8)
    return words[close[0]] if close else None
