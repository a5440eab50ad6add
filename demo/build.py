"""Builds "Botilbuddet Solgården": the same people and words every time, dated from today.

Each builder is a module with `build(house)`. They run in this order, in one transaction.
"""

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.utils import translation

from demo import (
    agreements,
    around_talks,
    consents,
    contacts,
    conversations,
    cooperation,
    disclosures,
    enquiries,
    events,
    everyday,
    expectations,
    house_news,
    ideas,
    letterboxes,
    library,
    meetings,
    news,
    papers,
    people,
    relatives,
    staff,
)
from demo.house import House, number
from portal import privacy
from portal.models import Message, Notice, User

BUILDERS = [
    staff,
    people,
    relatives,
    consents,
    papers,
    contacts,
    disclosures,
    conversations,
    around_talks,
    expectations,
    agreements,
    cooperation,
    news,
    house_news,
    events,
    everyday,
    library,
    meetings,
    enquiries,
    ideas,
    letterboxes,
]


@transaction.atomic
@translation.override(settings.LANGUAGE_CODE)
def build():
    """Build everything into an empty database. Nobody is written to."""
    house = House()
    for builder in BUILDERS:
        builder.build(house)
        if builder is consents:
            _count()
    # What it would have told on those days is not told again today.
    Notice.objects.all().delete()
    Message.objects.all().delete()
    _has_been_read()
    _settle_addresses()
    return house


def _count():
    """PostgreSQL plans by numbers that it would count only after this transaction: without
    them it takes seconds to say who reads an agreement."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _has_been_read():
    """Everybody who has been in has been shown the text about their own data."""
    for user in User.objects.all():
        if user.has_usable_password():
            privacy.shown(user)


def _settle_addresses():
    """Rows made by actions get a fixed uuid too: their kind and their place in line."""
    for model in apps.get_models():
        if any(field.name == "uuid" for field in model._meta.fields):
            drawn = [
                row
                for row in model._default_manager.order_by("pk").only("uuid")
                if row.uuid.version == 4
            ]
            for place, row in enumerate(drawn):
                row.uuid = number(model._meta.label, place)
            model._default_manager.bulk_update(drawn, ["uuid"], batch_size=200)
