"""manage.py import_register says the same as the pages, and nothing twice."""

import io

import pytest
from django.core.management import CommandError, call_command

from residents.models import Resident
from tests.factories import HomeFactory, UserFactory
from tests.register.conftest import EXAMPLES, LISTS

FILES = [str(EXAMPLES / f"{name}.csv") for name in LISTS]


def run(*files, **options):
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_register", *files, stdout=out, stderr=err, **options)
    except CommandError as error:
        return out.getvalue(), err.getvalue(), error
    return out.getvalue(), err.getvalue(), None


def test_the_command_imports_and_then_changes_nothing(manager):
    first = run(*FILES, by=manager.email)
    second = run(*FILES, by=manager.email)

    assert first[1:] == second[1:] == ("", None)
    assert Resident.objects.count() == 24
    assert first[0] != second[0]


def test_a_rehearsal_writes_nothing(manager):
    out, _err, error = run(*FILES, by=manager.email, dry_run=True)

    assert error is None
    assert "24" in out
    assert not Resident.objects.exists()


def test_errors_are_named_and_the_command_fails(manager):
    bad = str(EXAMPLES / "borgere_med_fejl.csv")

    _out, err, error = run(bad, by=manager.email)

    assert error.returncode == 1
    assert "borgere_med_fejl.csv, " in err
    assert "310261-1234" not in err
    assert not Resident.objects.exists()


@pytest.mark.parametrize("who", ["nobody@example.dk", "stranger"])
def test_only_the_centre_manager_answers_for_an_import(manager, who):
    stranger = UserFactory().email
    email = stranger if who == "stranger" else who

    assert run(*FILES, by=email)[2]
    assert not Resident.objects.exists()


def test_several_homes_must_be_told_apart(manager, home):
    other = HomeFactory()

    assert run(*FILES, by=manager.email)[2]
    assert run(*FILES, by=manager.email, home=other.name)[2]
    assert run(*FILES, by=manager.email, home=home.name)[2] is None


def test_a_file_that_is_not_there(manager):
    assert run("nowhere.csv", by=manager.email)[2]
