"""The demo: the same home every time, and only where a demo is wanted."""

import io
import json

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from demo.management.commands.demo import ACCOUNTS
from demo.staff import PASSWORD
from portal.models import Home, Message, User
from residents.models import Grant
from tests.factories import HomeFactory


@pytest.fixture
def demo(db):
    call_command("demo", stdout=io.StringIO())


def sees(name):
    """What residents share with somebody: {resident's given name: topics}."""
    shared = {}
    for grant in Grant.objects.filter(user__name=name).select_related("content_object"):
        shared.setdefault(grant.content_object.given_name, set()).add(grant.topic)
    return shared


def test_the_accounts_on_paper_are_those_that_are_made(demo, client):
    accounts = json.loads(ACCOUNTS.read_text())
    assert {account["password"] for account in accounts} == {PASSWORD}
    for account in accounts:
        user = User.objects.get(email=account["email"])
        assert user.name == account["name"]
        assert user.check_password(account["password"])


def test_each_sees_what_the_story_says(demo):
    assert sees("Hanne Nørgaard") == {
        "Emil": {"daily", "photos", "goals", "meetings", "health"}
    }
    assert sees("Per Lykke Sørensen") == {"Emil": {"daily", "photos"}}
    assert sees("Rasmus Nørgaard") == {}
    assert sees("Niels Hertz") == {"Inge": {"economy"}}


def test_nobody_is_written_to(demo):
    assert not mail.outbox
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_it_refuses_where_no_demo_is_wanted(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo")
    assert not Home.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("how", [[], ["--reset"]])
def test_it_leaves_somebody_elses_home_alone(how):
    home = HomeFactory()
    with pytest.raises(CommandError, match="not the demo"):
        call_command("demo", *how)
    assert list(Home.objects.all()) == [home]
