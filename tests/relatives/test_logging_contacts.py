"""Staff log a contact with a relative."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from consent import actions as consent
from portal import clock, drafts
from portal.models import AuditEvent
from relatives.models import Contact, Relation
from residents.models import AccessEvent
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import (
    ContactFactory,
    RelationFactory,
    ResidentFactory,
)

PAGE = reverse("relatives:log-contact")


def said(cast, by, **answers):
    """What the quick log's form sends."""
    return {
        "slip": drafts.new_slip(by),
        "resident": str(cast.bo.uuid),
        "relative": str(cast.annas.relative.uuid),
        "channel": "phone",
        "direction": "from_relative",
        "topic": "health",
        "note": "She asked about the dentist.",
        "follow_up": "none",
        **answers,
    }


@pytest.fixture
def logged(cast):
    """What is in the log beside what was there from the start."""
    return Contact.objects.exclude(pk__in=[cast.called.pk, cast.idas_call.pk])


def test_a_contact_is_written_down_as_it_was_said(cast, sign_in, logged):
    answer = sign_in(cast.mette).post(
        PAGE,
        said(
            cast,
            cast.mette,
            channel="visit",
            direction="to_relative",
            happened_at="2026-11-01T09:05",
        ),
    )

    entry = logged.get()
    assert answer.url == reverse("relatives:resident-contacts", args=[cast.bo.uuid])
    assert (entry.resident, entry.relative) == (cast.bo, cast.annas.relative)
    assert (entry.channel, entry.direction) == ("visit", "to_relative")
    assert (entry.topic, entry.note) == ("health", "She asked about the dentist.")
    assert entry.happened_at == dt.datetime(2026, 11, 1, 8, 5, tzinfo=dt.UTC)
    assert entry.recorded_by == cast.mette
    assert (entry.follow_up_on, entry.follow_up_by) == (None, None)


def test_the_same_form_about_somebody_else_is_not_said_to_be_saved(
    cast, sign_in, logged
):
    """Back in the browser, another name, and save: it is an entry of its own."""
    client, sent = sign_in(cast.clara), said(cast, cast.clara)
    client.post(PAGE, sent)

    page = client.post(
        PAGE,
        sent
        | {"resident": str(cast.ida.uuid), "relative": "other", "other_person": "Aunt"},
    )

    form = page.context["form"]
    assert form.non_field_errors()
    assert logged.count() == 1
    again = {"slip": form["slip"].value(), "resident": str(cast.ida.uuid)}
    client.post(PAGE, sent | again | {"relative": "other", "other_person": "Aunt"})
    assert {entry.resident for entry in logged} == {cast.bo, cast.ida}


def test_it_is_in_the_audit_log_without_what_was_said(cast, sign_in, logged):
    sign_in(cast.mette).post(PAGE, said(cast, cast.mette))

    event = AuditEvent.objects.get(verb="contact.logged")
    assert event.actor == cast.mette
    assert event.subject == f"relatives.contact:{logged.get().pk}"
    assert event.facts == {
        "resident": cast.bo.pk,
        "relative": cast.annas.relative.pk,
        "topic": "health",
    }


def test_only_the_note_has_to_be_written(cast, sign_in, logged):
    client = sign_in(cast.mette)
    form = client.get(f"{PAGE}?resident={cast.bo.uuid}").context["form"]
    drawn = {
        name: "" if form[name].value() is None else form[name].value()
        for name in form.fields
        if name != "told"
    } | {"happened_at": ""}

    client.post(PAGE, {**drawn, "note": "Hello"})

    entry = logged.get()
    assert entry.note == "Hello"
    assert entry.happened_at - clock.now() < dt.timedelta(minutes=1)


def test_an_empty_form_says_what_is_missing(cast, sign_in, logged):
    page = sign_in(cast.mette).post(PAGE, {"slip": drafts.new_slip(cast.mette)})

    assert set(page.context["form"].errors) >= {"note"}
    assert not logged.exists()


def test_the_same_slip_is_the_same_entry(cast, sign_in, logged):
    client, once = sign_in(cast.mette), said(cast, cast.mette)

    client.post(PAGE, once)
    client.post(PAGE, once)

    assert logged.count() == 1
    assert AuditEvent.objects.filter(verb="contact.logged").count() == 1


