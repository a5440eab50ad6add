"""Mails through a real Redis, a real worker and a real mail server, while things die."""

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
