from django.urls import reverse
from django.utils.translation import gettext as _

from consent import policy
from portal.rooms import Tab


def tabs(user, resident):
    if policy.can_record_answers(user, resident):
        yield Tab(
            _("Consent"), reverse("consent:consents", args=[resident.uuid]), order=30
        )
