"""CPR numbers: recognised, never kept (databeskyttelsesloven § 11).

The only module that holds one. What leaves it is a keyed digest, for knowing the person
again, and a mask, for a reader to know which number is meant.
"""

import hashlib
import hmac

from django.conf import settings
from stdnum.dk import cpr
from stdnum.exceptions import ValidationError
from stdnum.util import isdigits

PURPOSE = b"residents.cpr:"


def read(text):
    """The ten digits. Raises ValueError if they cannot be anybody's.

    The date must exist in the century that the seventh digit tells, and lie in the past.
    Modulus 11 is not asked for: since 2007 numbers are given out that fail it (CPR
    office, "Personnumre uden kontrolciffer (modulus 11-kontrol)").
    """
    number = cpr.compact(text)
    # A spreadsheet takes the number for an amount and drops the nought in front.
    if len(number) == 9 and isdigits(number):
        number = f"0{number}"
    try:
        return cpr.validate(number)
    except ValidationError as error:
        raise ValueError("Not a CPR number.") from error


def born_on(number):
    return cpr.get_birth_date(number)


def passes_modulus_11(number):
    return cpr.checksum(number) == 0


def mask(number):
    """The date of birth alone: 040690-••••."""
    return f"{number[:6]}-••••"


def digests(number):
    """The digest to keep, and after it those that older secrets would have given."""
    return [
        hmac.new(
            hashlib.sha256(PURPOSE + secret.encode()).digest(),
            number.encode(),
            hashlib.sha256,
        ).hexdigest()
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]
