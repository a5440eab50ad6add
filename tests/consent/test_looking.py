"""Who has looked: the resident reads it, and so do those who care for the resident."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import translation

from consent import actions as consent
from portal import clock
from relatives.models import Representation
from residents import ledger
from residents.models import AccessEvent
from tests.conftest import tell
from tests.factories import (
    RelationFactory,
    RepresentationFactory,
    UnconsentedDisclosureFactory,
)

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


def passed_on(client, resident):
    page = client.get(reverse("consent:passed-on", args=[resident.uuid]))
    return [line for _day, of_day in page.context["days"] for line in of_day]


def shown_to(client, resident):
    """Without what was told without consent, which the cast brings."""
    return [line for line in passed_on(client, resident) if not line.url]


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


def test_a_paper_that_staff_print_is_passed_on_to_nobody(read, sign_in):
    before = shown_to(sign_in(read.mette), read.bo)
    ledger.printed(read.mette, [read.talk], purpose=ledger.Purpose.MEETING)
    ledger.printed(read.mette, [read.annas], purpose=ledger.Purpose.CONSENT)

    assert shown_to(sign_in(read.mette), read.bo) == before


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


# What was told without consent


def met(disclosure, cast):
    consent.meet_duty(
        disclosure, kind="told", how="Said it.", told_on=clock.today(), by=cast.mette
    )


def test_staff_read_what_was_told_without_consent_and_that_the_duty_is_open(
    cast, sign_in
):
    client = sign_in(cast.mette)

    [line] = passed_on(client, cast.bo)

    assert (line.who, line.by, line.is_open) == ("The police", "Karen", True)
    assert line.url == reverse("consent:disclosure", args=[cast.told.uuid])
    met(cast.told, cast)
    assert [line.is_open for line in passed_on(client, cast.bo)] == [False]


def test_the_resident_reads_of_it_in_easy_words_once_told(cast, sign_in):
    client = sign_in(cast.bos)
    assert lines(client) == []

    met(cast.told, cast)

    [line] = lines(client)
    assert "The police" in line.text
    page = client.get(reverse(MINE)).content.decode()
    assert f'<a href="{reverse("consent:my-disclosures")}">' in page
    # Nothing of whoever decided or wrote it, nor of Ida's.
    for name in ("Karen", "Mette", "Tim", "bicycle"):
        assert name not in page


def test_what_the_law_lets_us_not_tell_is_never_in_the_residents_ledger(cast, sign_in):
    consent.meet_duty(cast.told, kind="exempt", how="Danger.", by=cast.karen)

    assert lines(sign_in(cast.bos)) == []
    assert extract_of(sign_in(cast.bos)) == []
    assert "The police" not in str(extract_of(sign_in(cast.karen), cast.bo))


def corrected(cast, **changes):
    old = cast.told
    said = {
        name: getattr(old, name)
        for name in (
            "relation",
            "recipient",
            "topics",
            "what",
            "ground",
            "why",
            "decided_by",
            "profession",
            "happened_at",
        )
    } | changes
    return consent.record_disclosure(
        resident=cast.bo,
        uuid=uuid.uuid4(),
        by=cast.mette,
        corrects=old,
        correction_reason="Wrong.",
        **said,
    )


def test_of_two_versions_the_resident_reads_the_one_they_were_told(cast, sign_in):
    met(cast.told, cast)
    new = corrected(cast, recipient="The court")

    assert "The police" in lines(sign_in(cast.bos))[0].text
    assert [line.who for line in passed_on(sign_in(cast.mette), cast.bo)] == [
        "The court"
    ]
    met(new, cast)
    told = [one.text for one in lines(sign_in(cast.bos)) if one.ground == "disclosure"]
    assert len(told) == 1
    assert "The court" in told[0]


def test_a_slip_is_said_to_be_one(cast, sign_in):
    met(corrected(cast, ground="mistake"), cast)

    with translation.override("en"):
        assert str(lines(sign_in(cast.bos))[0].why) == "It was a mistake."


def test_it_stands_in_the_month_in_which_it_was_told(cast, sign_in, move_clock):
    met(cast.told, cast)
    began = clock.now().astimezone(clock.DENMARK).replace(day=1, hour=0, minute=0)
    began = began.replace(second=0, microsecond=0)
    for instant, month in (
        (began, f"{began:%Y-%m}"),
        (began - dt.timedelta(microseconds=1), f"{began - dt.timedelta(days=1):%Y-%m}"),
    ):
        row = corrected_at(cast, instant)
        shown = sign_in(cast.mette).get(
            reverse("consent:passed-on", args=[cast.ida.uuid]), {"month": month}
        )
        assert shown.status_code == 404
        page = sign_in(cast.tim).get(
            reverse("consent:passed-on", args=[cast.ida.uuid]), {"month": month}
        )
        urls = [line.url for _day, of_day in page.context["days"] for line in of_day]
        assert reverse("consent:disclosure", args=[row.uuid]) in urls


def corrected_at(cast, instant):
    return UnconsentedDisclosureFactory(
        resident=cast.ida, recorded_by=cast.tim, happened_at=instant
    )


# The extract


def extract_of(client, resident=None):
    """The resident's own, or what a manager hands out."""
    url = (
        reverse("consent:extract", args=[resident.uuid])
        if resident
        else reverse("consent:my-extract")
    )
    return client.get(url).context["lines"]


def test_the_extract_has_time_purpose_and_role_and_no_employee(read, sign_in):
    ledger.told(read.annas, ["health"], by=read.karen, way=ledger.Way.PHONE)
    met(read.told, read)
    client = sign_in(read.bos)

    found = extract_of(client)

    told = next(one for one in found if "Anna" in one.who and "Åkanden" in one.who)
    assert (told.when, told.purpose, told.ground) != ("", "", "")
    assert any("Anna" in one.who and "Åkanden" not in one.who for one in found)
    assert any("The police" in one.who for one in found)
    assert [one.at for one in found] == sorted((o.at for o in found), reverse=True)
    page = client.get(reverse("consent:my-extract")).content.decode()
    for name in ("Mette", "Karen", "Tim", "Ida"):
        assert name not in page


def test_what_a_manager_hands_out_is_what_the_resident_reads(read, sign_in):
    met(read.told, read)
    own = extract_of(sign_in(read.bos))

    handed_out = extract_of(sign_in(read.karen), read.bo)

    assert handed_out == own


def test_a_page_about_several_topics_is_one_line_of_the_extract(cast, sign_in):
    tell(cast.annas, "economy", by=cast.mette)
    ledger.told(cast.annas, ["health", "economy"], by=cast.mette, way=ledger.Way.VISIT)

    assert len(extract_of(sign_in(cast.bos))) == 1


@pytest.mark.parametrize("month", ["2026-13", "x", "\x00", "9999-01", "0001-01"])
def test_any_month_of_the_extract_may_be_asked_for(cast, sign_in, month):
    page = sign_in(cast.bos).get(reverse("consent:my-extract"), {"month": month})

    assert page.status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_extract_asks_the_same_however_many_read(
    cast, sign_in, django_assert_max_num_queries, count
):
    for _number in range(count):
        relation = RelationFactory(resident=cast.bo)
        tell(relation, "health", by=cast.mette)
        client = sign_in(relation.relative.user)
        client.get(reverse("news:entry", args=[cast.checkup.address]))
        row = UnconsentedDisclosureFactory(
            resident=cast.bo, recorded_by=cast.mette, relation=relation, recipient=""
        )
        met(row, cast)
    client = sign_in(cast.bos)
    with django_assert_max_num_queries(9):
        assert len(extract_of(client)) == 2 * count
