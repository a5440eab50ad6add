"""One portal of one size, which measures its pages when it is told to.

    python -m bench.growth 1000

Reads one command a line and answers one line of JSON: `build`, `count` (queries and the
database's work, page by page) and `round` (a few requests of each page). .ci/growth.py
keeps one of these for each size and lets them take turns.
"""

import json
import sys
import time
from dataclasses import dataclass

from bench.pages import EMPTY, Browser, cpu  # first, for it sets Django up

# isort: split
from django.db import connection

from bench import data, sizes, textbook
from news.models import DiaryEntry
from portal.models import User
from residents.models import Resident

TEXTBOOK = "/bench/textbook/"
# Requests of a page in a round.
TIMES = 5
# A textbook page of a large portal takes half a second: one is enough.
SLOW = 0.1


@dataclass
class Page:
    name: str
    who: str
    path: str

    def bind(self, browsers):
        self.browser = browsers[self.who]
        return self

    def once(self):
        status, _text = self.browser.ask(self.path)
        assert status == 200, (self.path, status)


def pages():
    """The resident of the pages is the known one."""
    here = f"/residents/{Resident.objects.get(pk=1).uuid}/"
    return [
        Page("an empty page", "relative", EMPTY),
        Page("a relative's start page", "relative", "/"),
        Page("the same, the newest hidden", "skewed", "/"),
        Page("From everyday life", "relative", "/everyday/"),
        Page("From everyday life, the newest hidden", "skewed", "/everyday/"),
        Page("My agreements", "relative", "/my-agreements/"),
        Page("a resident's page, staff", "carer", here),
        Page("a start page, staff", "carer", "/"),
        Page("a start page, manager", "manager", "/"),
        Page("textbook, relative", "relative", TEXTBOOK),
        Page("textbook, staff", "carer", TEXTBOOK),
    ]


class Portal:
    def __init__(self, size):
        self.size = size

    def build(self):
        began = time.perf_counter()
        data.build(self.size)
        textbook.build()
        return {"seconds": time.perf_counter() - began, "items": _items()}

    def open(self):
        browsers = {
            who: Browser(email) for who, email in sizes.people(self.size).items()
        }
        self.pages = [page.bind(browsers) for page in pages()]
        for page in self.pages:
            # Twice past the point from which PostgreSQL keeps a plan.
            for _ in range(12):
                began = time.perf_counter()
                page.once()
                if time.perf_counter() - began > SLOW:
                    break

    def count(self):
        self.open()
        return {page.name: _counted(page) for page in self.pages} | {
            "newest": _work_of_newest(self.size)
        }

    def round(self):
        return {page.name: _timed(page) for page in self.pages}


def _items():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM news_diaryentry)"
            " + (SELECT count(*) FROM relatives_agreement)"
        )
        return cursor.fetchone()[0]


def _timed(page):
    times, before = [], cpu()
    for _ in range(TIMES):
        began = time.perf_counter()
        page.once()
        times.append(time.perf_counter() - began)
        if times[-1] > SLOW:
            break
    return {"times": times, "cpu": (cpu() - before) / len(times)}


def _counted(page):
    statements, work = _watched(page.once)
    return {"queries": len(statements), "work": work}


def _work_of_newest(size):
    """What it takes to find the newest entries, for the one whose newest are hidden."""
    user = User.objects.get(email=sizes.people(size)["skewed"])
    list(DiaryEntry.objects.current().newest(user, 20))
    statements, _work = _watched(lambda: DiaryEntry.objects.current().newest(user, 20))
    [newest] = [one for one in statements if "news_diaryentry" in one[0]]
    return _work_of([newest])


def _watched(do):
    """The statements, and the database's work: pages read, or steps of its machine."""
    statements, steps = [], [0]

    def note(execute, sql, params, many, context):
        # SQLite is told where a transaction begins; that asks for nothing.
        if not sql.startswith("BEGIN"):
            statements.append((sql, params))
        return execute(sql, params, many, context)

    def step():
        steps[0] += 1

    if connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.connection.set_progress_handler(step, 1)
    with connection.execute_wrapper(note):
        do()
    if connection.vendor == "sqlite":
        connection.connection.set_progress_handler(None, 1)
        return statements, steps[0]
    return statements, _work_of(statements)


def _work_of(statements):
    if connection.vendor == "sqlite":
        steps = [0]

        def step():
            steps[0] += 1

        connection.connection.set_progress_handler(step, 1)
        with connection.cursor() as cursor:
            for sql, params in statements:
                cursor.execute(sql, params)
                cursor.fetchall()
        connection.connection.set_progress_handler(None, 1)
        return steps[0]
    buffers = 0
    with connection.cursor() as cursor:
        for sql, params in statements:
            if not sql.startswith(("SELECT", "(")):
                continue
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params)
            [[[answer]]] = cursor.fetchall()
            plan = answer["Plan"]
            buffers += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    return buffers


def main():
    portal = Portal(int(sys.argv[1]))
    for line in sys.stdin:
        answer = getattr(portal, line.strip())()
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
