"""Finding a caller by a name or a number, among the people of one's own residents."""

import re
import unicodedata
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import pgettext

from portal import clock
from relatives.models import Relation

# Fewer letters or digits than these are anybody.
FEWEST_LETTERS, FEWEST_DIGITS = 2, 3
# A Danish number has eight; from so many on it is somebody's whole number.
A_WHOLE_NUMBER = 8
# More than these are not looked through while somebody waits on the telephone.
MOST_FOUND = 20
MOST_CHARACTERS = 100

_NUMBER = re.compile(r"(?:\+|\b)\d[\d\s().\u00a0-]*")
# One letter where Danish has two ways of writing it; others take off their accents.
# By their numbers in Unicode: the letters of Danish that no accent is taken off.
_SPELLINGS = {0xF8: "o", 0xE6: "a"}
_OF_WHOM = re.compile(r"(?<=\w)['\u2019]s\b|(?<=s)['\u2019](?!\w)")
_DOUBLES = (("aa", "a"), ("oe", "o"), ("ae", "a"))


@dataclass(frozen=True)
class Asked:
    """What was typed: words of names, and the digits of a number."""

    words: tuple[str, ...]
    digits: str

    @classmethod
    def of(cls, text):
        text = text.replace("\x00", "")[:MOST_CHARACTERS]
        number = max(_NUMBER.findall(text), key=len, default="")
        words = _words(_NUMBER.sub(" ", text))
        # "The mother of Bo": the little words are nobody's name.
        little = _words(pgettext("little words", "the of to for"))
        names = [word for word in words if word not in little]
        return cls(tuple(names or words), national(number))

    @property
    def is_too_little(self):
        return (
            len("".join(self.words)) < FEWEST_LETTERS
            and len(self.digits) < FEWEST_DIGITS
        )

    @property
    def number(self):
        """The whole number the caller calls from, or an empty text."""
        return self.digits if len(self.digits) >= A_WHOLE_NUMBER else ""

    def fits(self, relation):
        """The names decide if there are any: a stranger's number is found out later."""
        if self.words:
            return fits_names(self.words, _names(relation))
        return any(self.digits in one for one in numbers(relation.relative.phone))


def found(user, text):
    """The relations it may be, best first, at most MOST_FOUND and one more.

    Looked for among the residents of the user's departments, as far as anybody of
    theirs is a relative today. Names are compared here and not by the database: SQLite
    knows no Danish letters.
    """
    asked = Asked.of(text)
    if asked.is_too_little:
        return []
    fitting = [one for one in relations_of(user) if asked.fits(one)]
    fitting.sort(key=lambda one: _order(one, asked))
    return fitting[: MOST_FOUND + 1]


def relations_of(user):
    """Everybody that whoever cares for these residents may be asked for by telephone."""
    return (
        Relation.objects.visible_to(user)
        .standing()
        .filter(
            Q(resident__moved_out_on=None) | Q(resident__moved_out_on__gt=clock.today())
        )
        .select_related("relative", "resident__department")
    )


def national(number):
    """The digits of a number as it is dialled in Denmark: 12345678."""
    digits = re.sub(r"\D", "", number)
    if number.lstrip().startswith("+") or digits.startswith("00"):
        digits = digits.removeprefix("00").removeprefix("45")
    elif len(digits) == A_WHOLE_NUMBER + 2:
        digits = digits.removeprefix("45")
    return digits


def numbers(registered):
    """All numbers that stand in the field of one relative."""
    return [
        digits
        for one in re.split(r"[/,;]|[^\W\d]+", registered)
        if (digits := national(one))
    ]


def fits_names(words, names):
    """Whether each typed word begins one of the names, or stands in one if it is long.

    Callers say "I am Bo's mother", and so it is typed: with the s of whose it is.
    """
    return all(
        any(
            name.startswith(word)
            or (len(word) > 2 and word in name)
            or (len(name) > 1 and word == f"{name}s")
            for name in names
        )
        for word in words
    )


def _names(relation):
    relative, resident = relation.relative, relation.resident
    return _words(
        f"{relative} {resident} {resident.called} {relation.get_kind_display()}"
    )


def _order(relation, asked):
    """Whoever has the number first, then whose own name begins with what was typed."""
    own = _words(str(relation.relative))
    begins = all(any(name.startswith(word) for name in own) for word in asked.words)
    return (
        asked.digits not in numbers(relation.relative.phone),
        not begins,
        str(relation.relative),
        str(relation.resident),
        relation.pk,
    )


def _words(text):
    return re.findall(r"\w+", _folded(text))


def _folded(text):
    """Small letters, without accents, one spelling."""
    text = _OF_WHOM.sub("s", text.casefold().translate(_SPELLINGS))
    text = unicodedata.normalize("NFKD", text)
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    for two, one in _DOUBLES:
        text = text.replace(two, one)
    return text
