"""A draft of the home's questions is issued, thrown away, or brought up to the common ones."""

from django.db import transaction

from meetings import carrying
from meetings.actions.questions import Overtaken, draft_for, seen
from meetings.models import Answer, Conversation, Preparation, Template
from portal import audit, clock
from portal.models import Home


class NothingNew(Exception):
    """There is no draft, or it asks what the version in use asks."""


@transaction.atomic
def issue(home, *, before, by):
    """Freeze the draft: conversations use it from now on. Returns (version, how many took it).

    Those that are planned and for which nobody has written anything yet take it at once;
    those that have begun, and those that were held, keep theirs. `before`: seen() of what
    was looked over. Raises NothingNew and Overtaken; IntegrityError if the minimum standard
    is not in it.
    """
    Home.objects.select_for_update().get(pk=home.pk)
    draft = Template.objects.draft_of(home)
    in_use = Template.objects.for_home(home)
    if draft is None or carrying.said(draft) == carrying.said(in_use):
        raise NothingNew
    if seen(draft) != before:
        raise Overtaken
    number = home.templates.exclude(issued_at=None).count() + 1
    draft.version = f"{draft.based_on.version}.{number}"
    draft.issued_at, draft.issued_by = clock.now(), by
    draft.save(update_fields=["version", "issued_at", "issued_by"])
    taken = _planned_take(home, draft)
    audit.record("questions.issued", by=by, about=draft, planned=taken)
    return draft, len(taken)


def _planned_take(home, version):
    planned = Conversation.objects.select_for_update().filter(
        resident__department__home=home, status=Conversation.Status.PLANNED
    )
    # Locked first, and asked afterwards: nobody writes the first answer in between.
    numbers = set(planned.values_list("pk", flat=True))
    for rows in (Answer.objects, Preparation.objects):
        begun = rows.filter(conversation__in=numbers)
        numbers -= set(begun.values_list("conversation", flat=True))
    Conversation.objects.filter(pk__in=numbers).update(template=version)
    return sorted(numbers)


@transaction.atomic
def throw_away(home, *, before, by):
    """The draft goes; what is in use stays. Raises Overtaken."""
    Home.objects.select_for_update().get(pk=home.pk)
    draft = Template.objects.draft_of(home)
    if draft is None:
        return
    if seen(draft) != before:
        raise Overtaken
    audit.record("questions.draft_thrown_away", by=by, about=draft)
    draft.delete()


@transaction.atomic
def carry_over(home, *, by):
    """Bring the draft up to the latest common version, with all that is the home's own."""
    draft, newest = draft_for(home, by=by), Template.objects.common()
    if draft.based_on_id == newest.pk:
        return draft
    own = carrying.read(draft)
    draft.sections.all().delete()
    draft.based_on = newest
    draft.save(update_fields=["based_on"])
    carrying.fill(draft, own=own)
    audit.record("questions.carried_over", by=by, about=draft, common=newest.pk)
    return draft
