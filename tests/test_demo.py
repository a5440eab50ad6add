"""The demo: the same home every time, coherent, and only where a demo is wanted."""

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

from consent.models import Consent, ConsentTalk
from demo.build import build
from demo.management.commands.demo import ACCOUNTS
from demo.staff import PASSWORD
from portal import clock
from portal.models import Employment, Home, Invitation, Message, Profession, User
from relatives.models import Contact, Relation, Relative, Representation
from residents.models import Grant, Resident
from tests.factories import HomeFactory


@pytest.fixture
def demo(db):
    return build()


def sees(name):
    """What residents share with somebody: {resident's given name: topics}."""
    shared = {}
    for grant in Grant.objects.filter(user__name=name).select_related("content_object"):
        shared.setdefault(grant.content_object.given_name, set()).add(grant.topic)
    return shared


def everything():
    """Every row that has an address, with all its words and days."""
    # What was printed holds its days in words.
    moments = (dt.datetime, dt.date, dict)
    rows = set()
    for model in apps.get_models():
        names = [field.attname for field in model._meta.concrete_fields]
        if "uuid" in names and model._meta.managed:
            kept = [
                name for name in names if name != "password" and not name.endswith("id")
            ]
            for row in model._default_manager.values_list("uuid", *kept):
                rows.add((model, *(v for v in row if not isinstance(v, moments))))
    return {repr(row) for row in rows}


def test_the_accounts_on_paper_are_those_that_are_made(demo):
    accounts = json.loads(ACCOUNTS.read_text())
    assert {account["password"] for account in accounts} == {PASSWORD}
    assert len({account["role"] for account in accounts}) == len(accounts)
    for account in accounts:
        user = User.objects.get(email=account["email"])
        assert user.name == account["name"]
        assert user.check_password(account["password"])


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


def test_each_sees_what_the_story_says(demo):
    assert sees("Hanne Nørgaard") == {
        "Emil": {"daily", "photos", "goals", "meetings", "health"}
    }
    assert sees("Per Lykke Sørensen") == {"Emil": {"daily", "photos"}}
    assert sees("Rasmus Nørgaard") == {}
    assert sees("Niels Hertz") == {"Inge": {"economy"}}
    assert sees("Inger Abildgaard") == {}
    assert set(sees("Tove Lassen")) == {"Lone", "Jørgen"}
    # At work she sees another department than her brother's.
    assert sees("Pernille Skov") == {"Thomas": {"daily", "social"}}
    # Her son turned 18: his own yes, and nothing of custody.
    assert sees("Anette Bruun") == {"Magnus": {"daily", "goals"}}
    assert "health" not in sees("Martin Voss")["Liam"]
    assert {"economy", "social"} <= sees("Martin Voss")["Liam"]
    assert "health" in sees("Dorthe Kragelund")["Alberte"]


def test_the_photos_begin_when_he_said_yes(demo):
    photos = Grant.objects.get(user__name="Per Lykke Sørensen", topic="photos")
    assert photos.since is not None
    assert photos.since < clock.now() - dt.timedelta(days=20)


def test_an_answer_stands_in_every_state(demo):
    now, standing = clock.now(), Consent.objects.standing()
    soon = now + dt.timedelta(days=30)
    answers = Consent.Answer
    assert standing.in_force().filter(ends_at__gt=soon).exists()
    assert standing.in_force().filter(ends_at__lte=soon).exists()
    assert standing.filter(answer=answers.YES, ends_at__lte=now).exists()
    assert standing.filter(answer=answers.YES, starts_at__gt=now).exists()
    assert standing.filter(answer=answers.NO).exists()
    assert standing.filter(answer=answers.NOT_YET).exists()
    assert standing.exclude(since=None).exists()
    assert standing.filter(ask_again_on__lt=clock.today()).exists()
    assert Consent.objects.filter(closed_because="withdrawn").exists()
    assert Consent.objects.filter(closed_because="replaced").exists()
    assert set(standing.values_list("action", flat=True)) == set(Consent.Action)
    assert set(standing.values_list("degree", flat=True)) == set(Consent.Degree)
    talks = ConsentTalk.objects.all()
    assert set(talks.values_list("form", flat=True)) == set(ConsentTalk.Form)
    assert {"self", "legal_guardian", "future_power"} == set(
        talks.values_list("given_by", flat=True)
    )
    assert not talks.filter(form="oral", witness="").exists()


