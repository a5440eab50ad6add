"""What is said when somebody else published the draft in the meantime."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _


def too_late(request):
    messages.warning(request, _("It has been published in the meantime."))
    return redirect("news:news")
