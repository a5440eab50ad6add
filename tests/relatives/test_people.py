"""The people around a resident: for those at work, and as a relative sees oneself."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from portal import clock
from portal.drafts import new_slip
from portal.models import AuditEvent, Invitation, User
from relatives import actions
from relatives.models import Relation, Relative, Representation
from residents.models import Resident
from residents.topics import Topic
from tests.factories import AgreementFactory, RelationFactory, UserFactory


def words(response):
    """Every word of a page: a short name may well stand inside a random token."""
    return set(re.findall(r"\w+", response.content.decode()))


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


def at(name, row):
    return reverse(f"relatives:{name}", args=[row.uuid])


def people(client, resident):
    return client.get(at("resident-relatives", resident)).content.decode()


def filled_in(user, **changes):
    return {
        "slip": new_slip(user),
        "given_name": "Tove",
        "family_name": "Holm",
        "kind": "mother",
        **changes,
    }


def add(client, resident, data):
    return client.post(at("relative-add", resident), data)


def years_ago(years):
    return clock.today() - dt.timedelta(days=round(years * 365.25))


def make_young(resident, age=16):
    Resident.objects.filter(pk=resident.pk).update(born_on=years_ago(age + 0.5))
    resident.refresh_from_db()


DATED = {"document_date": "2026-03-03"}


def represent(relation, kind, **details):
    return Representation.objects.create(relation=relation, kind=kind, **details)


# What those at work see


def test_staff_see_who_is_who_and_what_each_may_be_told(cast, sign_in):
    response = sign_in(cast.mette).get(at("resident-relatives", cast.bo))

    told = {
        str(relation.relative.given_name): topics
        for relation, topics, _laws in response.context["people"]
    }
    assert told == {
        "Anna": [Topic.HEALTH],
        "Jens": [],
        "Rikke": [Topic.HEALTH, Topic.ECONOMY],
    }


def test_a_protected_address_is_marked_and_not_there(cast, sign_in):
    Relative.objects.filter(pk=cast.annas.relative.pk).update(protected_address=True)

    assert "Protected address" in people(sign_in(cast.mette), cast.bo)


def test_custody_and_guardianship_stand_in_words(cast, sign_in):
    represent(
        cast.jenss, Representation.Kind.ECONOMIC, document="Certificate of 3 March"
    )
    # Bo is grown up: custody has ended.
    represent(cast.annas, Representation.Kind.SOLE_CUSTODY)

    shown = people(sign_in(cast.mette), cast.bo)

    assert "Economic guardianship (§ 5)" in shown
    assert "Certificate of 3 March" in shown
    assert "custody" not in shown.lower()


def test_a_young_resident_without_custody_holder_is_pointed_out(cast, sign_in):
    client = sign_in(cast.mette)
    make_young(cast.bo)
    assert "nobody is registered with custody" in people(client, cast.bo)

    represent(cast.annas, Representation.Kind.SOLE_CUSTODY)

    assert "nobody is registered with custody" not in people(client, cast.bo)
    assert "Sole custody" in people(client, cast.bo)


def test_a_relative_under_18_is_marked(cast, sign_in):
    RelationFactory(resident=cast.bo, relative__born_on=years_ago(12.5))

    assert people(sign_in(cast.mette), cast.bo).count("Under 18") == 1


def test_a_relatives_card_names_only_residents_in_reach(cast, sign_in):
    shown = sign_in(cast.mette).get(at("relative", cast.annas.relative))

    assert [str(r.resident) for r, _t, _l in shown.context["people"]] == ["Bo Holm"]
    assert "Ida" not in words(shown)


@pytest.mark.parametrize("count", [1, 3])
def test_the_people_of_a_resident_take_the_same_questions(
    cast, sign_in, django_assert_num_queries, count
):
    for _number in range(count):
        represent(RelationFactory(resident=cast.bo), Representation.Kind.JOINT)
    client = sign_in(cast.mette)

    with django_assert_num_queries(9):
        client.get(at("resident-relatives", cast.bo))


# Adding


def test_a_manager_adds_a_relative_once_and_opens_nothing_by_it(cast, sign_in):
    client = sign_in(cast.karen)
    data = filled_in(
        cast.karen, phone="20 12 34 56", email="Tove@Example.dk", address="Elm St 1"
    )

    first, second = (add(client, cast.bo, data) for _time in range(2))

    relative = Relative.objects.get(given_name="Tove")
    assert first.url == second.url == at("relative", relative)
    assert (relative.phone, relative.home) == ("20 12 34 56", cast.solgaarden)
    [relation] = relative.relations.all()
    assert (relation.resident, relation.kind) == (cast.bo, "mother")
    assert list(relation.tellings.all()) == []
    assert relative.user is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"given_name": ""}, "given_name"),
        ({"family_name": "a\x00"}, "family_name"),
        ({"kind": ""}, "kind"),
        ({"phone": "123"}, "phone"),
        ({"phone": "not a number"}, "phone"),
        ({"email": "tove@"}, "email"),
        ({"email": "known@example.dk"}, "email"),
        ({"born_on": "2099-01-01"}, "born_on"),
        ({"born_on": "2026-13-01"}, "born_on"),
        ({"law": "sole_custody"}, "law"),
        ({"law": "economic", **DATED}, "document"),
        ({"law": "economic", "document": "Seen"}, "document_date"),
        ({"law": "personal", "document": "Seen", **DATED}, "topics"),
        (
            {"law": "personal", "document": "Seen", **DATED, "topics": ["economy"]},
            "topics",
        ),
        (
            {"law": "joint", "document": "Seen", **DATED, "born_on": years_ago(12)},
            "law",
        ),
    ],
)
def test_what_cannot_be_is_said_at_its_field(cast, sign_in, changes, field):
    Relative.objects.filter(pk=cast.annas.relative.pk).update(email="known@example.dk")

    response = add(sign_in(cast.karen), cast.bo, filled_in(cast.karen, **changes))

    assert list(response.context["form"].errors) == [field]
    assert not Relative.objects.filter(given_name="Tove").exists()


def test_a_foreign_number_keeps_its_country(cast, sign_in):
    add(sign_in(cast.karen), cast.bo, filled_in(cast.karen, phone="+46 8 123 456 78"))

    assert Relative.objects.get(given_name="Tove").phone.startswith("+46")


def test_a_protected_address_is_not_kept(cast, sign_in):
    data = filled_in(cast.karen, address="Secret Street 1", protected_address="on")

    add(sign_in(cast.karen), cast.bo, data)

    relative = Relative.objects.get(given_name="Tove")
    assert (relative.address, relative.protected_address) == ("", True)


def test_a_young_resident_has_one_with_sole_custody_or_two_who_share(cast, sign_in):
    make_young(cast.bo)
    represent(cast.annas, Representation.Kind.SHARED_CUSTODY)
    client = sign_in(cast.karen)

    refused = add(client, cast.bo, filled_in(cast.karen, law="sole_custody"))
    assert list(refused.context["form"].errors) == ["law"]
    add(client, cast.bo, filled_in(cast.karen, law="shared_custody"))

    tove = Relation.objects.get(relative__given_name="Tove")
    assert [row.kind for row in tove.representations.all()] == ["shared_custody"]
    assert tove.tellings.filter(topic="daily").exists()


def test_somebody_known_is_connected_once_and_keeps_the_log_in(cast, sign_in):
    client = sign_in(cast.clara)
    friend = RelationFactory(resident=cast.ida, relative__given_name="Frode").relative
    url = at("relative-connect", cast.bo) + "?q=frode"
    data = {"slip": new_slip(cast.clara), "relative": friend.uuid, "kind": "friend"}

    assert [client.post(url, data).status_code for _time in range(2)] == [302, 302]

    assert friend.relations.filter(resident=cast.bo).count() == 1
    assert friend.relations.standing().count() == 2


@pytest.mark.parametrize("search", ["", "frode", "fro\x00de", "%", "x" * 5000])
def test_a_manager_finds_only_relatives_of_the_own_departments(cast, sign_in, search):
    RelationFactory(resident=cast.ida, relative__given_name="Frode")

    response = sign_in(cast.karen).get(at("relative-connect", cast.bo), {"q": search})

    assert list(response.context["found"]) == []


# Changing and ending


def test_a_managers_change_is_kept_with_the_names_of_what_changed(cast, sign_in):
    relative = cast.jenss.relative

    sign_in(cast.karen).post(
        at("relative-change", relative),
        {
            "slip": new_slip(cast.karen),
            "given_name": relative.given_name,
            "family_name": relative.family_name,
            "phone": "20123456",
        },
    )

    relative.refresh_from_db()
    assert relative.phone == "20 12 34 56"
    event = AuditEvent.objects.get(verb="relative.changed")
    assert event.facts == {"fields": ["phone"]}


def test_ending_a_relation_closes_what_was_open_at_once(cast, sign_in):
    anna = sign_in(cast.anna)
    dentist = reverse("relatives:agreement", args=[cast.dentist.uuid])
    assert anna.get(dentist).status_code == 200

    sign_in(cast.mette).post(at("relation-end", cast.annas))

    assert sign_in(cast.anna).get(dentist).status_code == 404
    cast.annas.refresh_from_db()
    assert cast.annas.ended_by == cast.mette
    assert "Former relatives" in people(sign_in(cast.mette), cast.bo)
    # What Ida shares with the same person is untouched.
    rent = reverse("relatives:agreement", args=[cast.idas_rent.uuid])
    assert sign_in(cast.anna).get(rent).status_code == 200


def test_who_is_added_again_starts_without_consents(cast):
    actions.end_relation(cast.annas, by=cast.mette)

    actions.connect_relative(
        cast.annas.relative, resident=cast.bo, kind="sister", by=cast.karen
    )

    assert not Resident.objects.visible_to(cast.anna).filter(pk=cast.bo.pk).exists()


def test_what_rests_on_law_is_ended_by_a_manager_only(cast, sign_in):
    represent(cast.jenss, Representation.Kind.ECONOMIC)

    assert sign_in(cast.mette).post(at("relation-end", cast.jenss)).status_code == 403
    assert sign_in(cast.karen).post(at("relation-end", cast.jenss)).status_code == 302


def test_before_ending_a_relation_one_sees_the_tasks_that_are_left(cast, sign_in):
    AgreementFactory(
        resident=cast.bo,
        text="Jens mows the lawn",
        responsible="relative",
        responsible_relative=cast.jenss.relative,
    )

    shown = sign_in(cast.mette).get(at("relation-end", cast.jenss)).content.decode()

    assert "Jens mows the lawn" in shown


# Inviting


def invite(client, relative):
    return client.post(at("relative-invite", relative), follow=True).content.decode()


def test_a_manager_invites_a_relative(cast, sign_in):
    relative = RelationFactory(
        resident=cast.bo, relative__user=None, relative__email="tove@example.dk"
    ).relative

    shown = invite(sign_in(cast.karen), relative)

    relative.refresh_from_db()
    assert relative.user.email == "tove@example.dk"
    assert Invitation.objects.get().user == relative.user
    assert "has been sent an invitation" in shown


def test_whoever_has_a_log_in_at_work_keeps_it_as_a_relative(cast):
    User.objects.filter(pk=cast.ole.pk).update(last_login=clock.now())
    relative = RelationFactory(
        resident=cast.bo, relative__user=None, relative__email=cast.ole.email.upper()
    ).relative

    assert actions.invite_relative(relative, by=cast.karen) == cast.ole
    assert not Invitation.objects.exists()


def test_whoever_got_the_mail_by_mistake_never_becomes_the_relative(cast):
    relative = RelationFactory(
        resident=cast.bo, relative__user=None, relative__email="wrong@example.dk"
    ).relative
    stranger = actions.invite_relative(relative, by=cast.karen)

    actions.change_relative(relative, email="right@example.dk", by=cast.karen)

    relative.refresh_from_db()
    assert relative.user is None
    assert not Invitation.objects.open().filter(user=stranger).exists()
    right = actions.invite_relative(relative, by=cast.karen)
    assert right.email == "right@example.dk"
    assert Invitation.objects.open().get().user == right


def test_a_new_address_leaves_a_log_in_that_is_used_alone(cast):
    User.objects.filter(pk=cast.jens.pk).update(last_login=clock.now())
    at_work = RelationFactory(resident=cast.bo, relative__user=cast.tim).relative

    for relative in (Relative.objects.get(user=cast.jens), at_work):
        actions.change_relative(relative, email="new@example.dk", by=cast.karen)
        relative.refresh_from_db()
        assert relative.user is not None


@pytest.mark.parametrize("reason", ["no e-mail", "another relative", "closed"])
def test_some_cannot_be_invited(cast, sign_in, reason):
    relative = RelationFactory(resident=cast.bo, relative__user=None).relative
    if reason == "another relative":
        relative.email = cast.anna.email
    if reason == "closed":
        relative.user = UserFactory(is_active=False)
    relative.save()

    assert "cannot be invited" in invite(sign_in(cast.karen), relative)
    assert not Invitation.objects.exists()


# As a relative


def test_a_relative_sees_who_shares_what_and_why(cast, sign_in):
    represent(cast.idas, Representation.Kind.PERSONAL, topics=["health"])

    response = sign_in(cast.anna).get(reverse("relatives:my-residents"))

    since = f"(since {date_format(clock.today(), 'DATE_FORMAT')})"
    assert [
        (str(person["resident"]), person["reasons"])
        for person in response.context["people"]
    ] == [
        ("Bo Holm", [("Bo has decided this.", [f"health {since}"])]),
        (
            "Ida Holm",
            [
                ("Ida has decided this.", [f"economy {since}"]),
                ("You represent Ida by law.", ["health"]),
            ],
        ),
    ]


def test_nobody_is_named_to_a_relative_who_is_told_nothing(cast, sign_in):
    shown = sign_in(cast.jens).get(reverse("relatives:my-residents")).content.decode()

    assert "Bo" not in shown
    assert "There is nothing for you to see just now" in shown


# Confidentiality


@pytest.fixture
def not_promised(cast):
    Relative.objects.filter(user__in=[cast.anna, cast.rikke]).update(
        confidentiality_accepted_at=None
    )


def test_a_relative_reads_about_confidentiality_before_anything_else(
    cast, sign_in, not_promised
):
    client = sign_in(cast.anna)
    page = reverse("relatives:confidentiality")
    dentist = reverse("relatives:agreement", args=[cast.dentist.uuid])

    assert client.get("/").url == page
    shown = words(client.get(page))
    assert not shown & {"Bo", "Ida", "Helbred", "helbred", "Health", "health"}
    assert client.get(dentist).status_code == 404
    assert "Bo" not in words(client.get(reverse("relatives:my-residents")))
    assert client.get(reverse("relatives:my-agreements")).context["readings"] == []

    assert client.post(page).url == reverse("home")

    assert client.get("/").status_code == 200
    assert client.get(dentist).status_code == 200
    event = AuditEvent.objects.get(verb="confidentiality.accepted")
    assert event.actor == cast.anna


def test_pressing_again_does_not_move_the_day_of_the_promise(cast, sign_in):
    before = cast.annas.relative.confidentiality_accepted_at

    sign_in(cast.anna).post(reverse("relatives:confidentiality"))

    cast.annas.relative.refresh_from_db()
    assert cast.annas.relative.confidentiality_accepted_at == before


def test_work_does_not_wait_for_it(cast, sign_in, not_promised):
    response = sign_in(cast.rikke).get("/")

    rows = [
        row.url
        for cards in response.context["columns"]
        for card in cards
        for row in card.rows
    ]
    assert reverse("relatives:confidentiality") in rows
