"""What the clock on the wall says, as an instant."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from portal.moments import MomentField


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2026-01-15T12:00", dt.datetime(2026, 1, 15, 11, tzinfo=dt.UTC)),
        ("2026-03-29T01:59", dt.datetime(2026, 3, 29, 0, 59, tzinfo=dt.UTC)),
        ("2026-03-29T03:00", dt.datetime(2026, 3, 29, 1, 0, tzinfo=dt.UTC)),
        # The hour that comes twice: the first of the two.
        ("2026-10-25T02:00", dt.datetime(2026, 10, 25, 0, 0, tzinfo=dt.UTC)),
        ("2026-10-25T02:59", dt.datetime(2026, 10, 25, 0, 59, tzinfo=dt.UTC)),
        ("2026-10-25T03:00", dt.datetime(2026, 10, 25, 2, 0, tzinfo=dt.UTC)),
    ],
)
def test_a_time_on_the_wall_is_one_instant(written, utc):
    assert MomentField().clean(written) == utc


@pytest.mark.parametrize("written", ["2026-03-29T02:00", "2026-03-29T02:59"])
def test_the_hour_that_is_not_there_is_asked_about(written):
    with translation.override("en"), pytest.raises(ValidationError) as said:
        MomentField().clean(written)

    assert said.value.code == "not_there"
    with translation.override("en"):
        assert "no such time" in said.value.messages[0]


@pytest.mark.parametrize("written", ["yesterday", "2026-13-01T02:00", "\x00"])
def test_what_is_no_time_is_refused(written):
    with pytest.raises(ValidationError):
        MomentField().clean(written)
