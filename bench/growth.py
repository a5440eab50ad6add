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
from bench.work import watched, work_of
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

    @property
    def may_be_slow(self):
        """By its own fault, and not by the machine's."""
        return self.path == TEXTBOOK

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
                if page.may_be_slow and time.perf_counter() - began > SLOW:
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
        if page.may_be_slow and times[-1] > SLOW:
            break
    return {"times": times, "cpu": (cpu() - before) / len(times)}


def _counted(page):
    statements, work = watched(page.once)
    return {"queries": len(statements), "work": work}


def _work_of_newest(size):
    """What it takes to find the newest entries, for the one whose newest are hidden."""
    user = User.objects.get(email=sizes.people(size)["skewed"])
    list(DiaryEntry.objects.current().newest(user, 20))
    statements, _work = watched(lambda: DiaryEntry.objects.current().newest(user, 20))
    [newest] = [one for one in statements if "news_diaryentry" in one[0]]
    return work_of([newest])


def main():
    portal = Portal(int(sys.argv[1]))
    for line in sys.stdin:
        answer = getattr(portal, line.strip())()
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
