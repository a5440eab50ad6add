"""A resident wants to talk with somebody before they answer."""

from django.db import transaction

from consent.models import TalkWish
from portal import audit, clock
from residents.models import Resident


@transaction.atomic
def wish_to_talk(*, resident, relation, topic, by, together):
    """Tell those who care for the resident. Pressed again it is the same wish."""
    Resident.objects.select_for_update().get(pk=resident.pk)
    wish, is_new = TalkWish.objects.get_or_create(
        resident=resident,
        relation=relation,
        topic=topic,
        talked_at=None,
        defaults={"wished_by": by, "together": together},
    )
    if is_new:
        audit.record("consent.talk_wished", by=by, about=wish, resident=resident.pk)
    return wish


@transaction.atomic
def talked(wish, *, by):
    """Somebody has talked with the resident about it. The first to say so counts."""
    found = TalkWish.objects.filter(pk=wish.pk, talked_at=None)
    if found.update(talked_at=clock.now(), talked_by=by):
        audit.record("consent.talked", by=by, about=wish, resident=wish.resident_id)
