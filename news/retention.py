"""What the news forget: see portal.retention."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from news.models import NewsRead
from portal import clock
from portal.retention import Rule

KEPT = dt.timedelta(days=730)


def _marks():
    yield NewsRead.objects.filter(at__lt=clock.now() - KEPT)


RULES = [
    Rule(
        "marks",
        _("Who has read which news"),
        _("two years"),
        _("Nobody asks any more whether it was read."),
        _marks,
    )
]
