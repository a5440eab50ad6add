"""Relatives whom our mails do not reach: a card for those who manage. See portal.rooms."""

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.models import Department
from portal.rooms import Card, Found, Row
from relatives.models import Relation
from residents import ledger

A_CARD = 5


def cards(user):
    if any(job.is_manager for job in user.employments_in_force):
        yield Found(_unreached(user)[:A_CARD], lambda rows: _card(user, rows))


def _unreached(user):
    """By address: one that has been put right since is another matter."""
    return (
        Relation.objects.visible_to(user)
        .standing()
        .filter(
            resident__department__in=Department.objects.numbers_of_management(user),
            relative__user__is_active=True,
            relative__user__letterbox__refused_address=F("relative__user__email"),
        )
        .select_related("resident", "relative")
        .order_by("-relative__user__letterbox__refused_at", "pk")
    )


def _card(user, relations):
    ledger.read(user, relations)
    yield Card(
        _("Our mails do not reach them"),
        [
            Row(
                title=str(relation.relative),
                url=reverse("relatives:relative", args=[relation.relative.uuid]),
                meta=f"{relation.get_kind_display()}, {relation.resident}",
                text=_("Ask for the right address, and enter it."),
            )
            for relation in relations
        ],
        order=55,
    )
