"""What is kept for a time is forgotten after it, and nothing else is."""

import datetime as dt
import io

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command

from news.models import NewsItem, NewsRead
from portal import clock, retention
from portal.models import Draft, Invitation, Message
from tests.factories import NewsItemFactory, UserFactory

DAY = dt.timedelta(days=1)


@pytest.fixture
def rows(db):
    """One of each kind that is forgotten, as old as the clock."""
    user = UserFactory()
    Message.objects.create(key="a", template="x", to=user, sent_at=clock.now())
    # Nobody has been told: it waits, however long.
    Message.objects.create(key="b", template="x", to=user)
    Draft.objects.create(user=user, form="/x/", fields={})
    Invitation.objects.create(user=user, expires_at=clock.now())
    NewsRead.objects.create(item=NewsItemFactory(), user=user)
    Session.objects.create(
        session_key="k", session_data="x", expire_date=clock.now() + DAY
    )


def due(text=None):
    return {rule.name: number for rule, number in retention.counts()}


def test_each_is_forgotten_when_its_time_is_over(rows, move_clock):
    start = clock.now()
    when = {"sessions": 1, "drafts": 30, "mails": 400, "invitations": 400, "marks": 730}

    for name, days in when.items():
        move_clock(start + days * DAY - dt.timedelta(minutes=1))
        assert due()[name] == 0, name
        move_clock(start + days * DAY + dt.timedelta(minutes=1))
        assert due()[name] == 1, name


def test_a_dry_run_touches_nothing(rows, move_clock):
    move_clock(clock.now() + 3_000 * DAY)
    before, said = due(), io.StringIO()

    call_command("retain", dry_run=True, stdout=said)

    assert due() == before
    assert "mails: 1 would be forgotten" in said.getvalue()
    call_command("retain", stdout=said)
    assert "mails: 1 forgotten" in said.getvalue()
    assert set(due().values()) == {0}
    assert Message.objects.get().key == "b"
    assert NewsItem.objects.exists()


def test_nothing_of_a_record_is_among_it():
    """What may be forgotten is never kept by the database."""
    kept = [
        rows.model._meta.label
        for rule in retention.rules()
        for rows in rule.due()
        if hasattr(rows.model, "kept") or hasattr(rows.model, "resident")
    ]

    assert kept == []
