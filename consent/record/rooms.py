"""Papers that are signed and not scanned yet, on the start page and at the resident's."""

import datetime as dt

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from consent import policy
from consent.models import ConsentTalk
from portal import clock
from portal.rooms import Card, Found, Row
from relatives import policy as relatives

A_CARD = 5
# An older paper is not lying on anybody's desk; its talk still says that it lacks.
ON_A_DESK = dt.timedelta(days=60)


def cards(user):
    """One's own: whoever recorded the answers has the paper."""
    if relatives.can_log_contacts(user):
        yield _found(ConsentTalk.objects.visible_to(user).filter(recorded_by=user))


def overview(user, resident):
    if policy.can_record_answers(user, resident):
        yield _found(ConsentTalk.objects.visible_to(user).filter(resident=resident))


def _found(talks):
    lacking = (
        talks.lacking_paper()
        .filter(recorded_at__gt=clock.now() - ON_A_DESK)
        .select_related("resident")
        .order_by("recorded_at", "pk")
    )
    return Found(lacking[:A_CARD], _card)


def _card(talks):
    rows = [
        Row(
            str(talk.resident),
            reverse("consent:scan-add", args=[talk.uuid]),
            meta=date_format(localtime(talk.recorded_at), "SHORT_DATE_FORMAT"),
        )
        for talk in talks
    ]
    if rows:
        yield Card(_("Signed papers to scan"), rows, order=42)
