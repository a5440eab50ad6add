import re
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from portal import postman
from portal.models import Home, Invitation

NYBORG = {
    "name": "Nyborg",
    "departments": ["A", "B"],
    "manager": "Nina Nord",
    "email": "nina@example.com",
}


def start(**arguments):
    said = StringIO()
    call_command("start_home", stdout=said, **NYBORG | arguments)
    return said.getvalue()


def test_a_new_home_has_its_departments_and_a_manager_who_gets_in(client, db):
    said = start()
    postman.empty_outbox()

    home = Home.objects.get()
    assert [d.name for d in home.departments.all()] == ["A", "B"]
    [nina] = [job.user for job in home.employments.all()]
    assert nina.runs(home)
    assert mail.outbox[0].to == ["nina@example.com"]
    link = re.search(r"http://127.0.0.1:8000(/invitation/\S+)", said)[1]
    client.post(link, {"password": "tre grønne heste"})
    # What is kept about her comes first, once.
    assert client.get("/").headers["Location"] == reverse("my-privacy")
    client.post(reverse("my-privacy"))
    answer = client.get("/")
    assert answer.context["columns"][0][0].rows[0].url == reverse("home-texts")


def test_starting_a_home_twice_starts_it_once(db):
    start()

    said = start(departments=["B", "C"])

    assert Home.objects.get().departments.count() == 3
    assert Invitation.objects.count() == 1
    assert "was there already" in said


def test_who_is_in_already_is_not_invited_again(client, db):
    link = re.search(r"http://127.0.0.1:8000(/invitation/\S+)", start())[1]
    client.post(link, {"password": "tre grønne heste"})

    assert "can log in already" in start()


def test_what_is_missing_is_said(db, monkeypatch):
    with pytest.raises(CommandError, match="not an e-mail"):
        start(email="nina")
    monkeypatch.setattr("sys.stdin", StringIO())
    with pytest.raises(CommandError, match="Name of the home"):
        start(name=None)


def test_what_is_missing_is_asked_for(db, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    answers = iter(["", "Nyborg", "A, B,"])
    monkeypatch.setattr("builtins.input", lambda question: next(answers))

    start(name=None, departments=None)

    assert Home.objects.get(name="Nyborg").departments.count() == 2
