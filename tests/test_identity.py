"""Many people at once, through a real server: everybody sees their own page and no other's."""

import json
import os
import re
import subprocess
import urllib.request
import uuid
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connection

from tests.services import ROOT, Server, answers, free_port, python, wait_for

pytestmark = pytest.mark.services

PEOPLE, ROUNDS, THREADS = 12, 15, 8
# Each a relative of a resident of their own, of whom one word is written.
PREPARE = """
import json
import time
from importlib import import_module
from django.conf import settings
from portal.accounts import idle
from tests.conftest import tell
from tests.factories import DiaryEntryFactory, EmploymentFactory, RelationFactory
staff = EmploymentFactory().user
Session = import_module(settings.SESSION_ENGINE).SessionStore
cookies = []
for number in range(PEOPLE):
    relation = RelationFactory(relative__user__email=f"own{number}x@example.dk")
    tell(relation, "daily", by=staff)
    DiaryEntryFactory(
        resident=relation.resident, text=f"word{number}x", recorded_by=staff
    )
    user, session = relation.relative.user, Session()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = "portal.backends.Backend"
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session[idle.BEGAN] = session[idle.SEEN] = int(time.time())
    session.create()
    cookies.append(session.session_key)
print(json.dumps([settings.SESSION_COOKIE_NAME, cookies]))
"""
PAGES = {"/everyday/": r"word\d+x", "/account/": r"own\d+x"}


@pytest.fixture
def database(tmp_path):
    """Of the kind that the tests run on; a new one."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/portal.sqlite3"
        return
    url, name = os.environ["DATABASE_URL"], f"identity_{uuid.uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield f"{url.rpartition('/')[0]}/{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def portal(tmp_path, database):
    port = free_port()
    env = os.environ | {
        "DEMO": "1",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": database,
        "PORTAL_URL": f"http://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run(python("manage.py", *command), env=env, cwd=ROOT, check=True)
    granian = ["-m", "granian", "--interface", "wsgi", "--workers", "1"]
    threads = ["--blocking-threads", str(THREADS)]
    server = Server(
        python(*granian, *threads, "--port", str(port), "portal.wsgi:application"),
        ready=lambda: answers(port),
        env=env,
        log=tmp_path / "granian.log",
    ).start()
    server.port = port
    yield server
    server.kill()


def test_everybody_sees_their_own_page_and_nobody_elses(portal):
    code = PREPARE.replace("PEOPLE", str(PEOPLE))
    made = subprocess.run(
        python("-c", f"import django; django.setup()\n{code}"),
        env=portal.env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    name, cookies = json.loads(made.stdout.splitlines()[-1])
    address = f"http://127.0.0.1:{portal.port}"
    wait_for(lambda: answers(portal.port))

    def look(turn):
        number = turn % PEOPLE
        path = list(PAGES)[turn // PEOPLE % len(PAGES)]
        request = urllib.request.Request(  # noqa: S310 -- our own server
            address + path, headers={"Cookie": f"{name}={cookies[number]}"}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            found = set(re.findall(PAGES[path], answer.read().decode()))
        return path, number, found

    with ThreadPoolExecutor(PEOPLE) as visitors:
        looks = list(visitors.map(look, range(PEOPLE * ROUNDS)))

    assert len(looks) == PEOPLE * ROUNDS
    for path, number, found in looks:
        own = PAGES[path].replace(r"\d+", str(number))
        assert found == {own}, path
