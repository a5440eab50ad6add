"""Nothing somebody has written is lost: forms that keep themselves.

Every form a person writes in carries a slip: its author, and the number that the new
row will have, signed. The slip makes a second press of the button the same row, and
lets a text that arrives after the session ran out find its author's drafts.
"""

import datetime as dt
import uuid

from django.core import signing
from django.db import IntegrityError, transaction

from portal.models import Draft, User

SALT = "portal.drafts"
SLIP = "slip"
# A slip older than this belongs to a form that somebody left behind.
GOOD_FOR = dt.timedelta(days=2)
# Neither belongs in a draft.
NOT_KEPT = {"csrfmiddlewaretoken", SLIP}
MOST_CHARACTERS = 50_000


def new_slip(user):
    return signing.dumps([user.pk, str(uuid.uuid4())], salt=SALT)


def read_slip(slip):
    """The author's number and the new row's uuid. Raises signing.BadSignature."""
    author, number = signing.loads(slip, salt=SALT, max_age=GOOD_FOR)
    return author, uuid.UUID(number)


def save(user, path, data):
    """Keep what is in the form, in place of what was kept before.

    `data` is a QueryDict. Too much of it is cut off rather than refused.
    """
    fields = {
        name: [value.replace("\x00", "")[:MOST_CHARACTERS] for value in values][:100]
        for name, values in list(data.lists())[:200]
        if name not in NOT_KEPT
    }
    draft, _created = Draft.objects.update_or_create(
        user=user, form=path[:200], defaults={"fields": fields}
    )
    return draft


def of(user, path):
    return Draft.objects.filter(user=user, form=path[:200]).first()


def forget(user, path):
    Draft.objects.filter(user=user, form=path[:200]).delete()


def rescue(request):
    """Keep the text of somebody whose session has run out, if the slip is theirs."""
    try:
        author, _number = read_slip(request.POST.get(SLIP, ""))
    except (signing.BadSignature, ValueError, TypeError):
        return False
    user = User.objects.filter(pk=author, is_active=True).first()
    if user is None:
        return False
    # Autosave posts to one address for every form and says which form it is.
    path = request.POST.get("draft_of") or request.path
    try:
        with transaction.atomic():
            save(user, path, request.POST)
    except IntegrityError:
        # Two tabs at once: one of them is kept.
        return False
    return True
