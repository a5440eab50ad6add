from django.urls import reverse
from django.utils.translation import gettext as _

from consent import policy
from portal.rooms import Door, Tab


def doors(user):
    if getattr(user, "resident", None):
        yield Door(_("Who may see what"), reverse("consent:mine"), order=10)


def tabs(user, resident):
    if policy.can_record_answers(user, resident):
        yield Tab(
            _("Consent"), reverse("consent:consents", args=[resident.uuid]), order=30
        )