def test_the_same_slip_with_another_text_asks_and_loses_neither(cast, sign_in, logged):
    client, once = sign_in(cast.mette), said(cast, cast.mette)
    client.post(PAGE, once)

    page = client.post(PAGE, {**once, "note": "Another text"})

    form = page.context["form"]
    assert form["note"].value() == "Another text"
    assert [entry.note for entry in logged] == [once["note"]]
    client.post(PAGE, {**once, "note": "Another text", "slip": form["slip"].value()})
    assert {entry.note for entry in logged.all()} == {once["note"], "Another text"}


def test_somebody_else_needs_a_name(cast, sign_in, logged):
    client = sign_in(cast.mette)

    page = client.post(PAGE, said(cast, cast.mette, relative="other"))
    assert "other_person" in page.context["form"].errors

    client.post(
        PAGE, said(cast, cast.mette, relative="other", other_person="The baker")
    )
    assert (logged.get().relative, logged.get().person) == (None, "The baker")


def test_a_name_left_behind_is_not_kept_beside_a_relative(cast, sign_in, logged):
    sign_in(cast.mette).post(PAGE, said(cast, cast.mette, other_person="The baker"))

    assert logged.get().other_person == ""


@pytest.mark.parametrize(("chip", "days"), [("tomorrow", 1), ("week", 7), ("date", 30)])
def test_somebody_follows_up_on_a_day(cast, sign_in, logged, chip, days):
    day = clock.today() + dt.timedelta(days=days)

    sign_in(cast.mette).post(
        PAGE,
        said(
            cast,
            cast.mette,
            follow_up=chip,
            follow_up_on=clock.today() + dt.timedelta(days=30),
            follow_up_by=str(cast.karen.uuid),
        ),
    )

    assert (logged.get().follow_up_on, logged.get().follow_up_by) == (day, cast.karen)


@pytest.mark.parametrize(
    "day", ["", "yesterday", "0001-01-01", "9999-12-31", "31.02.2026"]
)
def test_an_impossible_day_is_said_at_its_field(cast, sign_in, logged, day):
    if day == "yesterday":
        day = clock.today() - dt.timedelta(days=1)

    page = sign_in(cast.mette).post(
        PAGE, said(cast, cast.mette, follow_up="date", follow_up_on=day)
    )

    assert "follow_up_on" in page.context["form"].errors
    assert not logged.exists()


@pytest.mark.parametrize(
    "moment",
    [
        "2999-01-01T10:00",
        "0001-01-01T00:00",
        "1999-01-01T10:00",
        "x",
        "2026-03-29T02:30",
    ],
)
def test_an_impossible_moment_is_said_at_its_field(cast, sign_in, logged, moment):
    page = sign_in(cast.mette).post(PAGE, said(cast, cast.mette, happened_at=moment))

    assert "happened_at" in page.context["form"].errors
    assert '<details class="details" open>' in page.content.decode()
    assert not logged.exists()


def test_nul_in_a_note_is_an_error_and_no_crash(cast, sign_in, logged):
    page = sign_in(cast.mette).post(PAGE, said(cast, cast.mette, note="a\x00b"))

    assert "note" in page.context["form"].errors
    assert not logged.exists()


@pytest.mark.parametrize(
    "query", ["resident=x", "resident=%00", "relative=1", "next=%00"]
)
def test_a_strange_link_is_the_plain_form(cast, sign_in, query):
    assert sign_in(cast.mette).get(f"{PAGE}?{query}").status_code == 200


def test_only_residents_one_cares_for_can_be_chosen(cast, sign_in, logged):
    client = sign_in(cast.mette)

    page = client.post(
        PAGE,
        said(
            cast,
            cast.mette,
            resident=str(cast.ida.uuid),
            relative="other",
            other_person="X",
        ),
    )

    assert list(page.context["form"].residents) == [str(cast.bo.uuid)]
    assert "resident" in page.context["form"].errors
    assert not logged.exists()


def test_a_relative_of_another_resident_cannot_be_chosen(cast, sign_in, logged):
    stranger = RelationFactory(resident=cast.ida)

    page = sign_in(cast.clara).post(
        PAGE, said(cast, cast.clara, relative=str(stranger.relative.uuid))
    )

    assert "relative" in page.context["form"].errors
    assert not logged.exists()


