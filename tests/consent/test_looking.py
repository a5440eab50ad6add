"""Who has looked: the resident reads it, and so do those who care for the resident."""

import pytest
from django.urls import reverse
from django.utils import translation

from consent import actions as consent
from portal import clock
from relatives.models import Representation
from residents import ledger
from residents.models import AccessEvent
from tests.conftest import tell
from tests.factories import RelationFactory, RepresentationFactory

MINE = "consent:who-has-looked"


def lines(client):
    response = client.get(reverse(MINE))
    return [line for _day, of_day in response.context["days"] for line in of_day]


def said(client):
    return [line.text for line in lines(client)]


@pytest.fixture
def read(cast, sign_in):
    """Anna and Jens's guardianship, Mette and Karen: each read something about Bo."""
    sign_in(cast.anna).get(reverse("news:entry", args=[cast.checkup.address]))
    sign_in(cast.mette).get(reverse("relatives:agreement", args=[cast.dentist.uuid]))
    sign_in(cast.karen).get(reverse("relatives:agreement", args=[cast.dentist.uuid]))
    sign_in(cast.tim).get(reverse("relatives:agreement", args=[cast.idas_rent.uuid]))
    return cast


def test_the_resident_reads_relatives_by_name_and_staff_by_number(read, sign_in):
    with translation.override("en"):
        client = sign_in(read.bos)
        client.cookies["language"] = "en"

        page = client.get(reverse(MINE)).content.decode()
        texts = [str(text) for text in said(client)]

    assert texts == [
        "Anna (your sister) read about your health.",
        "2 employees in Åkanden read about your health.",
    ]
    for name in ("Mette", "Karen", "Tim", "Ida"):
        assert name not in page


def test_what_the_resident_has_read_is_left_out(read, sign_in):
    client = sign_in(read.bos)
    before = said(client)
    client.get(reverse("relatives:my-agreements"))

    assert said(client) == before


def test_a_yes_leads_to_where_it_can_be_stopped(read, sign_in):
    client = sign_in(read.bos)

    assert [line.ground for line in lines(client)] == ["consent", "employment"]
    page = client.get(reverse(MINE)).content.decode()
    assert f'<a href="{reverse("consent:mine")}">' in page


def test_what_was_read_stays_when_the_consent_is_withdrawn(read, sign_in):
    consent.withdraw(read.annas.consents.get(), by=read.mette)

    assert len(said(sign_in(read.bos))) == 2


def test_a_name_on_a_list_is_not_reading(cast, sign_in):
    sign_in(cast.clara).get(reverse("residents:residents"))

    assert said(sign_in(cast.bos)) == []
    assert AccessEvent.objects.filter(user=cast.clara, resident=cast.bo).exists()


@pytest.mark.parametrize("month", ["", "2026-13", "x", "\x00", "9999-01", "0001-01"])
def test_any_month_may_be_asked_for(cast, sign_in, month):
    client = sign_in(cast.bos)

    assert client.get(reverse(MINE), {"month": month}).status_code == 200


def test_an_earlier_month_has_a_page_of_its_own(cast, sign_in):
    month = cast.sampled.month

    page = sign_in(cast.bos).get(reverse(MINE), {"month": f"{month:%Y-%m}"})

    [(_day, [line])] = page.context["days"]
    assert (line.by_staff, line.ground) == (True, "employment")


def shown_to(client, resident):
    page = client.get(reverse("consent:passed-on", args=[resident.uuid]))
    return [line for _day, of_day in page.context["days"] for line in of_day]


def test_staff_read_what_relatives_got_to_know_and_why(read, sign_in):
    ledger.told(read.annas, ["health"], by=read.karen, way=ledger.Way.PHONE)

    told, own = sorted(
        shown_to(sign_in(read.mette), read.bo), key=lambda line: line.by, reverse=True
    )

    assert (told.who, told.by) == (str(read.annas), "Karen")
    assert (own.who, own.by) == (str(read.annas), "")
    with translation.override("da"):
        day = f"{clock.today().year}"
    assert day in told.why
    assert day in own.why


def test_staff_do_not_read_there_which_colleague_looked(read, sign_in):
    assert [line.by for line in shown_to(sign_in(read.mette), read.bo)] == [""]


def test_what_the_law_opens_is_said_to_be_law(cast, sign_in):
    mother = RelationFactory(resident=cast.ida)
    RepresentationFactory(
        relation=mother, kind=Representation.Kind.ECONOMIC, recorded_by=cast.tim
    )
    client = sign_in(mother.relative.user)
    client.get(reverse("news:entry", args=[cast.idas_purse.address]))

    [event] = AccessEvent.objects.filter(user=mother.relative.user)
    assert (event.capacity, event.ground) == ("representative", "representation")


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_the_same_however_many_read(
    cast, sign_in, django_assert_max_num_queries, count
):
    for _number in range(count):
        relation = RelationFactory(resident=cast.bo)
        tell(relation, "health", by=cast.mette)
        client = sign_in(relation.relative.user)
        client.get(reverse("news:entry", args=[cast.checkup.address]))
    client = sign_in(cast.bos)
    with django_assert_max_num_queries(9):
        assert len(lines(client)) == count
    client = sign_in(cast.mette)
    with django_assert_max_num_queries(10):
        assert len(shown_to(client, cast.bo)) == count
