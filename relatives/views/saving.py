"""Where one comes to when a contact has been saved."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _


def way_on(request, contact, *, said, back, without_consent=()):
    """Back where one was, with a way to put it right.

    These topics were told although nobody has said yes to it: that is recorded on the
    next page, which knows to whom, when and of what.
    """
    if without_consent:
        messages.warning(request, _("The contact is saved. Record now what was told."))
        record = reverse("consent:disclosure-record", args=[contact.resident.uuid])
        asked = {
            "contact": contact.uuid,
            "topic": [str(topic) for topic in without_consent],
        }
        return HttpResponseRedirect(f"{record}?{urlencode(asked, doseq=True)}")
    correct = reverse("relatives:correct-contact", args=[contact.uuid])
    messages.success(
        request,
        format_html('{} <a href="{}">{}</a>', said, correct, _("Correct it")),
    )
    return HttpResponseRedirect(back)
