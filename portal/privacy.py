"""What each person is told about their own data (GDPR articles 13 and 14), and when.

The words are in portal.privacy_texts. Whoever has not been shown them as what they are
here, or in a newer version, meets them after logging in.
"""

from django.db import transaction
from django.urls import reverse

from portal import audit, rooms
from portal.models import PrivacyShown
from portal.privacy_texts import VERSION

Role = PrivacyShown.Role
# In the session: there is something to read before the start page. So no page has to ask.
DUE = "privacy-due"


def roles(user):
    """As what the person is here. Somebody can be an employee and a relative."""
    found = [Role(role) for role in rooms.stands_as(user)]
    return [Role.EMPLOYEE, *found] if user.employments_in_force else found


def not_shown(user):
    """The roles whose text, as it is now, the person has not been shown."""
    shown = set(
        user.privacy_shown.filter(version=VERSION).values_list("role", flat=True)
    )
    return [role for role in roles(user) if role not in shown]


def begin(request, user):
    """Somebody has logged in: is there something to read?"""
    if not_shown(user):
        request.session[DUE] = True


def first(request):
    """The page to read before the start page, or None."""
    if not request.session.get(DUE):
        return None
    # Behind the wall a log-in that has just begun knew less of the person.
    if not_shown(request.user):
        return reverse("my-privacy")
    del request.session[DUE]
    return None


@transaction.atomic
def shown(user):
    """The person has been shown the texts as they are now. Once a version."""
    for role in not_shown(user):
        _row, is_new = PrivacyShown.objects.get_or_create(
            user=user, role=role, version=VERSION
        )
        if is_new:
            audit.record(
                "privacy.shown", by=user, about=user, role=str(role), version=VERSION
            )
