"""Danish order: æ, ø and å after z, and aa as å."""

from itertools import groupby

_AFTER_Z = str.maketrans({"æ": "{", "ø": "|", "å": "}"})


def _key(text):
    return text.casefold().replace("aa", "å").translate(_AFTER_Z)


def in_order(things):
    return sorted(things, key=lambda thing: _key(str(thing)))


def by_letter(words):
    """(letter, words) from a to å."""
    return [
        (letter, list(group))
        for letter, group in groupby(in_order(words), lambda word: word.term[0].upper())
    ]
