"""The resident's own page: who may know what, and a stop to each."""

import datetime as dt

import pytest
from django.urls import reverse

from relatives.models import Representation
from residents.models import Grant
from residents.topics import Topic
from tests.conftest import tell


def test_the_resident_reads_who_may_know_what(cast, sign_in):
    tell(cast.jenss, Topic.ECONOMY, answer="no", by=cast.mette)
    Representation.objects.create(
        relation=cast.jenss, kind="economic", starts_on=dt.date(2020, 1, 1)
    )

    response = sign_in(cast.bos).get(reverse("consent:mine"))

    seen = {
        str(relation.relative): ([str(a.topic) for a in answers], len(law))
        for relation, answers, law in response.context["standing"]
    }
    assert seen == {
        str(cast.annas.relative): (["health"], 0),
        str(cast.jenss.relative): ([], 1),
        str(cast.rikkes.relative): (["health", "economy"], 0),
    }


def test_the_resident_alone_can_stop_it_at_once(cast, sign_in):
    answer = cast.annas.consents.get()

    response = sign_in(cast.bos).post(
        reverse("consent:consent-withdraw", args=[answer.uuid])
    )

    assert response.url == reverse("consent:mine")
    assert not Grant.objects.filter(user=cast.anna, content_object=cast.bo).exists()
    answer.refresh_from_db()
    assert answer.closed_by == cast.bos


def test_the_resident_cannot_stop_what_another_shares(cast, sign_in):
    idas = cast.idas.consents.get()

    response = sign_in(cast.bos).post(
        reverse("consent:consent-withdraw", args=[idas.uuid])
    )

    assert response.status_code == 404
    assert Grant.objects.filter(user=cast.anna, content_object=cast.ida).exists()


@pytest.mark.parametrize("relatives", [1, 3])
def test_my_page_asks_the_same_for_one_relative_and_for_three(
    cast, sign_in, django_assert_num_queries, relatives
):
    for relation in list(cast.bo.relations.all())[relatives:]:
        relation.ended_at, relation.ended_by = relation.started_at, cast.mette
        relation.save()
    client = sign_in(cast.bos)
    client.get("/")

    with django_assert_num_queries(7):
        client.get(reverse("consent:mine"))