def test_a_relation_that_ended_meanwhile_is_said_and_nothing_is_lost(
    cast, sign_in, logged
):
    sent = said(cast, cast.mette)
    Relation.objects.filter(pk=cast.annas.pk).update(
        ended_at=clock.now(), ended_by=cast.karen
    )

    page = sign_in(cast.mette).post(PAGE, sent)

    form = page.context["form"]
    assert list(form.errors) == ["relative"]
    assert form["note"].value() == sent["note"]
    assert not logged.exists()


def test_a_resident_who_moved_out_meanwhile_is_said_and_nothing_is_lost(
    cast, sign_in, logged
):
    sent = said(cast, cast.clara)
    cast.bo.moved_out_on = clock.today()
    cast.bo.save()

    page = sign_in(cast.clara).post(PAGE, sent)

    form = page.context["form"]
    assert list(form.errors) == ["resident"]
    assert form["note"].value() == sent["note"]
    assert not logged.exists()


@pytest.mark.parametrize(
    ("asked", "back"),
    [
        ("/", "/"),
        ("/contacts/to-follow-up/?whose=all", "/contacts/to-follow-up/?whose=all"),
        ("//evil.example/", None),
        ("https://evil.example/", None),
        ("javascript:alert(1)", None),
        ("home", None),
    ],
)
def test_one_comes_back_to_where_one_was_in_the_portal(cast, sign_in, asked, back):
    answer = sign_in(cast.mette).post(
        f"{PAGE}?{'next=' + asked.replace('?', '%3F')}", said(cast, cast.mette)
    )

    assert answer.url == (
        back or reverse("relatives:resident-contacts", args=[cast.bo.uuid])
    )


def test_a_saved_contact_can_be_put_right_at_once(cast, sign_in, logged):
    page = sign_in(cast.mette).post(PAGE, said(cast, cast.mette), follow=True)

    (message,) = page.context["messages"]
    assert reverse("relatives:correct-contact", args=[logged.get().uuid]) in str(
        message
    )


def test_a_topic_that_may_not_be_told_is_a_warning_and_no_obstacle(
    cast, sign_in, logged
):
    page = sign_in(cast.mette).post(
        PAGE, said(cast, cast.mette, topic="economy"), follow=True
    )

    assert [m.level_tag for m in page.context["messages"]] == ["success", "warning"]
    assert logged.get().topic == "economy"


# What was told


def disclosed(cast):
    return AccessEvent.objects.filter(user=cast.mette, relation_id=cast.annas.pk)


def test_what_was_told_is_kept_with_what_it_rested_on(cast, sign_in, logged):
    tell(cast.annas, Topic.DAILY, by=cast.mette)
    sent = said(
        cast,
        cast.mette,
        channel="visit",
        topic="economy",
        told=["daily", "health"],
    )
    client = sign_in(cast.mette)
    client.post(PAGE, sent)
    client.post(PAGE, sent)

    rests_on = {one.topic: one.pk for one in cast.annas.consents.all()}
    # What it was about is one thing, what was told another.
    assert logged.get().topic == "economy"
    assert {
        (one.topic, one.ground, one.ground_id) for one in logged.get().told.all()
    } == {(topic, "consent", rests_on[topic]) for topic in ("daily", "health")}
    assert sorted((one.way, one.topic, one.ground_id) for one in disclosed(cast)) == [
        ("visit", topic, rests_on[topic]) for topic in ("daily", "health")
    ]


@pytest.mark.parametrize(
    ("channel", "way"),
    [
        ("phone", "phone"),
        ("visit", "visit"),
        ("message", "mail"),
        ("meeting", "meeting"),
    ],
)
def test_the_ledger_says_which_way_it_was_told(cast, sign_in, channel, way):
    sent = said(cast, cast.mette, channel=channel, told=["health"])
    sign_in(cast.mette).post(PAGE, sent)

    assert [one.way for one in disclosed(cast)] == [way]


def test_only_listening_is_no_disclosure(cast, sign_in, logged):
    sign_in(cast.mette).post(PAGE, said(cast, cast.mette))

    assert not logged.get().told.exists()
    assert not disclosed(cast).exists()


