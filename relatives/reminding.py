"""Reminders of agreements: to whoever sees to them, once for each deadline and person.

A mail says that something waits, and never what or about whom. Whether it is still so is
asked again when the mail leaves (relatives.mails).
"""

import datetime as dt

from django.db.models import Q

from portal import clock, notices
from portal.models import Notice
from relatives.actions.notices import looking_after, managers_of
from relatives.models import Agreement, Doer
from residents.models import Resident

# Reminded of so long before the day; what is older than a week is seen in the lists.
BEFORE = dt.timedelta(days=3)
AFTER = dt.timedelta(days=7)
# Nobody's telephone rings at night because a day begins.
MORNING = dt.timedelta(hours=8)

DUE, FOLLOW_UP = "due", "follow-up"


def remind():
    """Post the reminders of today. However often it is called, each is posted once."""
    today = clock.today()
    found = (
        Agreement.objects.open()
        .filter(
            Q(due_on__range=(today - AFTER, today + BEFORE))
            | Q(follow_up_on__range=(today - AFTER, today)),
            resident__in=Resident.objects.living_here(),
        )
        .select_related(
            "resident__department", "resident__contact_person", "responsible_relative"
        )
    )
    for agreement in found:
        for what, day in deadlines(agreement):
            for person in recipients(agreement, what):
                _post(agreement, what, day, person)


def deadlines(agreement):
    """What somebody is reminded of today, and its day."""
    today = clock.today()
    if agreement.due_on and -AFTER <= agreement.due_on - today <= BEFORE:
        yield DUE, agreement.due_on
    if agreement.follow_up_on and -AFTER <= agreement.follow_up_on - today <= (
        dt.timedelta()
    ):
        yield FOLLOW_UP, agreement.follow_up_on


def recipients(agreement, what):
    """Whoever sees to it; when it is late or looked at again, those who work there."""
    late = what == DUE and agreement.due_on < clock.today()
    relative = agreement.responsible_relative
    if what == DUE and not late and relative and _may_be_reminded(agreement, relative):
        return [relative.user]
    if agreement.responsible == Doer.MANAGER:
        return managers_of(agreement.resident)
    return looking_after(agreement.resident)


def _may_be_reminded(agreement, relative):
    """An adult with a log-in, who may read it, and has not said that it is too much."""
    return bool(
        relative.user
        and not relative.is_minor
        and Agreement.objects.visible_to(relative.user).filter(pk=agreement.pk)
        and not agreement.replies.too_much().filter(relative=relative)
    )


def _post(agreement, what, day, person):
    # A changed agreement with the same day is the same deadline.
    versions = [agreement.pk, agreement.replaces_id]
    about = [f"{what}:{pk}:{day}" for pk in versions if pk]
    known = Notice.objects.filter(to=person, kind="agreements")
    if known.filter(key__in=[f"agreements:{one}" for one in about]).exists():
        return
    notices.tell(
        "agreements",
        to=[person],
        about=about[0],
        template="agreement-reminder",
        not_before=max(clock.now(), clock.midnight(clock.today()) + MORNING),
        agreement=agreement.pk,
        what=what,
        day=day.isoformat(),
    )
