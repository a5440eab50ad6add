"""The data protection officer's questions are answered by pages, and nothing else is."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consent import actions as consent
from consent.protecting import could, events
from portal import actions, chain, clock, refusals, spreadsheets, walls
from portal.models import AuditEvent, Employment
from relatives.models import Relation
from residents import lookups
from residents.models import AccessEvent, Incident, IncidentStep, Lookup
from residents.topics import Topic
from tests.factories import EmploymentFactory, ResidentFactory
from tests.portal.test_walls import behind, on_postgresql

MINUTE = dt.timedelta(minutes=1)


def read(cast, user, *, at, resident=None, topic="health", **more):
    return AccessEvent.objects.create(
        user=user,
        capacity="care",
        resident=resident or cast.bo,
        department=(resident or cast.bo).department,
        at=at,
        topic=topic,
        way="portal",
        purpose="care",
        ground="employment",
        **more,
    )


@pytest.fixture
def noon():
    return clock.now().replace(microsecond=1) - dt.timedelta(days=2)


def ask(client, kind, **said):
    """The page of the answer."""
    path = reverse("consent:look-up", args=[kind])
    slip = client.get(path).context["form"].initial["slip"]
    return client.post(path, {"slip": slip, "topic": "", **said}, follow=True)


def written(at):
    return (
        clock.now().__class__.astimezone(at, clock.DENMARK).strftime("%Y-%m-%dT%H:%M")
    )


def test_who_saw_bo_between_two_times(cast, sign_in, noon):
    noon = noon.replace(second=0, microsecond=0)
    read(cast, cast.mette, at=noon)
    read(cast, cast.mette, at=noon + MINUTE)
    read(cast, cast.karen, at=noon - MINUTE)
    read(cast, cast.tim, at=noon + 2 * MINUTE)
    read(cast, cast.tim, at=noon, resident=cast.ida)
    page = ask(
        sign_in(cast.dora),
        "saw",
        name="Bo",
        from_at=written(noon),
        until_at=written(noon + 2 * MINUTE),
        way="",
        why="A tip",
    )

    assert [(who, times) for who, times, _f, _l in page.context["counted"]] == [
        ("Mette, medarbejder", 2)
    ]
    assert len(page.context["lines"]) == 2


def test_what_mette_saw(cast, sign_in, noon):
    noon = noon.replace(second=0, microsecond=0)
    read(cast, cast.mette, at=noon)
    read(cast, cast.mette, at=noon, resident=cast.ida)
    read(cast, cast.tim, at=noon)
    page = ask(
        sign_in(cast.dora),
        "looked",
        name="Mette",
        from_at=written(noon),
        until_at=written(noon + MINUTE),
        way="",
        why="A tip",
    )

    found = {who.partition(" ")[0] for who, *_rest in page.context["counted"]}
    assert found == {"Bo", "Ida"}


def test_without_a_reason_nothing_is_looked_up(cast, sign_in, noon):
    page = ask(
        sign_in(cast.dora),
        "saw",
        name="Bo",
        from_at=written(noon),
        until_at=written(noon + MINUTE),
        way="",
        why=" ",
    )

    assert page.context["form"].errors.keys() == {"why"}
    assert not Lookup.objects.filter(kind="saw").exists()


def test_to_look_is_logged_with_its_reason(cast, sign_in, noon):
    ask(
        sign_in(cast.dora),
        "could",
        name="Bo",
        from_at=written(noon),
        why="Sag 2026-17",
    )

    lookup = Lookup.objects.latest("pk")
    assert (lookup.by, lookup.resident, lookup.why) == (
        cast.dora,
        cast.bo,
        "Sag 2026-17",
    )
    event = AuditEvent.objects.get(verb="log.looked_up")
    assert event.subject == f"residents.lookup:{lookup.pk}"
    assert "2026-17" not in str(event.facts)
    assert AccessEvent.objects.filter(user=cast.dora, resident=cast.bo).exists()


def test_of_several_with_one_name_one_is_chosen(cast, sign_in, noon):
    ResidentFactory(given_name="Ida", department=cast.aakanden)
    client = sign_in(cast.dora)
    said = {"name": "Ida", "from_at": written(noon), "why": "A tip"}
    page = ask(client, "could", **said)
    assert page.context["form"].errors.keys() == {"which"}

    page = ask(client, "could", **said, which=str(cast.ida.pk))
    assert page.context["lookup"].resident_id == cast.ida.pk


def test_another_homes_residents_and_people_are_not_found(cast, sign_in, noon):
    for kind, name in (("could", "Resident"), ("looked", "Ole")):
        said = (
            {"way": "", "until_at": written(noon + MINUTE)} if kind == "looked" else {}
        )
        page = ask(
            sign_in(cast.dora),
            kind,
            name=name,
            from_at=written(noon),
            why="A tip",
            **said,
        )
        if kind == "looked":
            assert page.context["form"].errors.keys() == {"name"}
    assert set(lookups.residents_called(cast.solgaarden, "")) == {
        cast.bo.pk,
        cast.ida.pk,
    }


def test_the_protectors_log_is_that_of_their_home(cast):
    visible = AccessEvent.objects.visible_to(cast.dora)
    here = {cast.aakanden.pk, cast.bakken.pk}

    assert set(visible.values_list("department", flat=True)) == here
    Employment.objects.filter(user=cast.dora).update(
        ends_on=clock.today() - dt.timedelta(days=1)
    )
    dora = type(cast.dora).objects.get(pk=cast.dora.pk)
    assert not AccessEvent.objects.visible_to(dora).exists()


@on_postgresql
def test_behind_the_second_wall_there_are_logs_and_nothing_else(cast):
    visible = AccessEvent.objects.visible_to(cast.dora)
    assert behind(cast.dora, AccessEvent) == set(visible.values_list("pk", flat=True))
    assert behind(cast.dora, Lookup) == {cast.lookup.pk, cast.idas_lookup.pk}
    others = set(walls.walled()) - {AccessEvent, Lookup, Incident, IncidentStep}
    assert {model for model in others if behind(cast.dora, model)} == set()


def test_the_file_is_for_excel_and_no_cell_is_a_formula(cast, sign_in, noon):
    cast.mette.name = '=HYPERLINK("http://x")'
    cast.mette.save()
    page = ask(sign_in(cast.dora), "could", name="Bo", from_at=written(noon), why="x")
    lookup = page.context["lookup"]
    file = sign_in(cast.dora).get(reverse("consent:looked-up-file", args=[lookup.uuid]))

    text = file.content.decode("utf-8-sig")
    assert "\"'=HYPERLINK" in text
    assert not any(line.startswith("=") for line in text.splitlines())
    assert "no-store" in file["Cache-Control"]
    assert AuditEvent.objects.filter(verb="log.exported").exists()


@pytest.mark.parametrize("begins", spreadsheets.BEGINS_A_FORMULA)
def test_every_beginning_of_a_formula_is_made_harmless(begins):
    assert spreadsheets.harmless(f"{begins}1") == f"'{begins}1"


# Who could have seen it


def could_at(cast, at, topic=Topic.HEALTH):
    found = could.have_seen(cast.bo.pk, at, topic=topic)
    return {one.user.name for one in found}


def test_who_could_have_seen_it_now_is_who_can(cast):
    assert could_at(cast, clock.now()) == {
        *("Anna", "Bo", "Clara", "Karen", "Mette", "Rikke"),
    }
    assert "Anna" not in could_at(cast, clock.now(), Topic.ECONOMY)


def test_a_consent_that_was_stopped_opened_until_that_instant(cast):
    before = clock.now()
    consent.withdraw(cast.annas.consents.get(), by=cast.mette)
    stopped = cast.annas.consents.get().closed_at

    assert "Anna" in could_at(cast, before)
    assert "Anna" in could_at(cast, stopped - dt.timedelta(microseconds=1))
    assert "Anna" not in could_at(cast, stopped)
    assert "Anna" not in could_at(cast, stopped + MINUTE)


def test_before_the_consent_was_given_nobody_could(cast):
    given = cast.annas.consents.get().starts_at
    assert "Anna" not in could_at(cast, given - dt.timedelta(microseconds=1))


def test_a_consent_recorded_later_opened_nothing_before(cast):
    consented = cast.rikkes.consents.get(topic="health")
    recorded = consented.talk.recorded_at
    with refusals.lifted():
        type(consented).objects.filter(pk=consented.pk).update(
            starts_at=recorded - dt.timedelta(days=3)
        )

    assert "Rikke" not in could_at(cast, recorded - MINUTE)
    assert "Rikke" in could_at(cast, recorded + MINUTE)


def test_a_relation_that_ended_a_minute_ago_opened_until_then(cast):
    now = clock.now()
    Relation.objects.filter(pk=cast.annas.pk).update(
        ended_at=now - MINUTE, ended_by=cast.mette
    )
    with refusals.lifted():
        type(cast.annas.consents.get()).objects.update(starts_at=now - 9 * MINUTE)
        type(cast.annas.consents.get().talk).objects.update(
            recorded_at=now - 9 * MINUTE
        )
    type(cast.annas.relative).objects.update(
        confidentiality_accepted_at=now - 9 * MINUTE
    )

    assert "Anna" in could_at(cast, now - 2 * MINUTE)
    assert "Anna" not in could_at(cast, now - MINUTE)
    assert "Anna" not in could_at(cast, now)


def test_an_employment_that_was_ended_opened_until_it_was_recorded(cast):
    before = clock.now()
    job = cast.mette.employments.get()
    actions.end_employment(
        job, last_day=clock.today() - dt.timedelta(days=0), by=cast.clara
    )
    Employment.objects.filter(pk=job.pk).update(
        ends_on=clock.today() - dt.timedelta(days=1)
    )

    assert "Mette" in could_at(cast, before)
    assert "Mette" not in could_at(cast, clock.now())


def test_an_employment_begun_later_opened_nothing_before(cast):
    before = clock.now()
    actions.employ(
        home=cast.solgaarden,
        department=cast.aakanden,
        name="Nora",
        email="nora@example.dk",
        role="care",
        profession="nurse",
        starts_on=clock.today(),
        by=cast.clara,
    )

    assert "Nora" not in could_at(cast, before)
    assert "Nora" in could_at(cast, clock.now())


def test_liv_could_the_day_before_yesterday(cast):
    Employment.objects.filter(user=cast.liv).update(
        starts_on=clock.today() - dt.timedelta(days=30)
    )
    assert "Liv" in could_at(cast, clock.now() - dt.timedelta(days=1))
    assert "Liv" not in could_at(cast, clock.now())


# Who changed what


def test_who_changed_what_by_kind_name_and_day(cast, sign_in):
    actions.change_texts(cast.solgaarden, name="Solgården", by=cast.clara)
    job = EmploymentFactory(user__name="New", department=cast.bakken)
    actions.end_employment(job, last_day=clock.today(), by=cast.clara)
    client, path = sign_in(cast.dora), reverse("consent:log-events")

    def shown(**asked):
        return [line.what for line in client.get(path, asked).context["lines"]]

    assert shown(kind="home")[0] == events.WORDS["home.changed"]
    assert shown(kind="people", name="Clara") == [events.WORDS["employment.ended"]]
    assert client.get(path, {"kind": "people"}).context["lines"][0].about == "New"
    assert shown(day="2001-01-01") == []
    assert events.WORDS["log.read"] in shown(kind="logs")
    for wrong in ({"day": "x"}, {"before": "9" * 30}, {"name": "\x00"}, {"kind": "x"}):
        assert client.get(path, wrong).status_code == 200


def test_pages_cost_the_same_however_much_they_show(cast, sign_in, noon):
    client, counts = sign_in(cast.dora), []
    for rows in (1, 3):
        for number in range(rows):
            read(cast, cast.mette, at=noon + number * MINUTE, topic="daily")
        lookup = lookups.look(
            uuid=uuid.uuid4(),
            home=cast.solgaarden,
            kind="saw",
            by=cast.dora,
            resident_id=cast.bo.pk,
            from_at=noon - MINUTE,
            until_at=clock.now(),
            why="x",
        )
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("consent:looked-up", args=[lookup.uuid]))
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 16


def test_the_chain_holds_after_all_of_it(cast, sign_in, noon):
    ask(sign_in(cast.dora), "could", name="Bo", from_at=written(noon), why="x")
    chain.settle(connection)
    assert chain.walk(AuditEvent.objects.all()).number == AuditEvent.objects.count()


@pytest.mark.parametrize(
    ("kind", "whom", "index"),
    [
        ("saw", "resident_id", "reads_of_a_resident"),
        ("looked", "person_id", "reads_by_a_user"),
    ],
)
def test_a_look_reads_no_table_to_its_end(cast, noon, kind, whom, index):
    lookup = Lookup(
        kind=kind,
        home=cast.solgaarden,
        from_at=noon,
        until_at=clock.now(),
        **{whom: cast.bo.pk if kind == "saw" else cast.mette.pk},
    )
    rows = lookups.found(lookup, cast.dora)
    if connection.vendor == "postgresql":
        # Of a handful of rows it would read all by choice.
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        assert "Seq Scan on residents_accessevent" not in rows.explain()
    else:
        assert index in rows.explain()
        assert "SCAN residents_accessevent" not in rows.explain()
