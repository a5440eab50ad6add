"""The duty to tell a resident stays on the start page until it is done."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from consent import policy
from consent.models import UnconsentedDisclosure
from portal.rooms import Card, Found, Row
from residents import ledger
from residents import policy as residents

A_CARD = 5


def cards(user):
    """To a manager those of the departments, to others those of their own residents."""
    if not residents.any_job(user):
        return
    found = UnconsentedDisclosure.objects.visible_to(user).untold()
    if not any(job.is_manager for job in user.employments_in_force):
        found = found.filter(resident__contact_person=user)

    def drawn(few):
        # As a relative or a resident one reads of it elsewhere.
        ledger.read(user, few)
        return _card([_row(row, str(row.resident)) for row in few])

    yield Found(_newest(found), drawn)


def overview(user, resident):
    if not policy.can_record_disclosure(user, resident):
        return
    found = UnconsentedDisclosure.objects.visible_to(user).untold()
    yield Found(
        _newest(found.filter(resident=resident)),
        lambda few: _card([_row(row, row.to_whom) for row in few]),
    )


def _newest(found):
    return found.select_related("resident", "relation__relative").order_by(
        "happened_at", "pk"
    )[:A_CARD]


def _card(rows):
    if rows:
        yield Card(_("Tell the resident"), rows, order=12)


def _row(disclosure, title):
    day = date_format(localtime(disclosure.happened_at), "DATE_FORMAT")
    return Row(
        title=title,
        url=reverse("consent:disclosure", args=[disclosure.uuid]),
        meta=_("Told without consent on %(day)s") % {"day": day},
        text=", ".join(str(label) for label in disclosure.topics_in_words),
        badge=_("The resident must be told"),
        badge_kind="warning",
    )
