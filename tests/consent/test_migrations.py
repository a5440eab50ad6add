"""The record keeps what was answered when the schema goes back and forth."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from consent.models import Consent
from portal import refusals
from residents.models import Grant
from residents.topics import Topic
from tests.conftest import tell

BEFORE = ("consent", "0002_grants")
AFTER = ("consent", "0003_record")


@pytest.fixture
def migrated(transactional_db):
    """Move the schema to a migration; afterwards everything is brought up to date."""

    def migrate(app, name):
        call_command("migrate", app, name, verbosity=0)
        return MigrationExecutor(connection).loader.project_state((app, name)).apps

    yield migrate
    call_command("migrate", verbosity=0)


def test_answers_from_before_degrees_and_witnesses_fit_the_new_promises(migrated, cast):
    tell(cast.jenss, Topic.MEETINGS, by=cast.mette, action=Consent.Action.TAKE_PART)
    answered = set(Consent.objects.values_list("pk", "topic", "action", "answer"))
    granted = set(Grant.objects.values_list("user", "topic", "ground", "ground_id"))

    before = migrated(*BEFORE)
    with refusals.lifted():
        before.get_model("consent", "ConsentTalk").objects.update(
            form="oral", oral_reason="No pen", witness=""
        )
        before.get_model("consent", "Consent").objects.filter(topic="economy").update(
            degree="important"
        )
    migrated(*AFTER)
    call_command("migrate", verbosity=0)

    rows = Consent.objects.order_by("pk")
    assert set(rows.values_list("pk", "topic", "action", "answer")) == answered
    assert set(Grant.objects.values_list("user", "topic", "ground", "ground_id")) == (
        granted
    )
    assert set(rows.values_list("action", "degree").distinct()) == {
        ("see", "ongoing"),
        ("take_part", "takes_part"),
    }
    assert set(rows.values_list("talk__witness", flat=True)) == {"Mette", "Tim"}
