"""What stands in docs/operations.md, and what `check --deploy` asks for."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from portal import checks

ROOT = Path(__file__).parents[2]
MANUAL = ROOT / "docs/operations.md"
PRODUCTION = {
    "TRUSTED_PROXY_COUNT": "1",
    "CLAMAV": "/run/clamav/clamd.ctl",
    "PATH": os.environ["PATH"],
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzæøåABCDEFGHIJKLMN",
    "PORTAL_URL": "https://portal.example.dk",
    "DATABASE_URL": "postgres://portal@127.0.0.1:1/portal",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "EMAIL_URL": "smtp+tls://portal:secret@mail.example.dk:587",
    "DEFAULT_FROM_EMAIL": "Solgården <portal@example.dk>",
}


def manage(*command, **environment):
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        env={k: v for k, v in (PRODUCTION | environment).items() if v is not None},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_variable_has_a_line_in_the_manual():
    code = (ROOT / "portal/settings.py").read_text()
    asked = set(re.findall(r"""(?:env(?:\.\w+)?|needed)\(\s*"([A-Z_]+)\"""", code))
    told = set(re.findall(r"^\| `([A-Z_]+)`", MANUAL.read_text(), re.MULTILINE))

    assert asked == told


def test_production_as_the_manual_has_it_is_without_complaint():
    answer = manage("check", "--deploy", "--fail-level", "WARNING")

    assert answer.returncode == 0, answer.stderr


def test_on_machines_of_their_own_all_is_well_with_tls():
    answer = manage(
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        DATABASE_URL="postgres://portal@db.example.dk/portal?sslmode=verify-full",
        REDIS_URL="rediss://queue.example.dk/0",
    )

    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "PORTAL_URL"])
def test_without_its_secret_or_address_the_portal_does_not_start(name):
    answer = manage("check", **{name: None})

    assert answer.returncode == 1
    assert answer.stderr.startswith(f"Samspil does not start without {name}.")


def test_without_tls_the_portal_does_not_start():
    answer = manage("check", PORTAL_URL="http://portal.example.dk")

    assert "must begin with https://" in answer.stderr


@pytest.mark.parametrize(
    ("check", "changes", "complaint"),
    [
        ("no_demo_in_earnest", {"TRYING_OUT": True, "SECURE": True}, "portal.E001"),
        ("mail_leaves", {"EMAIL_BACKEND": "somewhere.else"}, "portal.E002"),
        (
            "mail_leaves",
            {
                "EMAIL_BACKEND": checks.SENDS,
                "EMAIL_HOST": "mail.example.dk",
                "DEFAULT_FROM_EMAIL": "Samspil <samspil@localhost>",
            },
            "portal.E003",
        ),
        ("address_is_a_host_alone", {"PORTAL_URL": "https://a.dk/b"}, "portal.E004"),
        ("work_has_a_queue", {"REDIS_URL": ""}, "portal.W002"),
        (
            "database_is_a_server",
            {"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3"}}},
            "portal.W001",
        ),
        (
            "connections_are_private",
            {"DATABASES": {"default": {"HOST": "db.example.dk", "OPTIONS": {}}}},
            "portal.E006",
        ),
        (
            "connections_are_private",
            {"REDIS_URL": "redis://queue.example.dk/0"},
            "portal.E007",
        ),
        (
            "connections_are_private",
            {
                "EMAIL_HOST": "mail.example.dk",
                "EMAIL_USE_TLS": False,
                "EMAIL_USE_SSL": False,
            },
            "portal.E008",
        ),
        ("files_are_looked_through", {"CLAMAV": ""}, "portal.W004"),
        (
            "visitors_are_told_apart",
            {"SECURE": True, "ALLAUTH_TRUSTED_PROXY_COUNT": 0},
            "portal.W003",
        ),
        *(
            (
                "doors_are_closed",
                {"MIDDLEWARE": [one for one in settings.MIDDLEWARE if one != door]},
                "portal.E009",
            )
            for door in sorted(checks.DOORS)
        ),
        *(
            ("doors_are_closed", {"MIDDLEWARE": [*checks.DOORS, keeps]}, "portal.E010")
            for keeps in sorted(checks.PAGES_KEPT)
        ),
        *(
            (
                "doors_are_closed",
                {"CACHES": {"default": {"BACKEND": f"django.core.cache.{kind}"}}},
                "portal.E011",
            )
            for kind in ("locmem.LocMemCache", "dummy.DummyCache")
        ),
    ],
)
def test_each_fault_of_production_is_named(monkeypatch, check, changes, complaint):
    for name, value in changes.items():
        monkeypatch.setattr(f"portal.checks.settings.{name}", value)

    assert [fault.id for fault in getattr(checks, check)(None)] == [complaint]
