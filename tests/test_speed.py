"""What pages cost, counted: questions, steps of the database, tables read to their end.

Seconds are measured by `make bench`, for a busy machine has other seconds each time.
"""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.urls import reverse

from bench import data, sizes
from bench.work import questions, scanned, watched, work_of
from news.models import DiaryEntry
from portal.models import User
from residents.models import Resident

SIZE = 10_000
# What a home writes a lot of.
ITEMS = {
    "news_diaryentry",
    "relatives_agreement",
    "relatives_contact",
    "consent_consent",
    "residents_accessevent",
}
# Who, what page, how many questions (each a round trip and a millisecond), and how much
# of the database's work: steps of SQLite's machine, pages of PostgreSQL's memory.
BUDGETS = {
    "a relative's start page": ("relative", "home", 7, 12_000, 400),
    "the same, the newest hidden": ("skewed", "home", 8, 12_000, 400),
    "From everyday life": ("relative", "news:everyday", 6, 9_000, 400),
    "the same list, the newest hidden": ("skewed", "news:everyday", 6, 9_000, 400),
    "My agreements": ("relative", "relatives:my-agreements", 6, 15_000, 400),
    # What nobody has written: all that the person may see is looked through.
    "a relative's search": ("relative", "residents:search?q=zzzz", 7, 15_000, 900),
    "a search, staff": ("carer", "residents:search?q=zzzz", 7, 600_000, 9_000),
    "a resident's page, staff": ("carer", "residents:resident", 6, 6_000, 600),
    "a start page, staff": ("carer", "home", 8, 40_000, 9_000),
    "a start page, manager": ("manager", "home", 11, 40_000, 9_000),
}


@pytest.fixture
def grown(db):
    """The bench's portal, small: one department that is measured, and the rest."""
    data.fill(SIZE)
    return {
        who: User.objects.get(email=email) for who, email in sizes.people(SIZE).items()
    }


def address(name):
    here = [Resident.objects.get(pk=1).uuid] if name == "residents:resident" else []
    name, mark, query = name.partition("?")
    return reverse(name, args=here) + mark + query


def test_no_page_asks_much_of_the_database_or_reads_a_table_to_its_end(grown, sign_in):
    ContentType.objects.clear_cache()
    over = []
    for page, (who, name, *budget) in BUDGETS.items():
        client, path = sign_in(grown[who]), address(name)
        client.get(path)

        statements, work = watched(lambda: client.get(path))  # noqa: B023 -- at once

        asked, steps, buffers = budget
        allowed = steps if connection.vendor == "sqlite" else buffers
        # PostgreSQL reads a small table to its end by choice; its budget tells.
        asked_of = questions(statements) if connection.vendor == "sqlite" else []
        whole = {table for one in asked_of for table in scanned(one)}
        if len(statements) > asked or work > allowed or whole & ITEMS:
            over.append((page, len(statements), work, whole & ITEMS))

    assert over == []


def test_the_newest_are_found_at_once_however_much_newer_is_hidden(grown):
    def newest():
        return DiaryEntry.objects.current().newest(grown["skewed"], 4)

    statements, _work = watched(newest)
    [question] = [one for one in statements if "news_diaryentry" in one[0]]

    assert len(newest()) == 4
    assert work_of([question]) <= (2_000 if connection.vendor == "sqlite" else 60)
