"""The demo is built the same every time, and only where a demo is wanted."""

import datetime as dt
import io
import json
import os
import subprocess
import sys

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from demo.build import build
from demo.management.commands.demo import ACCOUNTS
from portal.models import Home, Message, User
from tests.factories import HomeFactory


@pytest.fixture
def demo(db):
    return build()


def everything():
    """Every row that has an address, with all its words and days."""
    # What was printed holds its days in words, and what it rests on the rows' numbers.
    moments = (dt.datetime, dt.date, dict, list)
    rows = set()
    for model in apps.get_models():
        names = [field.attname for field in model._meta.concrete_fields]
        if "uuid" in names and model._meta.managed:
            kept = [
                name for name in names if name != "password" and not name.endswith("id")
            ]
            for row in model._default_manager.values_list("uuid", *kept):
                kept_words = [v for v in row if not isinstance(v, moments)]
                rows.add(repr((model, *kept_words)))
    return rows


def test_everybody_with_an_account_on_paper_gets_in(demo, client):
    for account in json.loads(ACCOUNTS.read_text()):
        answer = client.post(
            "/account/login/",
            {"login": account["email"], "password": account["password"]},
            follow=True,
        )
        assert answer.status_code == 200
        assert answer.wsgi_request.user.email == account["email"]
        client.logout()


def test_nobody_is_written_to(demo):
    assert not mail.outbox
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_it_is_the_same_home_every_time():
    with transaction.atomic():
        build()
        first = everything()
        transaction.set_rollback(True)
    assert not Home.objects.exists()
    build()
    assert len(first) > 500
    assert everything() == first


def test_a_second_start_keeps_the_data(demo):
    User.objects.filter(name="Mette Lund").update(name="Mette Lund Krogh")
    said = io.StringIO()
    call_command("demo", stdout=said)
    assert "kept" in said.getvalue()
    assert User.objects.filter(name="Mette Lund Krogh").exists()


RESET = """
from django.core.management import call_command
from portal.models import Home

call_command("migrate", verbosity=0)
call_command("demo")
Home.objects.update(name="Another name")
call_command("demo", "--reset", verbosity=0)
print(Home.objects.get())
"""


def test_a_reset_begins_again(tmp_path):
    said = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", RESET],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/demo.sqlite3"},
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    assert any("mette.lund@example.dk" in line for line in said)
    assert said[-1] == "Botilbuddet Solgården"


@pytest.mark.django_db
def test_it_refuses_where_no_demo_is_wanted():
    with override_settings(DEMO=False), pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo")
    assert not Home.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("how", [[], ["--reset"]])
def test_it_leaves_somebody_elses_home_alone(how):
    home = HomeFactory()
    with pytest.raises(CommandError, match="not the demo"):
        call_command("demo", *how)
    assert list(Home.objects.all()) == [home]
