"""Meetings, what was said at them, and papers handed out, for the search in everything."""

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from meetings.models import AgendaItem, ExtractItem, HandOut, Meeting
from meetings.models.agenda import Minutes
from portal.rooms import Row
from portal.searching import Kind
from residents.topics import Topic


def kinds(user):
    yield Kind(
        "meetings",
        _("Meetings"),
        Meeting.objects.visible_to(user).with_people().order_by("-planned_at", "-pk"),
        ("theme", "place"),
        _of_meeting,
        choices={"kind": Meeting.Kind.choices},
        about=_whose,
        order=40,
    )
    yield Kind(
        "minutes",
        _("Agendas and minutes"),
        _points(user),
        ("title", "was_said", "was_decided"),
        _of_point,
        about=_whose,
        order=41,
    )
    yield Kind(
        "papers",
        _("Papers handed out"),
        ExtractItem.objects.visible_to(user)
        .exclude(hand_out__kind=HandOut.Kind.OTHER)
        .select_related("resident", "hand_out")
        .annotate(
            question=KeyTextTransform("question", "content"),
            words=KeyTextTransform("text", "content"),
        )
        .order_by("-recorded_at", "-pk"),
        ("question", "words"),
        _of_paper,
        choices={"topic": Topic.choices},
        order=42,
    )


def _points(user):
    """Points on the agenda, with the latest minutes of meetings that were held.

    Called off, or not yet held, those who are invited read less than those who work
    there. The search finds what both can read.
    """
    held = Q(item__meeting__status=Meeting.Status.HELD)
    latest = Minutes.objects.filter(held, item=OuterRef("pk")).order_by("-version")
    return (
        AgendaItem.objects.visible_to(user)
        .on()
        .exclude(meeting__status=Meeting.Status.CANCELLED)
        .select_related("meeting", "resident")
        .annotate(
            was_said=Subquery(latest.values("text")[:1]),
            was_decided=Subquery(latest.values("decided")[:1]),
        )
        .order_by(F("meeting__planned_at").desc(), "number", "pk")
    )


def _whose(row):
    return row if row.resident_id else None


def _of_meeting(meeting):
    about = meeting.resident.short_name if meeting.resident_id else None
    return Row(
        meeting.says_what,
        reverse("meetings:my-meeting", args=[meeting.uuid]),
        " · ".join(filter(None, [about, date_format(localtime(meeting.at))])),
        meeting.place,
    )


def _of_point(item):
    about = item.resident.short_name if item.resident_id else None
    said = [item.was_said, item.was_decided]
    return Row(
        item.title,
        reverse("meetings:my-meeting", args=[item.meeting.uuid]),
        " · ".join(
            filter(
                None,
                [about, str(item.meeting), date_format(localtime(item.meeting.at))],
            )
        ),
        "\n".join(part for part in said if part),
    )


def _of_paper(item):
    return Row(
        item.question or Truncator(item.words).words(12),
        reverse("meetings:extract", args=[item.hand_out.uuid]),
        f"{item.resident.short_name} · {date_format(localtime(item.recorded_at))}",
        item.words or "",
    )
