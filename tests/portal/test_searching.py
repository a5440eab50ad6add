from django.test import RequestFactory

from portal import searching
from portal.models import User
from tests.factories import UserFactory


def test_each_word_stands_in_one_of_the_fields(db):
    anna = UserFactory(name="Anna Lund Friis", email="anna@example.com")
    UserFactory(name="Anna Birk", email="birk@example.com")

    def found(typed):
        return set(searching.with_words(User.objects.all(), typed, "name", "email"))

    assert found("friis anna@") == {anna}
    assert found("friis birk") == set()
    assert len(found("anna")) == len(found("")) == 2


def test_what_no_database_knows_is_left_out():
    request = RequestFactory().get("/", {"q": " A\x00nna" + "a" * 200})

    assert searching.asked(request) == "Anna" + "a" * 96
