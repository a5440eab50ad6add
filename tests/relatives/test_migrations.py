"""Migrations keep what was written."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from relatives.models import Contact
from tests.factories import ContactFactory

BEFORE = [("relatives", "0002_agreements_done_and_ended_by_whom")]
AFTER = [("relatives", "0003_contact_first_version")]


@pytest.fixture
def migrated(transactional_db):
    """Move the schema to a migration; afterwards everything is brought up to date."""

    def migrate(to):
        for app, name in to:
            call_command("migrate", app, name, verbosity=0)
        return MigrationExecutor(connection).loader.project_state(to).apps

    yield migrate
    call_command("migrate", verbosity=0)


def test_corrections_learn_which_version_they_go_back_to(migrated):
    first = ContactFactory()
    for _time in range(2):
        ContactFactory(
            resident=first.resident,
            relative=first.relative,
            corrects=Contact.objects.latest("pk"),
            first=first,
        )

    migrated(BEFORE)
    contact = migrated(AFTER).get_model("relatives", "Contact")

    assert list(contact.objects.order_by("pk").values_list("first", flat=True)) == [
        None,
        first.pk,
        first.pk,
    ]
