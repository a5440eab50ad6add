"""What was told without consent: recorded, opens nothing, and the resident is told."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from consent import actions
from consent.models import DutyMet, UnconsentedDisclosure
from portal import clock
from portal.drafts import new_slip
from portal.models import AuditEvent
from relatives.actions.people import end_relation
from relatives.models import Telling
from residents.models import Grant, Resident
from tests.factories import UnconsentedDisclosureFactory

Ground = UnconsentedDisclosure.Ground


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


def at(name, row=None):
    return reverse(f"consent:{name}", args=[row.uuid] if row else [])


def filled_in(user, **changes):
    return {
        "slip": new_slip(user),
        "relation": "",
        "recipient": "The police",
        "happened_at": (clock.now() - dt.timedelta(days=2)).strftime("%Y-%m-%dT%H:%M"),
        "topics": ["health"],
        "what": "That he was at the hospital.",
        "ground": "health_interests",
        "why": "His life was in danger.",
        "decided_by": "Ane Holst",
        "profession": "nurse",
        **changes,
    }


def record(client, resident, data):
    return client.post(at("disclosure-record", resident), data)


def errors(response):
    return {name: list(said) for name, said in response.context["form"].errors.items()}


def bos(cast):
    return UnconsentedDisclosure.objects.filter(resident=cast.bo).exclude(
        pk=cast.told.pk
    )


def opened():
    return (
        set(Grant.objects.values_list("user", "content_object", "topic", "ground")),
        set(Telling.objects.values_list("relation", "topic", "ground")),
    )


def test_it_is_recorded_and_opens_nothing_to_anybody(cast, sign_in):
    before = opened()

    response = record(
        sign_in(cast.mette),
        cast.bo,
        filled_in(cast.mette, relation=cast.jenss.uuid, recipient="Somebody"),
    )

    row = bos(cast).get()
    assert response.url == at("disclosure", row)
    assert (row.relation, row.recipient, row.topics) == (cast.jenss, "", ["health"])
    assert (row.decided_by, row.profession) == ("Ane Holst", "nurse")
    assert opened() == before
    assert AuditEvent.objects.filter(verb="disclosure.recorded").exists()


def test_pressed_twice_it_is_recorded_once(cast, sign_in):
    client, data = sign_in(cast.mette), filled_in(cast.mette)

    assert record(client, cast.bo, data).url == record(client, cast.bo, data).url
    assert bos(cast).count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"recipient": ""}, "recipient", "Write who was told"),
        ({"topics": []}, "topics", "at least one topic"),
        ({"what": ""}, "what", "in short"),
        ({"ground": ""}, "ground", "Choose the ground"),
        ({"ground": "interests"}, "ground", "a ground of the Health Act"),
        ({"topics": ["economy"]}, "ground", "one of the other grounds"),
        ({"why": ""}, "why", "why it was necessary"),
        ({"decided_by": ""}, "decided_by", "who decided"),
        ({"profession": ""}, "profession", "health professional"),
        ({"happened_at": ""}, "happened_at", "when it was told"),
        ({"happened_at": "2100-01-01T12:00"}, "happened_at", "in the future"),
        ({"happened_at": "1900-01-01T12:00"}, "happened_at", "too long ago"),
        ({"happened_at": "2026-03-29T02:30"}, "happened_at", "no such time"),
        ({"relation": str(uuid.uuid4())}, "relation", "one of the persons"),
    ],
)
def test_what_is_missing_is_said_at_the_field_and_nothing_is_saved(
    cast, sign_in, changes, field, said
):
    response = record(sign_in(cast.mette), cast.bo, filled_in(cast.mette, **changes))

    assert field in errors(response)
    assert said in errors(response)[field][0]
    assert not bos(cast).exists()


def test_a_slip_rests_on_no_law_and_is_told_all_the_same(cast, sign_in):
    slip = {"ground": "mistake", "profession": "", "topics": ["health", "daily"]}

    record(sign_in(cast.mette), cast.bo, filled_in(cast.mette, **slip))

    assert bos(cast).get() in UnconsentedDisclosure.objects.untold()


def test_another_residents_relative_is_nobody_here(cast, sign_in):
    response = record(
        sign_in(cast.clara), cast.bo, filled_in(cast.clara, relation=cast.idas.uuid)
    )

    assert "relation" in errors(response)
    with pytest.raises(ValueError, match="another resident"):
        actions.record_disclosure(
            resident=cast.bo,
            uuid=uuid.uuid4(),
            by=cast.clara,
            relation=cast.idas,
            topics=["health"],
            ground=Ground.HEALTH_LAW,
        )


# The duty to tell


def duty(client, row, user, **changes):
    data = {
        "slip": new_slip(user),
        "kind": "told",
        "told_on": clock.today().isoformat(),
        "how": "We talked about it over coffee.",
        **changes,
    }
    return client.post(at("disclosure-told", row), data)


def cards(response):
    return {
        card.heading: [row.url for row in card.rows]
        for column in response.context["columns"]
        for card in column
    }


def test_the_duty_stays_on_the_start_page_until_it_is_met(cast, sign_in):
    Resident.objects.filter(pk=cast.bo.pk).update(contact_person=cast.mette)
    here = at("disclosure", cast.told)

    for person in (cast.mette, cast.karen):
        home = sign_in(person).get(reverse("home"))
        assert cards(home)["Tell the resident"] == [here]
    assert here not in str(cards(sign_in(cast.tim).get(reverse("home"))))

    duty(sign_in(cast.mette), cast.told, cast.mette)

    for person in (cast.mette, cast.karen):
        home = sign_in(person).get(reverse("home"))
        assert "Tell the resident" not in cards(home)
    met = DutyMet.objects.get()
    assert (met.disclosure, met.kind, met.recorded_by) == (
        cast.told,
        "told",
        cast.mette,
    )


def test_the_resident_reads_of_it_once_told(cast, sign_in):
    client = sign_in(cast.bos)
    assert "bicycle" not in client.get(at("my-disclosures")).content.decode()

    actions.meet_duty(
        cast.told, kind="told", how="Said it.", told_on=clock.today(), by=cast.mette
    )

    page = client.get(at("my-disclosures")).content.decode()
    assert "bicycle" in page
    assert "The police" in page


def test_an_exception_is_a_managers_and_tells_the_resident_nothing(cast, sign_in):
    exempt = {"kind": "exempt", "told_on": "", "how": "It would put her in danger."}

    refused = duty(sign_in(cast.mette), cast.told, cast.mette, **exempt)
    assert "A manager decides" in errors(refused)["kind"][0]
    assert not DutyMet.objects.exists()

    assert duty(sign_in(cast.karen), cast.told, cast.karen, **exempt).status_code == 302
    page = sign_in(cast.bos).get(at("my-disclosures")).content.decode()
    assert "bicycle" not in page
    assert not UnconsentedDisclosure.objects.filter(resident=cast.bo).untold().exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"told_on": ""}, "told_on"),
        ({"told_on": "2100-01-01"}, "told_on"),
        ({"told_on": "2001-01-01"}, "told_on"),
        ({"how": ""}, "how"),
        ({"kind": "nonsense"}, "kind"),
    ],
)
def test_a_duty_is_not_met_by_half_an_answer(cast, sign_in, changes, field):
    response = duty(sign_in(cast.karen), cast.told, cast.karen, **changes)

    assert list(errors(response)) == [field]
    assert not DutyMet.objects.exists()


def test_two_who_tell_at_once_hear_of_each_other(cast, sign_in):
    client = sign_in(cast.karen)
    first = duty(client, cast.told, cast.karen)
    same = duty(client, cast.told, cast.karen)
    other = duty(client, cast.told, cast.karen, how="By telephone.")

    assert (first.status_code, same.status_code) == (302, 302)
    assert "Somebody else" in errors(other)["__all__"][0]
    assert DutyMet.objects.count() == 1


# Corrections


def correct(client, row, user, **changes):
    data = filled_in(
        user,
        topics=["offences"],
        ground="law",
        correction_reason="It was not the bicycle.",
        **changes,
    )
    return client.post(at("disclosure-correct", row), data)


def test_a_correction_stands_beside_the_first_and_must_be_told_anew(cast, sign_in):
    actions.meet_duty(
        cast.told, kind="told", how="Said it.", told_on=clock.today(), by=cast.mette
    )
    client = sign_in(cast.mette)

    response = correct(client, cast.told, cast.mette, what="A car had been taken.")

    new = bos(cast).get()
    assert response.url == at("disclosure", new)
    assert new.corrects == cast.told
    assert list(UnconsentedDisclosure.objects.filter(resident=cast.bo).untold()) == [
        new
    ]
    page = client.get(at("disclosure", new)).content.decode()
    assert "A car had been taken." in page
    assert "a bicycle had been taken" in page
    # What the resident was told stays until they are told what is right.
    mine = sign_in(cast.bos).get(at("my-disclosures")).content.decode()
    assert "bicycle" in mine
    assert "A car" not in mine


def test_whoever_was_told_stays_in_a_correction_when_the_relation_has_ended(
    cast, sign_in
):
    row = UnconsentedDisclosureFactory(
        resident=cast.bo, relation=cast.jenss, recipient=""
    )
    end_relation(cast.jenss, by=cast.mette)

    correct(
        sign_in(cast.mette),
        row,
        cast.mette,
        relation=cast.jenss.uuid,
        recipient="",
    )

    assert row.corrected_by.relation == cast.jenss


def test_only_the_latest_version_is_corrected_or_told(cast, sign_in):
    client = sign_in(cast.mette)
    correct(client, cast.told, cast.mette)

    again = correct(client, cast.told, cast.mette)
    told = duty(client, cast.told, cast.mette)

    assert "Somebody else" in errors(again)["__all__"][0]
    assert "Somebody else" in errors(told)["__all__"][0]
    assert bos(cast).count() == 1


def test_nothing_of_it_is_rewritten_or_removed(cast):
    actions.meet_duty(
        cast.told, kind="told", how="Said it.", told_on=clock.today(), by=cast.mette
    )
    for rows in (UnconsentedDisclosure.objects, DutyMet.objects):
        text = "what" if rows.model is UnconsentedDisclosure else "how"
        with pytest.raises(IntegrityError, match="never"), transaction.atomic():
            rows.update(**{text: "Something else"})
        with pytest.raises(IntegrityError, match="never"), transaction.atomic():
            rows.all()._raw_delete(rows.db)


@pytest.mark.parametrize(
    "wrong",
    [
        {"recipient": ""},
        {"ground": Ground.HEALTH_LAW, "profession": ""},
        {"correction_reason": "Why?"},
        {"happened_at": dt.datetime(2100, 1, 1, tzinfo=dt.UTC)},
    ],
)
def test_the_database_keeps_the_promises(cast, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        UnconsentedDisclosureFactory(resident=cast.bo, recorded_by=cast.mette, **wrong)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_with_more_of_them(
    cast, sign_in, django_assert_max_num_queries, count
):
    for _number in range(count):
        UnconsentedDisclosureFactory(
            resident=cast.bo,
            recorded_by=cast.mette,
            relation=cast.annas,
            recipient="",
        )
    client = sign_in(cast.mette)

    with django_assert_max_num_queries(12):
        client.get(at("disclosures", cast.bo))


def test_only_a_manager_is_asked_whether_the_resident_is_told(cast, sign_in):
    page = reverse("consent:disclosure-told", args=[cast.told.uuid])

    assert sign_in(cast.mette).get(page).context["form"]["kind"].is_hidden
    assert not sign_in(cast.karen).get(page).context["form"]["kind"].is_hidden
