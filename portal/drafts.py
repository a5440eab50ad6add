"""Nothing somebody has written is lost: forms that keep themselves.

Every form a person writes in carries a slip: its author, and the number that the new
row will have, signed. The slip makes a second press of the button the same row, and
lets a text that arrives after the session ran out find its author's drafts.
"""

import datetime as dt
import uuid
from urllib.parse import urlsplit

from django.core import signing

from portal import addresses, clock, walls
from portal.models import Draft, User

SALT = "portal.drafts"
SLIP = "slip"
# A form older than this is looked over once more before it is saved.
GOOD_FOR = dt.timedelta(days=2)
# The text of a form that stood open over a holiday still finds its author.
RESCUED_FOR = dt.timedelta(days=30)
# None of these is something somebody wrote.
NOT_KEPT = {"csrfmiddlewaretoken", SLIP, "draft_of", "reload"}
MOST_CHARACTERS = 200_000


def new_slip(user):
    """A slip for a form that is drawn for this user."""
    return signing.dumps([user.pk, str(uuid.uuid4())], salt=SALT)


def read_slip(slip, good_for=None):
    """The author's number and the new row's uuid. Raises signing.BadSignature."""
    author, number = signing.loads(slip, salt=SALT, max_age=good_for or GOOD_FOR)
    return author, uuid.UUID(number)


def slip_of(request):
    """Author and number of the form that was sent; two times None if nobody signed it."""
    try:
        return read_slip(request.POST.get(SLIP, ""), RESCUED_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None, None


def path_of(request):
    """Where the form that was sent has its page.

    Autosave posts to one address for every form and says which form it is.
    """
    return addresses.ours(request.POST.get("draft_of")) or request.get_full_path()


def save(user, path, data, number=None):
    """Keep what is in the form, in place of what was kept before. Returns the draft.

    `data` is a QueryDict; `number` the number on its slip. What arrives after the form
    with that number was saved is late, and is not kept: autosave can be overtaken.
    """
    fields = {
        name: [value.replace("\x00", "")[:MOST_CHARACTERS] for value in values][:100]
        for name, values in list(data.lists())[:200]
        if name not in NOT_KEPT
    }
    mine = {"user": user, "form": _key(path)}
    Draft.objects.bulk_create([Draft(**mine)], ignore_conflicts=True)
    # One statement decides, so that nothing slips in between.
    kept = Draft.objects.filter(**mine).exclude(finished=number or uuid.UUID(int=0))
    kept.update(fields=fields, finished=None, saved_at=clock.now())
    return Draft.objects.filter(**mine).first()


def of(user, path):
    """What the person has begun on this page and not saved, or None."""
    return Draft.objects.begun().filter(user=user, form=_key(path)).first()


def begun(user, under):
    """All that the person has begun on the pages below an address, the latest first."""
    drafts = Draft.objects.begun().filter(user=user, form__startswith=under)
    return drafts.order_by("-saved_at")


def forget(user, path, number=None):
    """The form is saved, or given up. `number` is remembered as done with."""
    if number is None:
        Draft.objects.filter(user=user, form=_key(path)).delete()
        return
    Draft.objects.bulk_create(
        [Draft(user=user, form=_key(path), finished=number)],
        update_conflicts=True,
        unique_fields=["user", "form"],
        update_fields=["fields", "finished", "saved_at"],
    )


def rescue(request):
    """Keep the text for the author of the slip. Returns where it is kept, or None."""
    author, number = slip_of(request)
    user = author and User.objects.filter(pk=author, is_active=True).first()
    if not user:
        return None
    path = path_of(request)
    # Whoever sends it is another, or nobody any more; the slip says whose it is.
    with walls.seen_by(user):
        save(user, path, request.POST, number)
    return path


def came_from(request):
    """The page with the button that was pressed, for those whom log-in sends back."""
    referer = urlsplit(request.headers.get("Referer", ""))
    if referer.netloc == request.get_host():
        return f"{referer.path}?{referer.query}" if referer.query else referer.path
    return request.get_full_path()


def sweep():
    """Forget what nobody has come back to for a month."""
    limit = clock.now() - RESCUED_FOR
    Draft.objects.filter(saved_at__lt=limit).delete()


def _key(path):
    return path.replace("\x00", "")[:200]
