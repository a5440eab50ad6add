"""The code on a printed paper: short enough to type, and a slip of the finger is seen.

Seven characters by chance and one that checks them. There is no 0 and O, and I and L are
read as 1, so that nobody has to guess. The code opens nothing: whoever types it sees the
paper only if they care for the resident.
"""

import secrets

ALPHABET = "123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
# A prime, so that one wrong character, and two that changed places, never add up.
PRIME = len(ALPHABET)
READ_AS = str.maketrans("IL", "11", " -–.")


class WrongCode(ValueError):
    """No code of ours: a character is missing or wrong."""


def new():
    word = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH - 1))
    return word + _check(word)


def read(typed):
    """The code as it is kept, whatever way it was typed. Raises WrongCode."""
    code = typed.upper().translate(READ_AS)
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        raise WrongCode
    if _check(code[:-1]) != code[-1]:
        raise WrongCode
    return code


def shown(code):
    """In two halves, as it stands on the paper."""
    return f"{code[:4]}-{code[4:]}"


def _check(word):
    total = sum(
        place * ALPHABET.index(letter) for place, letter in enumerate(word, start=1)
    )
    return ALPHABET[total % PRIME]
