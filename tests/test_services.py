"""Papers through a real Redis and a real worker, while things die."""

import pytest

from tests.mail_servers import run
from tests.services import wait_for

# Imported for their names: pytest finds fixtures there.
from tests.mail_servers import empty_file, portal, post_office, workers  # noqa: F401  # isort: skip
from tests.services import redis  # noqa: F401  # isort: skip

pytestmark = pytest.mark.services


@pytest.fixture
def worker(workers):  # noqa: F811
    [one] = workers()
    return one


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
def limited(portal):  # noqa: F811
    """Little time for a paper, so that the test need not wait long either."""
    portal |= {"PAPER_WAIT": "1", "PAPER_SECONDS": str(SECONDS)}
    return portal


def asked(portal, rows):  # noqa: F811
    return run(PAPER, portal, "ask", rows).split("|")


def looked(portal, address):  # noqa: F811
    return run(PAPER, portal, "look", address.rstrip("/").rpartition("/")[2]).split("|")


def until(portal, address, word):  # noqa: F811
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
