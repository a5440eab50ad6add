"""Mail servers of the tests' own that misbehave, and a portal to try them on."""

import asyncio
import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing

import pytest
from aiosmtpd.controller import Controller

from tests.services import ROOT, Server, answers, free_port, python

# Imported for its name: pytest finds the fixture there.
from tests.services import redis  # noqa: F401  # isort: skip


class MailServer:
    """Takes mails, and keeps them whole; or does as it is told."""

    def __init__(self):
        self.port = free_port()
        self.url = f"smtp://127.0.0.1:{self.port}"
        self.letters, self.asked, self.controller = [], 0, None
        # What it says instead of 250, and how long it waits before it says anything.
        self.says, self.seconds = "", 0

    def start(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()
        return self

    def stop(self):
        if self.controller:
            self.controller.stop()
            self.controller = None

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.asked += 1
        if self.says:
            return self.says
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(envelope.content)
        # Taken, and the answer is long in coming.
        await asyncio.sleep(self.seconds)
        return "250 OK"

    @property
    def numbers(self):
        """The Message-ID of each that arrived."""
        found = re.compile(rb"^Message-ID: (<\S+>)", re.MULTILINE | re.IGNORECASE)
        return [found.search(letter)[1] for letter in self.letters]


@pytest.fixture
def post_office():
    server = MailServer().start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory):
    """A database without anybody in it."""
    folder = tmp_path_factory.mktemp("empty")
    file = folder / "portal.sqlite3"
    env = os.environ | {
        "DEMO": "1",
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{file}",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    subprocess.run(python("manage.py", "migrate", "-v0"), env=env, cwd=ROOT, check=True)
    with closing(sqlite3.connect(file)) as connected:
        connected.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


@pytest.fixture
def portal(tmp_path, redis, post_office, empty_file):  # noqa: F811
    """An environment with a database of its own: a file, as SQLite has it."""
    shutil.copy(empty_file, tmp_path / "portal.sqlite3")
    return os.environ | {
        "DEMO": "1",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/portal.sqlite3",
        "REDIS_URL": redis.url,
        "EMAIL_URL": post_office.url,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "EMAIL_TIMEOUT": "2",
    }


@pytest.fixture
def workers(portal, tmp_path):
    """As many workers as are wanted."""
    started = []

    def start(number=1):
        for one in range(len(started), len(started) + number):
            log = tmp_path / f"worker{one}.log"
            started.append(
                Server(
                    python(
                        *[
                            "-m",
                            "celery",
                            "-A",
                            "portal",
                            "worker",
                            "-c",
                            "1",
                            "-l",
                            "INFO",
                        ]
                    )
                    + ["-n", f"w{one}@localhost"],
                    ready=lambda log=log: (
                        log.exists() and b" ready." in log.read_bytes()
                    ),
                    env=portal,
                    log=log,
                ).start()
            )
        return started

    yield start
    for server in started:
        server.kill()


@pytest.fixture
def web(portal, tmp_path):
    """The portal's own web server. Its files are drawn by their names."""
    port = free_port()
    env = portal | {"DEBUG": "1", "PORTAL_URL": f"http://127.0.0.1:{port}"}
    server = Server(
        python(
            *[
                "-m",
                "granian",
                "--interface",
                "wsgi",
                "--host",
                "127.0.0.1",
                "--workers",
                "1",
                "--port",
            ],
            str(port),
            "portal.wsgi:application",
        ),
        ready=lambda: answers(port),
        env=env,
        log=tmp_path / "web.log",
    ).start()
    server.url = f"http://127.0.0.1:{port}"
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