def test_what_is_closed_is_said_at_the_field_and_nothing_is_lost(cast, sign_in, logged):
    sent = said(cast, cast.mette, told=["health", "economy"])

    page = sign_in(cast.mette).post(PAGE, sent)

    form = page.context["form"]
    assert list(form.errors) == ["told"]
    assert "Anna Holm" in form.errors["told"][0]
    assert str(Topic.ECONOMY.label) in form.errors["told"][0]
    assert str(Topic.HEALTH.label) not in form.errors["told"][0]
    assert form["told"].value() == ["health", "economy"]
    assert form["note"].value() == sent["note"]
    assert 'name="without_consent"' in page.content.decode()
    assert not logged.exists()
    assert not disclosed(cast).exists()
    # Ticked by mistake: the same slip, without it.
    again = sent | {"told": ["health"], "slip": form["slip"].value()}
    sign_in(cast.mette).post(PAGE, again)
    assert {one.topic for one in logged.get().told.all()} == {"health"}


def test_told_all_the_same_it_is_saved_and_recorded_as_that(cast, sign_in, logged):
    sent = said(
        cast,
        cast.mette,
        told=["health", "economy"],
        happened_at="2026-11-01T09:05",
        without_consent="1",
    )
    client = sign_in(cast.mette)

    answer = client.post(PAGE, sent)

    contact = logged.get()
    assert {one.topic for one in contact.told.all()} == {"health"}
    assert [one.topic for one in disclosed(cast)] == ["health"]
    record = reverse("consent:disclosure-record", args=[cast.bo.uuid])
    assert answer.url == f"{record}?contact={contact.uuid}&topic=economy"
    # Pressed twice it is the same contact, and leads to the same page.
    assert client.post(PAGE, sent).url == answer.url
    form = client.get(answer.url).context["form"]
    assert form["relation"].value() == cast.annas.uuid
    assert form["topics"].value() == ["economy"]
    assert f"{form['happened_at'].value():%Y-%m-%d %H.%M}" == "2026-11-01 09.05"
    assert not form["what"].value()


def test_whoever_is_not_on_the_list_may_be_told_nothing(cast, sign_in, logged):
    client = sign_in(cast.mette)
    sent = said(
        cast,
        cast.mette,
        relative="other",
        other_person="The baker",
        told=["daily"],
    )

    page = client.post(PAGE, sent)
    assert "The baker" in page.context["form"].errors["told"][0]
    assert not logged.exists()

    answer = client.post(PAGE, sent | {"without_consent": "1"})
    assert not logged.get().told.exists()
    form = client.get(answer.url).context["form"]
    assert (form["recipient"].value(), form["relation"].value()) == ("The baker", None)


def test_a_stop_while_the_form_was_open_closes_the_topic(cast, sign_in, logged):
    client = sign_in(cast.mette)
    sent = said(cast, cast.mette, told=["health"])
    client.get(PAGE)
    consent.withdraw(cast.annas.consents.get(), by=cast.karen)

    page = client.post(PAGE, sent)

    assert list(page.context["form"].errors) == ["told"]
    assert not logged.exists()


@pytest.mark.parametrize("told", ["everything", "a\x00b", "x" * 5000])
def test_a_strange_topic_is_an_error_and_no_crash(cast, sign_in, logged, told):
    page = sign_in(cast.mette).post(PAGE, said(cast, cast.mette, told=[told]))

    assert "told" in page.context["form"].errors
    assert not logged.exists()


@pytest.mark.parametrize(
    "query", ["contact=x", "contact=%00", "relation=1", "topic=x", "topic=%00"]
)
def test_a_strange_link_to_the_record_is_the_empty_record(cast, sign_in, query):
    record = reverse("consent:disclosure-record", args=[cast.bo.uuid])

    form = sign_in(cast.mette).get(f"{record}?{query}").context["form"]

    assert form["topics"].value() in (None, [])


def test_another_residents_contact_fills_in_nothing(cast, sign_in):
    record = reverse("consent:disclosure-record", args=[cast.bo.uuid])
    link = f"{record}?contact={cast.idas_call.uuid}&relation={cast.idas.uuid}"

    page = sign_in(cast.mette).get(link)

    assert page.context["form"]["happened_at"].value() != cast.idas_call.happened_at
    assert (
        str(cast.idas.uuid)
        not in page.content.decode().split("<main", 1)[1].split('name="draft_of"')[0]
    )


# What the form offers


def offered(client, query=""):
    return client.get(f"{PAGE}{query}").context["form"]


def test_the_only_resident_is_chosen(cast, sign_in):
    assert offered(sign_in(cast.mette)).about == cast.bo


def test_among_several_nobody_is_chosen_unasked(cast, sign_in):
    client = sign_in(cast.clara)

    assert offered(client).about is None
    assert offered(client, f"?resident={cast.ida.uuid}").about == cast.ida
    assert offered(client, f"?resident={uuid.uuid4()}").about is None


