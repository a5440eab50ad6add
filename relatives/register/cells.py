"""What stands in one cell, as a value. Whatever cannot be read says what would be right.

Values are such as JSON can hold: a checked file waits in the database until somebody
has looked at it.
"""

import datetime as dt
import re
from functools import partial

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from openpyxl.utils.datetime import from_excel

from portal import clock, cpr
from relatives.register import words

DAY = re.compile(r"(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
CLOCK = re.compile(r"[ T]\d{1,2}[:.]\d{2}([:.]\d{2}(\.\d+)?)?$")
# How a spreadsheet counts days, from 1927 to 2099: below that it may be a bare year.
SERIAL = range(10_000, 73_051)
SPOILT = re.compile("�|Ã[¦¸¥†˜…\x86\x98\x85]")
EXCEL_ERROR = re.compile(r"#(REF|N/A|VALUE|NAME|DIV/0|NULL|NUM)[!?]?")
SHORTENED = re.compile(r"\d([.,]\d+)?E\+?\d+", re.IGNORECASE)
QUOTED = re.compile(r'="([^"]*)"')
LIST = re.compile(r"[,;|]")
CPR_LIKE = re.compile(r"(?<!\d)(\d{6})[- ]?(\d{4})(?!\d)")


class Wrong(Exception):
    """A cell that cannot be right. Says what would be."""


def plain(cell):
    """The text of the cell. Raises Wrong if a spreadsheet has spoilt it."""
    if quoted := QUOTED.fullmatch(cell):
        return quoted[1].strip()
    if cell.startswith("="):
        raise Wrong(
            _(
                "The cell holds a formula. "
                "Copy the column and paste it as values, and save again."
            )
        )
    if EXCEL_ERROR.fullmatch(cell):
        raise Wrong(
            _("The cell holds an error from Excel. Write what should be there.")
        )
    if SPOILT.search(cell):
        raise Wrong(
            _("The letters æ, ø and å are spoilt. Export again as CSV UTF-8 or XLSX.")
        )
    return cell


def masked(words_of_a_file):
    """Without what may be a CPR number, for everything that is shown or kept."""
    return CPR_LIKE.sub(r"\1-••••", words_of_a_file)


def _refuse_cpr(cell, *, bare):
    found = CPR_LIKE.search(cell)
    if found and (bare or "-" in found[0]):
        try:
            cpr.read(found[1] + found[2])
        except ValueError:
            return
        raise Wrong(
            _(
                "This looks like a CPR number. It may stand nowhere but in the column for "
                "CPR numbers, where it is made unreadable."
            )
        )


def text(cell, *, most):
    _refuse_cpr(cell, bare=False)
    if len(cell) > most:
        raise Wrong(
            _("This is %(length)s characters. There is room for %(most)s.")
            % {"length": len(cell), "most": most}
        )
    return cell


def number(cell):
    """A number in the care system. What Excel made a decimal is whole again."""
    _refuse_cpr(cell, bare=True)
    return text(re.sub(r"\.0$", "", cell), most=50)


def day(cell):
    """A date as ISO text: 3-11-1990, 1990-11-03, or as a spreadsheet counts days."""
    bare = CLOCK.sub("", cell)
    if bare.isdecimal() and len(bare) <= 5 and int(bare) in SERIAL:
        return from_excel(int(bare)).date().isoformat()
    if match := DAY.fullmatch(bare):
        parts = match[3], match[2], match[1]
    elif match := ISO_DAY.fullmatch(bare):
        parts = match.groups()
    else:
        raise Wrong(
            _(
                "“%(cell)s” is not a date. Write day, month and year, such as 03-11-1990."
            )
            % {"cell": cell[:40]}
        )
    try:
        found = dt.date(*map(int, parts))
    except ValueError:
        raise Wrong(
            _("There is no such day as %(cell)s. Look at the day and the month.")
            % {"cell": bare}
        ) from None
    if not 1900 <= found.year <= 2100:
        raise Wrong(
            _("The year %(year)s is not between 1900 and 2100.") % {"year": found.year}
        )
    return found.isoformat()


def birthday(cell):
    found = day(cell)
    if found > clock.today().isoformat():
        raise Wrong(
            _("The date of birth %(date)s lies in the future. Look at the year.")
            % {"date": cell}
        )
    return found


def cpr_number(cell):
    """What may be kept of a CPR number: its digests, its mask and the date in it."""
    bare = re.sub(r"\.0$", "", cell)
    if SHORTENED.fullmatch(bare):
        raise Wrong(
            _("Excel has shortened the number. Make the column text and export again.")
        )
    try:
        found = cpr.read(bare)
    except ValueError:
        raise Wrong(
            _(
                "This is not a CPR number. Write ten digits that begin with the day, month "
                "and year of birth. If there is no real CPR number, leave the cell empty and "
                "write the date of birth."
            )
        ) from None
    return {
        "digests": cpr.digests(found),
        "shown": cpr.mask(found),
        "born_on": cpr.born_on(found).isoformat(),
        "modulus_11": cpr.passes_modulus_11(found),
    }


def email(cell):
    address = cell.removeprefix("mailto:").strip("<>").lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Wrong(
            _("“%(cell)s” is not an e-mail address. It looks like name@example.dk.")
            % {"cell": cell[:60]}
        ) from None
    return text(address, most=254)


def phone(cell):
    """As Danes read it: 12 34 56 78. Foreign numbers begin with + and the country."""
    bare = re.sub(r"\.0$", "", cell)
    if SHORTENED.fullmatch(bare):
        raise Wrong(
            _("Excel has shortened the number. Make the column text and export again.")
        )
    if bare.isdecimal() and len(bare) == 10 and bare.startswith("45"):
        bare = f"+{bare}"
    try:
        found = phonenumbers.parse(bare, "DK")
    except phonenumbers.NumberParseException:
        found = None
    if found is None or not phonenumbers.is_valid_number(found):
        raise Wrong(
            _(
                "“%(cell)s” is not a telephone number. Write eight digits, or + and the "
                "country code in front of a foreign number."
            )
            % {"cell": cell[:40]}
        )
    how = phonenumbers.PhoneNumberFormat
    danish = found.country_code == 45
    return phonenumbers.format_number(
        found, how.NATIONAL if danish else how.INTERNATIONAL
    )


def choice(cell, *, of):
    """What one of the words that we know for a subject means."""
    try:
        return words.meaning(of, cell)
    except KeyError:
        known = words.choices(of)
        close = words.closest(cell, known)
        if close:
            said = _("“%(cell)s” is not known here. Did you mean “%(close)s”?")
        else:
            said = _("“%(cell)s” is not known here. Write one of: %(known)s.")
        raise Wrong(
            said % {"cell": cell[:40], "close": close, "known": ", ".join(known)}
        ) from None


def yes_no(cell):
    return choice(cell, of="yes_no") == "yes"


def several(cell, *, each):
    """A list in one cell, with commas between."""
    return [each(part.strip()) for part in LIST.split(cell) if part.strip()]


def short(most):
    return partial(text, most=most)
