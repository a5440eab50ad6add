"""What opens an invitation on paper: twelve characters that somebody can read and type.

Kept is a keyed digest. The characters themselves are on the letter and nowhere else.
"""

import hashlib
import hmac
import re
import secrets

from django.conf import settings

# Without what is taken for something else in print: 0 and O, 1, I and L.
CHARACTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
# 59 bits, of which a guesser may try a few dozen a minute (settings.ACCOUNT_RATE_LIMITS).
LENGTH = 12
GROUP = 4
PURPOSE = b"portal.codes:"


def new():
    return "".join(secrets.choice(CHARACTERS) for _ in range(LENGTH))


def in_groups(code):
    """As it is printed: "K7QM-3XPA-9TRW"."""
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def read(text):
    """The code, however it was typed. Raises ValueError if it cannot be one."""
    code = re.sub(r"[\s.\-\u2010-\u2015]+", "", text).upper()
    if len(code) != LENGTH or not set(code) <= set(CHARACTERS):
        raise ValueError("Not a code.")
    return code


def digests(code):
    """The digest to keep, and after it those that older secrets would have given."""
    return [
        hmac.new(
            hashlib.sha256(PURPOSE + secret.encode()).digest(),
            code.encode(),
            hashlib.sha256,
        ).hexdigest()
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]
