"""Enquiries and ideas, for the search in all that one may see."""

from functools import partial

from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from community import finding
from community.models import EnquiryMessage, Idea
from portal.rooms import Row
from portal.searching import Kind
from residents.models import Resident


def kinds(user):
    own = Q(resident__in=Resident.objects.of(user).values("pk"))
    yield Kind(
        "enquiries",
        _("Enquiries"),
        EnquiryMessage.objects.visible_to(user)
        .annotate(
            # As finding.title_for: not the words that a relative kept for themselves.
            heading=Case(
                When(own & Q(enquiry__between_us=True), then=Value("")),
                default=F("enquiry__subject"),
            )
        )
        .select_related("enquiry__resident", "resident__department", "relation")
        .order_by("-recorded_at", "-pk"),
        ("heading", "text"),
        partial(_of_message, user),
        about=partial(_read, user),
        order=25,
    )
    yield Kind(
        "ideas",
        _("Ideas"),
        Idea.objects.visible_to(user)
        .with_own_words_for(user)
        .select_related("home")
        .order_by("-recorded_at", "-pk"),
        ("title", "answer", "own_words"),
        _of_idea,
        about=None,
        choices={"status": Idea.Status.choices},
        order=55,
    )


def _of_idea(idea):
    told = f"{idea.answer} {idea.own_words}" if idea.title else idea.answer
    return Row(
        idea.title or idea.own_words,
        reverse("community:idea", args=[idea.uuid]),
        date_format(localtime(idea.published_at or idea.recorded_at)),
        told,
        badge=capfirst(idea.get_status_display()),
    )


def _of_message(user, message):
    page = "enquiry" if _at_work(user, message) else "my-enquiry"
    said = [
        message.enquiry.number,
        message.get_kind_display(),
        date_format(localtime(message.recorded_at)),
    ]
    return Row(
        finding.title_for(user, message.enquiry),
        reverse(f"community:{page}", args=[message.enquiry.uuid]),
        " · ".join(said),
        message.text,
    )


def _read(user, message):
    """What of it is a reading: as finding.thread() has it."""
    if _at_work(user, message):
        return message.enquiry
    relative = getattr(user, "relative", None)
    is_own = (
        relative and message.relation and message.relation.relative_id == relative.pk
    )
    return message if message.topic and not is_own else None


def _at_work(user, message):
    return user.works_in(message.resident.department)