def test_those_i_wrote_about_last_come_first(cast, sign_in):
    others = ResidentFactory.create_batch(9, department=cast.aakanden)
    ContactFactory(resident=others[7], recorded_by=cast.mette)
    ContactFactory(resident=cast.bo, recorded_by=cast.karen)

    form = offered(sign_in(cast.mette))

    chips = [name for _value, name in form.fields["resident"].choices]
    assert chips[:2] == [str(others[7]), "Bo Holm"]
    assert len(chips) == 8
    everybody = [
        value for value, _name in form.fields["other_resident"].choices if value
    ]
    assert len(everybody) == 10


def test_the_resident_asked_for_is_always_among_the_chips(cast, sign_in):
    others = ResidentFactory.create_batch(12, department=cast.aakanden)

    form = offered(sign_in(cast.mette), f"?resident={others[11].uuid}")

    assert form.fields["resident"].choices[0][1] == str(others[11])
    assert form["resident"].value() == str(others[11].uuid)


def test_the_last_relative_logged_is_chosen_again(cast, sign_in):
    ContactFactory(
        resident=cast.bo, relative=cast.jenss.relative, recorded_by=cast.mette
    )

    form = offered(sign_in(cast.mette))

    assert form["relative"].value() == str(cast.jenss.relative.uuid)
    assert list(form.relations.values()) == [cast.annas, cast.jenss, cast.rikkes]


def test_a_link_can_ask_for_the_relative(cast, sign_in):
    query = f"?resident={cast.bo.uuid}&relative={cast.rikkes.relative.uuid}"

    form = offered(sign_in(cast.mette), query)

    assert form["relative"].value() == str(cast.rikkes.relative.uuid)


def test_a_link_with_a_relative_alone_finds_the_resident_if_there_is_one(cast, sign_in):
    client = sign_in(cast.clara)

    # Anna is somebody to two of Clara's residents, Jens to one.
    assert offered(client, f"?relative={cast.annas.relative.uuid}").about is None
    form = offered(client, f"?relative={cast.jenss.relative.uuid}")
    assert form.about == cast.bo
    assert form["relative"].value() == str(cast.jenss.relative.uuid)
    # Tim does not work with Bo, and has Ida alone.
    tims = offered(sign_in(cast.tim), f"?relative={cast.jenss.relative.uuid}")
    assert tims.about == cast.ida


def test_what_each_relative_may_be_told_is_read_at_that_moment(cast, sign_in):
    client = sign_in(cast.mette)

    told = {one.name: one.topics for one in offered(client).tellings}
    assert told == {
        "Anna Holm": {Topic.HEALTH},
        "Jens Holm": set(),
        "Rikke Holm": {Topic.HEALTH, Topic.ECONOMY},
    }

    cast.annas.consents.update(
        closed_at=clock.now(), closed_by=cast.mette, closed_because="withdrawn"
    )
    assert offered(client).tellings[0].topics == set()


def test_colleagues_of_the_department_can_follow_up(cast, sign_in):
    names = {user.name for user in offered(sign_in(cast.mette)).colleagues}

    assert names == {"Mette", "Karen"}


def test_choosing_another_resident_draws_the_form_again_and_keeps_the_text(
    cast, sign_in, logged
):
    sent = said(cast, cast.clara, reload="1", other_resident=str(cast.ida.uuid))

    page = sign_in(cast.clara).post(PAGE, sent)

    form = page.context["form"]
    assert not form.errors
    assert form.about == cast.ida
    assert form["resident"].value() == str(cast.ida.uuid)
    assert not form["other_resident"].value()
    assert form["note"].value() == sent["note"]
    assert list(form.relations.values()) == [cast.idas]
    assert not logged.exists()


def test_the_form_costs_the_same_for_one_and_for_three(
    cast, sign_in, django_assert_max_num_queries
):
    client = sign_in(cast.mette)
    spent = []
    for count in (1, 3):
        for _ in range(count):
            resident = ResidentFactory(department=cast.aakanden)
            RelationFactory.create_batch(count, resident=resident)
            ContactFactory(resident=resident, recorded_by=cast.mette)
        client.get("/")
        with django_assert_max_num_queries(12) as asked:
            client.get(f"{PAGE}?resident={resident.uuid}")
        spent.append(len(asked))

    assert spent[0] == spent[1]
