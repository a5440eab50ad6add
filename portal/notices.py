"""Telling people of what is new, once, when they want to be told.

`tell` notes in the transaction of what happened whom to tell, and when each wants it. The
postman's sweep puts what is due to one person into one message, so that the mother hears
on Monday that there is something new, and not twelve times a week. What the mail may still
count is asked when it leaves (portal.kinds, portal.mails).
"""

import logging
from itertools import islice

from django.db import transaction

from portal import clock, kinds, mail_times
from portal.mail_times import When
from portal.models import Message, Notice, User

log = logging.getLogger(__name__)

A_BATCH = 500


@transaction.atomic
def tell(kind, *, to, about, template="", not_before=None, **facts):
    """Note that these users are to be told of something, in the caller's transaction.

    `kind` is the key of one of the KINDS in the app's mails.py; `about` names the thing,
    so that it is told to each once; `template` is the mail that tells of this alone, and
    the function in mails.py that decides about it (portal.mail; else the kind's `still`
    does); `facts` are ids, never what was said. Raises KeyError for an unknown kind.
    """
    kind = kinds.all_kinds()[kind]
    now = clock.now()
    since = max(now, not_before) if not_before else now
    users = User.objects.filter(
        pk__in=[user.pk for user in to]
        if isinstance(to, list | tuple)
        else to.values("pk"),
        is_active=True,
    )
    people = users.order_by("pk").values_list(
        "pk", "letterbox__choices", "letterbox__rests"
    )
    people = people.iterator(chunk_size=A_BATCH)
    while some := list(islice(people, A_BATCH)):
        Notice.objects.bulk_create(
            [
                Notice(
                    to_id=number,
                    kind=kind.key,
                    key=f"{kind.key}:{about}",
                    template=template,
                    facts=facts,
                    noticed_at=now,
                    due_at=mail_times.due(when, since, rests=rests is not False),
                )
                for number, choices, rests in some
                if (when := kinds.chosen(kind, choices)) != When.NEVER
            ],
            ignore_conflicts=True,
        )


def gather():
    """Put what is due into messages: one a person, however many notices."""
    while due := list(
        _known(Notice.objects.due())
        .order_by("to")
        .values_list("to", flat=True)
        .distinct()[:A_BATCH]
    ):
        if not sum(_gathered(person) for person in due):
            # Another postman has them in hand, or something is wrong with them.
            return


def _gathered(person):
    """What cannot be gathered for one keeps nobody else's mails back."""
    try:
        return _gather(person)
    except Exception:
        log.exception("The notices of user %s were not gathered", person)
        return 0


def morning(message):
    """When its recipient is awake again, if it tells of something new and it is night."""
    now = clock.now()
    if mail_times.awake(now) == now or not message.notices.exists():
        return None
    until = mail_times.awake(now, rests=kinds.letterbox(message.to).rests)
    return until if until > now else None


def _known(notices):
    """Not those of a kind that is no more."""
    return notices.filter(kind__in=kinds.all_kinds())


@transaction.atomic
def _gather(person):
    """What is due to one person, and what will be within minutes. How many it was."""
    now = clock.now()
    found = (
        _known(Notice.objects.waiting())
        .filter(to=person, due_at__lte=now + mail_times.TOGETHER)
        # Two postmen: each notice is in one hand, and never in a second mail.
        .select_for_update(skip_locked=True)
        .order_by("pk")
    )
    known = kinds.all_kinds()
    alone, together = [], []
    for notice in found:
        (alone if known[notice.kind].alone else together).append(notice)
    letters = [[one] for one in alone] + [together]
    letters = [some for some in letters if any(one.due_at <= now for one in some)]
    taken = [one.pk for some in letters for one in some]
    rests = not taken or kinds.letterbox(User(pk=person)).rests
    morning = mail_times.awake(now, rests=rests)
    if morning > now:
        # It was due in the evening, and nobody was there to send it.
        return Notice.objects.filter(pk__in=taken).update(due_at=morning)
    for some in letters:
        _post(some)
    return len(taken)


def _post(notices):
    """One message about all of them; what comes alone is told by its own mail."""
    first = notices[0]
    own = first.template if len(notices) == 1 else ""
    message = Message.objects.create(
        # A second of the same key is refused: nothing is told twice.
        key=f"notices:{first.pk}",
        to_id=first.to_id,
        template=own or "digest",
        facts=first.facts if own else {},
    )
    Notice.objects.filter(pk__in=[one.pk for one in notices]).update(message=message)
