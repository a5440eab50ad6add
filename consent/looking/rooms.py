from django.urls import reverse
from django.utils.translation import gettext as _

from consent import policy
from portal.rooms import Door, Tab


def doors(user):
    if getattr(user, "resident", None):
        yield Door(_("Who has looked"), reverse("consent:who-has-looked"), order=15)


def tabs(user, resident):
    if policy.can_record_answers(user, resident):
        yield Tab(
            _("Passed on"),
            reverse("consent:passed-on", args=[resident.uuid]),
            order=34,
        )
