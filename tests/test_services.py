"""Mails and papers through a real Redis and a real worker, while things die."""

import os
import subprocess

import pytest

from tests.services import ROOT, Server, python, wait_for

# Imported for their names: pytest finds fixtures there.
from tests.services import mail_server, redis  # noqa: F401  # isort: skip

pytestmark = pytest.mark.services

POST = """
import sys, time
from portal import outbox, postman
from portal.models import User
person, _ = User.objects.get_or_create(email="a@example.dk", defaults={"name": "A"})
start = time.monotonic()
for number in range(int(sys.argv[1]), int(sys.argv[2])):
    outbox.post("account-changed", to=person, key=f"k{number}", what="password_changed")
assert time.monotonic() - start < 2, "the page waited"
if len(sys.argv) > 3:
    time.sleep(6)
"""
LATER = """
from portal import clock
from portal.models import Message
Message.objects.filter(sent_at=None).update(not_before=clock.now())
"""
LEFT = """
from portal.models import Message
print(Message.objects.filter(sent_at=None).count())
"""


@pytest.fixture
def portal(tmp_path, redis, mail_server):  # noqa: F811
    """An environment with a database of its own: a file, as SQLite has it."""
    env = os.environ | {
        "DEMO": "1",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/portal.sqlite3",
        "REDIS_URL": redis.url,
        "EMAIL_URL": mail_server.url,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    subprocess.run(python("manage.py", "migrate", "-v0"), env=env, cwd=ROOT, check=True)
    return env


@pytest.fixture
def worker(portal, tmp_path):
    log = tmp_path / "worker.log"
    server = Server(
        python("-m", "celery", "-A", "portal", "worker", "-c", "1", "-l", "INFO"),
        ready=lambda: log.exists() and b" ready." in log.read_bytes(),
        env=portal,
        log=log,
    ).start()
    yield server
    server.kill()


def run(code, portal, *arguments):
    answer = subprocess.run(
        python("-c", f"import django; django.setup()\n{code}", *map(str, arguments)),
        env=portal,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip()


def test_every_mail_arrives_once_whoever_dies(portal, redis, worker, mail_server):  # noqa: F811
    run(POST, portal, 0, 20, "wait")
    wait_for(lambda: len(mail_server.arrived) == 20)

    # Redis is gone: the process that posted sends them itself, and its page never waits.
    redis.kill()
    run(POST, portal, 20, 40, "wait")
    wait_for(lambda: len(mail_server.arrived) == 40)
    redis.start()

    # The worker is killed with mails in hand, and the next sweeps up what it left.
    run(POST, portal, 40, 240)
    sweep = subprocess.Popen(python("manage.py", "send_mail"), env=portal, cwd=ROOT)
    sweep.kill()
    sweep.wait()
    worker.kill()
    worker.start()
    run(LATER, portal)
    for _ in range(2):
        subprocess.run(
            python("manage.py", "send_mail"), env=portal, cwd=ROOT, check=True
        )
    wait_for(lambda: run(LEFT, portal) == "0")

    assert len(set(mail_server.arrived)) == 240
    # One at the most was in the hand of whoever died between the server's yes and the
    # note of it.
    assert len(mail_server.arrived) - 240 <= 1


def test_several_who_sweep_at_once_send_everything_once(portal, mail_server):  # noqa: F811
    run(POST, portal | {"REDIS_URL": "redis://127.0.0.1:1/0"}, 0, 60)
    sweeps = [
        subprocess.Popen(python("manage.py", "send_mail"), env=portal, cwd=ROOT)
        for _ in range(3)
    ]
    for sweep in sweeps:
        assert sweep.wait(60) == 0
    wait_for(lambda: len(mail_server.arrived) >= 60)

    assert len(mail_server.arrived) == len(set(mail_server.arrived)) == 60


# A page that asks for a paper of so many rows, or for how far it is.
PAPER = """
import sys, time
from django.conf import settings
settings.STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
from django.test import RequestFactory
from portal import drawing
from portal.models import User
from portal.views import drawings
what, rest = sys.argv[1], sys.argv[2:]
person, _ = User.objects.get_or_create(email="a@example.dk", defaults={"name": "A"})
request = RequestFactory().get("/a-paper/")
request.user = person
began = time.monotonic()
if what == "ask":
    words = {"home": "Solg", "blank": True, "written": "2026-11-22T12:00:00+01:00", "agreements": list(range(int(rest[0])))}
    page = drawing.answer(request, "pdf/agreement_sheet.html", words, filename="a.pdf")
else:
    page = drawings.drawing(request, rest[0])
assert time.monotonic() - began < 15, "the page waited"
text = "" if page.content[:4] == b"%PDF" else page.content.decode()
said = [
    word
    for word in ("p\u00e5 vej", "er klar", "blev ikke lavet", "Pr\u00f8v igen", "/a-paper/")
    if word in text
]
print(page.status_code, page.get("Location") or page.content[:4].decode(), *said, sep="|")
"""
SECONDS = 6
# Rows that a page waits for, that it does not wait for, and that no press is done with.
FEW, MANY, TOO_MANY = 3, 200, 6_000


@pytest.fixture
def limited(portal):
    """Little time for a paper, so that the test need not wait long either."""
    portal |= {"PAPER_WAIT": "1", "PAPER_SECONDS": str(SECONDS)}
    return portal


def asked(portal, rows):
    return run(PAPER, portal, "ask", rows).split("|")


def looked(portal, address):
    return run(PAPER, portal, "look", address.rstrip("/").rpartition("/")[2]).split("|")


def until(portal, address, word):
    wait_for(lambda: word in looked(portal, address), seconds=60)


def test_a_worker_draws_and_the_page_says_how_far_it_is(limited, worker):
    wait_for(lambda: asked(limited, FEW)[1] == "%PDF", seconds=60)

    status, address, *_said = asked(limited, MANY)
    if status == "302":
        until(limited, address, "er klar")
        assert asked(limited, MANY)[1] == "%PDF"


def test_a_worker_that_dies_leaves_a_page_that_says_so_and_a_way_on(limited, worker):
    wait_for(lambda: asked(limited, FEW)[1] == "%PDF", seconds=60)
    status, address, *_said = asked(limited, TOO_MANY)
    assert status == "302"
    assert "på vej" in looked(limited, address)

    worker.kill()

    until(limited, address, "blev ikke lavet")
    assert {"Prøv igen", "/a-paper/"} <= set(looked(limited, address))
    worker.start()
    wait_for(lambda: asked(limited, FEW)[1] == "%PDF", seconds=60)


def test_what_is_beyond_the_limits_blocks_nobody(limited, worker):
    wait_for(lambda: asked(limited, FEW)[1] == "%PDF", seconds=60)
    status, address, *_said = asked(limited, TOO_MANY)

    assert status == "302"
    until(limited, address, "blev ikke lavet")
    assert "Prøv igen" in looked(limited, address)
    wait_for(lambda: asked(limited, FEW)[1] == "%PDF", seconds=60)
