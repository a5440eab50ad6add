"""Agreements, and at work the contact log and relatives, for the search in everything."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal.rooms import Row
from portal.searching import Kind
from relatives.models import Agreement, Contact, Relation
from residents.topics import Topic


def kinds(user):
    yield Kind(
        "agreements",
        _("Agreements"),
        Agreement.objects.visible_to(user)
        .filter(replaced_by=None)
        .select_related("resident")
        .order_by("-recorded_at", "-pk"),
        ("text", "goal", "reason"),
        _of_agreement,
        choices={"topic": Topic.choices},
        order=15,
    )
    if not user.employments_in_force:
        return
    yield Kind(
        "contacts",
        _("Contact"),
        Contact.objects.visible_to(user)
        .current()
        .select_related("resident", "relative")
        .order_by("-happened_at", "-pk"),
        (
            "note",
            "other_person",
            "relative__given_name",
            "relative__family_name",
        ),
        _of_contact,
        choices={"topic": Topic.choices},
        order=30,
    )
    yield Kind(
        "relatives",
        _("Relatives"),
        Relation.objects.visible_to(user)
        .standing()
        .select_related("resident", "relative")
        .order_by("relative__given_name", "relative__family_name", "pk"),
        ("relative__given_name", "relative__family_name"),
        _of_relation,
        order=6,
    )


def _of_agreement(agreement):
    meta = [
        agreement.resident.short_name,
        agreement.get_topic_display(),
        date_format(localtime(agreement.recorded_at), "DATE_FORMAT"),
    ]
    rest = [agreement.text, agreement.goal, agreement.reason]
    return Row(
        Truncator(agreement.text).words(12),
        reverse("relatives:agreement", args=[agreement.uuid]),
        " · ".join(meta),
        "\n".join(part for part in rest if part),
        badge=_("Ended") if agreement.ended_on else "",
    )


def _of_contact(contact):
    meta = [
        str(contact.resident),
        contact.get_topic_display(),
        date_format(localtime(contact.happened_at)),
    ]
    return Row(
        contact.person,
        reverse("relatives:contact", args=[contact.uuid]),
        " · ".join(meta),
        contact.note,
    )


def _of_relation(relation):
    return Row(
        str(relation.relative),
        reverse("relatives:relative", args=[relation.relative.uuid]),
        _("%(kind)s of %(name)s")
        % {"kind": relation.get_kind_display(), "name": relation.resident},
    )
