"""What a page costs, against an empty page of the same portal in the same run.

    python -m bench.pages table.json

One browser in a closed loop, calling the WSGI application in this process: what is
measured is the portal, not a socket. CPU is this process's, and for PostgreSQL that of
its backend too. Pages take turns, so that a busy machine is busy for all of them.
"""

import json
import os
import re
import statistics
import sys
import time
import uuid
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402 -- after setup
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from portal import drafts  # noqa: E402
from portal.models import User  # noqa: E402

ROUNDS, TIMES = 10, 12
EMPTY = "/bench/empty/"
TICK = os.sysconf("SC_CLK_TCK")


class Fields(HTMLParser):
    """What a browser would send if the form were sent as it stands."""

    def __init__(self, html):
        super().__init__()
        self.values, self.first, self._select = {}, {}, None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "select":
            self._select = told.get("name")
        elif tag == "option" and self._select:
            if "selected" in told or self._select not in self.values:
                self.values[self._select] = told.get("value", "")
        elif tag in ("input", "textarea") and told.get("name"):
            kind = told.get("type", "text")
            self.first.setdefault(told["name"], told.get("value", ""))
            if kind not in ("radio", "checkbox", "submit") or "checked" in told:
                self.values[told["name"]] = told.get("value", "")

    def handle_endtag(self, tag):
        if tag == "select":
            self._select = None


class Browser:
    """Somebody signed in, with as little of its own cost as can be."""

    application = WSGIHandler()

    def __init__(self, email):
        self.user = User.objects.get(email=email)
        client = Client()
        client.force_login(self.user, "portal.backends.Backend")
        self.cookies = {name: one.value for name, one in client.cookies.items()}

    def ask(self, path, fields=None):
        path, _, query = path.partition("?")
        body = urlencode(fields).encode() if fields else b""
        answer = {}

        def start(status, headers):
            answer["status"], answer["headers"] = int(status[:3]), headers

        response = self.application(
            {
                "REQUEST_METHOD": "POST" if fields else "GET",
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "SERVER_NAME": "127.0.0.1",
                "SERVER_PORT": "8000",
                "SERVER_PROTOCOL": "HTTP/1.1",
                "HTTP_HOST": "127.0.0.1:8000",
                "HTTP_COOKIE": "; ".join(f"{n}={v}" for n, v in self.cookies.items()),
                "CONTENT_TYPE": "application/x-www-form-urlencoded",
                "CONTENT_LENGTH": str(len(body)),
                "wsgi.input": BytesIO(body),
                "wsgi.errors": sys.stderr,
                "wsgi.url_scheme": "http",
            },
            start,
        )
        text = b"".join(response)
        response.close()
        for name, value in answer["headers"]:
            if name.lower() == "set-cookie":
                crumb, _, told = value.split(";")[0].partition("=")
                self.cookies[crumb] = told
        return answer["status"], text.decode()


class Page:
    def __init__(self, name, browser, path, *, goal=None):
        self.name, self.browser, self.path, self.goal = name, browser, path, goal
        self.cpu, self.times, self.bytes = [], [], 0
        self.queries = None

    def once(self):
        status, text = self.browser.ask(self.path)
        assert status == 200, (self.path, status)
        self.bytes = len(text)

    def measure(self):
        self.prepare()
        self.once()
        self.prepare()
        with CaptureQueriesContext(connection) as seen:
            self.once()
        self.queries = len(seen)

    def round(self):
        before = cpu()
        for _ in range(TIMES):
            self.prepare()
            began = time.perf_counter()
            self.once()
            self.times.append(time.perf_counter() - began)
        self.cpu.append((cpu() - before) / TIMES)

    def prepare(self):
        pass


class QuickLog(Page):
    """The form of the quick log, sent with a new note each time."""

    def __init__(self, name, browser, path, **rest):
        super().__init__(name, browser, path, **rest)
        resident = Fields(self._main(path)).first["resident"]
        self.fields = Fields(self._main(f"{path}?resident={resident}")).values

    def _main(self, path):
        """The page without the forms of its header and footer."""
        status, html = self.browser.ask(path)
        assert status == 200, (path, status)
        return re.search(r"<main.*</main>", html, re.S)[0]

    def prepare(self):
        note = f"Ringede om weekenden. {uuid.uuid4()}"
        self.fields |= {"note": note, "slip": drafts.new_slip(self.browser.user)}

    def once(self):
        status, text = self.browser.ask(self.path, self.fields)
        assert status == 302, (self.path, status, re.findall("form-error.*", text))


def cpu():
    """Seconds of CPU so far: ours, and our PostgreSQL backend's."""
    seconds = time.process_time()
    if connection.vendor == "postgresql":
        stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text()
        fields = stat[stat.rindex(")") + 2 :].split()
        seconds += (int(fields[11]) + int(fields[12])) / TICK
    return seconds


def pages():
    accounts = json.loads(Path("demo/accounts.json").read_text())
    by_role = {}
    for account in accounts:
        by_role.setdefault(account["role"], Browser(account["email"]))
    manager = by_role["department manager"]
    staff = by_role["care worker"]
    yield Page("an empty page", staff, EMPTY)
    for role, browser in by_role.items():
        yield Page(f"start page, {role}", browser, "/", goal=5)
    yield Page("list of residents", manager, "/residents/", goal=5)
    yield Page("quick log, the form", staff, "/contacts/new/", goal=5)
    yield QuickLog("quick log, POST", staff, "/contacts/new/", goal=4)


def milliseconds(seconds):
    return round(seconds * 1000, 2)


def main(target):
    measured = list(pages())
    for page in measured:
        page.measure()
    for _ in range(ROUNDS):
        for page in measured:
            page.round()
    empty = statistics.median(measured[0].cpu)
    rows = [
        {
            "page": page.name,
            "cpu": milliseconds(statistics.median(page.cpu)),
            "p50": milliseconds(statistics.median(page.times)),
            "p99": milliseconds(statistics.quantiles(page.times, n=100)[98]),
            "queries": page.queries,
            "bytes": page.bytes,
            "ratio": round(statistics.median(page.cpu) / empty, 2),
            "goal": page.goal,
        }
        for page in measured
    ]
    Path(target).write_text(json.dumps(rows))


if __name__ == "__main__":
    main(sys.argv[1])
