"""One month of the log a page."""

import datetime as dt

from dateutil.relativedelta import relativedelta

from portal import clock

FIRST_YEAR = 2000


def asked(request):
    """The first day of the month that was asked for, or of this one."""
    this = clock.today().replace(day=1)
    try:
        month = dt.date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return this
    # Earlier than any home has used it: arithmetic on dates ends at the year 1.
    return min(month, this) if month.year > FIRST_YEAR else this


def instants(month):
    """The first instant of the month that begins on this day, and the last, in Denmark."""
    ends = clock.midnight(month + relativedelta(months=1))
    return clock.midnight(month), ends - dt.timedelta(microseconds=1)


def beside(month):
    """The months before and after: as they stand in an address, or an empty text."""
    before, after = (month + relativedelta(months=n) for n in (-1, 1))
    return {
        "month": month,
        "earlier": f"{before:%Y-%m}" if before.year > FIRST_YEAR else "",
        "later": f"{after:%Y-%m}" if after <= clock.today() else "",
    }
