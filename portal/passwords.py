"""What is easy to guess is no password, however it is put together.

zxcvbn counts the guesses: its lists hold 30,000 passwords from breaches, names, words and the
ways of a keyboard. We add what anybody would try here first (OWASP ASVS 6.1.2, 6.2.4, 6.2.11
and 6.2.12). Nothing is asked about which kinds of letters there are.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

from portal.models import Department, Home

# What the portal, the field and its places are called; each with and without Danish letters.
WORDS = [
    "samspil",
    "portal",
    "botilbud",
    "bosted",
    "kommune",
    "borger",
    "beboer",
    "p\u00e5r\u00f8rende",
    "parorende",
    "medarbejder",
    "p\u00e6dagog",
    "paedagog",
    "afdeling",
    "kodeord",
    "adgangskode",
    "velkommen",
    "sommer",
    "vinter",
    "danmark",
]
# Ten thousand million guesses: out of reach where five in five minutes are let through.
ENOUGH = 3
# So much must be left when what anybody would try is taken away: a year and a mark are less.
OF_ITS_OWN = 8
# As much as zxcvbn reads; what comes after only makes it better.
READ = 72


class NotEasyToGuess:
    """A validator of Django's: `settings.AUTH_PASSWORD_VALIDATORS`."""

    def validate(self, password, user=None):
        """Raises ValidationError that says what to do instead."""
        words = [*WORDS, *_words_about(user)]
        guessed = zxcvbn(password[:READ], user_inputs=words)
        if guessed["score"] < ENOUGH or len(_besides(words, password)) < OF_ITS_OWN:
            raise ValidationError(
                _(
                    "This password is easy to guess. Take three or four words that have "
                    "nothing to do with each other."
                ),
                code="password_easy_to_guess",
            )

    def get_help_text(self):
        return _(
            "Three or four words that have nothing to do with each other are good."
        )


def _words_about(user):
    """What the homes here are called, and the person."""
    names = [*Home.objects.values_list("name", flat=True)]
    names += Department.objects.values_list("name", flat=True)
    if user is not None:
        names += [user.name, user.email]
    return [
        word for name in names for word in re.split(r"[\W_]+", name.lower()) if word
    ]


def _besides(words, password):
    known = "|".join(re.escape(word) for word in words if len(word) > 2)
    return re.sub(known, "", password.lower())
