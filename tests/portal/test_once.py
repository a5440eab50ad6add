"""What one request reads once, and what makes it read again."""

from contextlib import suppress

import pytest
from django.db import transaction
from django.test import RequestFactory

from portal.models import Home
from portal.once import once, remembering

pytestmark = pytest.mark.django_db


class Undone(Exception):
    pass


def names():
    return once("homes", lambda: sorted(Home.objects.values_list("name", flat=True)))


def in_a_request(work):
    """What the work answers when a request does it."""
    return remembering(lambda request: work())(RequestFactory().get("/"))


@pytest.fixture(autouse=True)
def home():
    return Home.objects.create(name="Solgården")


def test_a_page_reads_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert in_a_request(lambda: [names(), names()]) == [["Solgården"]] * 2


def test_what_the_page_writes_is_seen_on_the_page():
    def work():
        yield names()
        Home.objects.create(name="Bakken")
        yield names()
        Home.objects.filter(name="Solgården").update(name="Åsen")
        yield names()
        Home.objects.filter(name="Åsen").delete()
        yield names()

    assert in_a_request(lambda: list(work())) == [
        ["Solgården"],
        ["Bakken", "Solgården"],
        ["Bakken", "Åsen"],
        ["Bakken"],
    ]


def test_what_was_undone_is_not_remembered():
    def work():
        yield names()
        with suppress(Undone), transaction.atomic():
            Home.objects.create(name="Bakken")
            yield names()
            raise Undone
        yield names()

    assert in_a_request(lambda: list(work())) == [
        ["Solgården"],
        ["Bakken", "Solgården"],
        ["Solgården"],
    ]


def test_nothing_is_remembered_from_one_request_to_the_next():
    assert in_a_request(names) == ["Solgården"]
    Home.objects.create(name="Bakken")

    assert in_a_request(names) == ["Bakken", "Solgården"]


def test_outside_a_request_everything_is_read_each_time(django_assert_num_queries):
    with django_assert_num_queries(2):
        assert [names(), names()] == [["Solgården"]] * 2


def test_a_request_that_fails_leaves_nothing_behind(django_assert_num_queries):
    def work():
        names()
        raise Undone

    with suppress(Undone):
        in_a_request(work)

    with django_assert_num_queries(2):
        names(), names()