def test_the_people_whom_the_story_promises_are_there(demo):
    residents = list(Resident.objects.all())
    today = clock.today()
    assert 24 <= len(residents) <= 26
    ages = sorted(resident.age for resident in residents)
    assert sum(15 <= age < 18 for age in ages) == 4
    assert ages[4] == 18
    assert sum(bool(resident.moved_out_on) for resident in residents) == 1
    assert sum(resident.moved_in_on > today for resident in residents) == 1
    assert sum(resident.user is not None for resident in residents) == 2
    relatives = Relative.objects.all()
    assert 60 <= len(relatives) <= 66
    assert relatives.filter(user=None).exists()
    assert any(relative.is_minor for relative in relatives)
    assert relatives.filter(protected_address=True, address="").exists()
    assert relatives.filter(interpreter=True).exists()
    assert relatives.filter(user__employments__isnull=False).count() == 1
    assert Invitation.objects.filter(user__relative__in=relatives).exists()
    kinds = set(Relation.objects.values_list("kind", flat=True))
    assert {"friend", "neighbour", "network", "legal_guardian", "partner"} <= kinds
    assert {
        "shared_custody",
        "sole_custody",
        "economic",
        "personal",
        "future_power",
    } <= set(Representation.objects.values_list("kind", flat=True))


def test_everybody_who_should_work_there_does(demo):
    jobs = Employment.objects.in_force()
    role = Employment.Role
    assert jobs.filter(role=role.MANAGER).count() == 3
    for alone in (role.CENTRE_MANAGER, role.ADVISER, role.SYSTEM):
        assert jobs.filter(role=alone).count() == 1
    professions = set(jobs.values_list("profession", flat=True))
    assert len(professions) >= len(Profession) - 1


def test_no_young_persons_own_health_is_read_by_custody_alone(demo):
    """From 15 their own yes is needed (sundhedsloven § 17)."""
    custody = Grant.objects.filter(ground="custody")
    assert custody.exists()
    assert not custody.filter(topic__in=["health", "treatment", "substance"]).exists()


def test_what_the_log_says_could_have_happened(demo):
    now = clock.now()
    contacts = Contact.objects.select_related("resident", "relative", "recorded_by")
    assert contacts.count() >= 150
    assert not contacts.filter(happened_at__gt=now).exists()
    assert not contacts.filter(recorded_at__gt=now).exists()
    jobs = {
        (job.user_id, job.department_id): job
        for job in Employment.objects.exclude(department=None)
    }
    for contact in contacts:
        day = contact.happened_at.astimezone(clock.DENMARK).date()
        job = jobs.get((contact.recorded_by_id, contact.resident.department_id))
        assert job, contact
        assert job.starts_on <= day <= (job.ends_on or day), contact
        if contact.relative:
            assert contact.relative.relations.filter(resident=contact.resident).exists()
        if contact.followed_up_at:
            assert contact.happened_at <= contact.followed_up_at <= now, contact
        if contact.follow_up_on:
            assert contact.follow_up_on >= day, contact
    to_do = Contact.objects.to_follow_up()
    today = clock.today()
    assert to_do.filter(follow_up_on=today).exists()
    assert to_do.filter(follow_up_on__lt=today).exists()
    assert to_do.filter(follow_up_on__gt=today).exists()
    assert Contact.objects.exclude(followed_up_at=None).exists()
    assert Contact.objects.exclude(corrects=None).count() == 2


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


def test_a_reset_begins_again(tmp_path):
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/demo.sqlite3"}

    def manage(*command):
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    manage("migrate", "--verbosity", "0")
    assert "mette.lund@example.dk" in manage("demo")
    rename = (
        "from portal.models import Home; print(Home.objects.update(name='Nyt navn'))"
    )
    assert manage("shell", "--no-imports", "-c", rename) == "1\n"
    assert manage("demo", "--reset", "--verbosity", "0") == ""
    ask = "from portal.models import Home; print(Home.objects.get())"
    assert manage("shell", "--no-imports", "-c", ask) == "Botilbuddet Solgården\n"


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
