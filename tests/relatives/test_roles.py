"""Who does what as one table: for staff all of it, for others what they may read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from relatives import actions
from residents.topics import Topic
from tests.factories import AgreementFactory, PartFactory


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def swim(cast):
    agreement = AgreementFactory(
        resident=cast.bo,
        text="Bo swims on Sundays",
        responsible="relative",
        responsible_relative=cast.annas.relative,
        recorded_by=cast.mette,
    )
    PartFactory(agreement=agreement, task="Books the bus")
    PartFactory(agreement=agreement, who="resident", task="Packs")
    PartFactory(agreement=agreement, who="other", task="Teaches")
    PartFactory(agreement=agreement, relative=cast.rikkes.relative, task="Drives")
    return agreement


def at_work(client, cast):
    return client.get(reverse("relatives:who-does-what", args=[cast.bo.uuid]))


def mine(client):
    return client.get(reverse("relatives:my-who-does-what"))


def shares(response, agreement):
    [row] = [r for r in response.context["rows"] if r.agreement == agreement]
    return {
        label: [(share.name, share.task) for share in some] for label, some in row.cells
    }


def test_each_party_has_a_column(cast, sign_in, swim):
    response = at_work(sign_in(cast.mette), cast)

    assert shares(response, swim) == {
        "Resident": [("Bo", "Packs")],
        "Relatives": [("Anna Holm", "sees to it"), ("Rikke Holm", "Drives")],
        "Staff": [("The staff", "Books the bus")],
        "Others": [("Somebody else", "Teaches")],
    }
    assert response.context["load"] == [("Anna Holm", 1), ("Rikke Holm", 1)]


def test_what_is_too_much_stands_with_the_staff(cast, sign_in, swim):
    actions.say_too_much(swim, relative=cast.annas.relative, by=cast.anna)

    said = shares(at_work(sign_in(cast.mette), cast), swim)

    assert said["Staff"][0] == ("The home, for now", "sees to it")
    assert said["Relatives"] == [("Rikke Holm", "Drives")]


def test_a_relative_sees_what_they_may_read_and_no_other_relative(cast, sign_in, swim):
    secret = AgreementFactory(
        resident=cast.bo, topic=Topic.FORCE, text="Secret", recorded_by=cast.mette
    )
    response = mine(sign_in(cast.anna))

    assert shares(response, swim)["Relatives"] == [
        ("You", "sees to it"),
        ("Another relative", "Drives"),
    ]
    text = response.content.decode()
    assert "Rikke" not in text
    assert secret.text not in text
    assert "Pocket money" not in text
    assert "Rent" in text
    bos = mine(sign_in(cast.bos)).content.decode()
    assert "Rikke Holm" in bos
    assert "Secret" in bos


def test_what_is_done_replaced_or_ended_is_not_in_it(cast, sign_in, swim):
    actions.mark_done(swim, by=cast.mette)

    response = at_work(sign_in(cast.mette), cast)

    assert swim not in [row.agreement for row in response.context["rows"]]


def test_however_many_there_are_the_page_asks_as_much(cast, sign_in, swim):
    client = sign_in(cast.mette)

    def asked():
        with CaptureQueriesContext(connection) as questions:
            at_work(client, cast)
        return len(questions)

    asked()
    before = asked()
    for _more in range(3):
        more = AgreementFactory(resident=cast.bo, recorded_by=cast.mette)
        PartFactory(agreement=more, relative=cast.annas.relative)
    assert asked() == before <= 12
