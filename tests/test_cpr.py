"""A CPR number is recognised again, and never kept."""

import pytest

from portal import cpr


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("040690-1231", "0406901231"),
        ("040690 1231", "0406901231"),
        (" 0406901231 ", "0406901231"),
        # The nought that a spreadsheet dropped.
        ("406901231", "0406901231"),
    ],
)
def test_a_number_is_read_as_people_write_it(written, number):
    assert cpr.read(written) == number


@pytest.mark.parametrize(
    "written",
    [
        "310290-1231",
        "04069012",
        "0406901231x",
        "",
        "010150-5231",
        "٠٤٠٦٩٠١٢٣١",
        "0" * 10,
    ],
)
def test_a_number_that_cannot_be_anybodys_is_refused(written):
    with pytest.raises(ValueError, match="Not a CPR number"):
        cpr.read(written)


def test_the_mask_shows_the_date_of_birth_alone():
    assert cpr.mask("0406901231") == "040690-••••"


def test_the_digest_says_nothing_and_follows_the_secret(settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", ["old"]
    new, old = cpr.digests("0406901231")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "old", []

    assert cpr.digests("0406901231") == [old]
    assert new != old
    assert "0406901231" not in new
