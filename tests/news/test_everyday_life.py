"""Glimpses of everyday life: seen by those whom the resident lets in, and no one else."""

import datetime as dt

import pytest
from django.urls import reverse

from consent import actions as consent
from news import actions, audience
from news.models import DiaryEntry
from portal import clock
from portal.models import AuditEvent, User
from relatives.models import Relation
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import DiaryEntryFactory, ResidentFactory


def read_by(user):
    """What the user sees, through both ways of asking."""
    user = User.objects.get(pk=user.pk)
    seen = DiaryEntry.objects.visible_to(user).current()
    newest = DiaryEntry.objects.current().newest(user, 50)
    assert sorted(entry.pk for entry in seen) == sorted(entry.pk for entry in newest)
    return {entry.text for entry in newest}


def write(client, resident, **changed):
    """Fill in the form as it is drawn, and send it."""
    url = reverse("news:entry-write", args=[resident.uuid])
    form = client.get(url).context["form"]
    sent = {
        "slip": form.initial["slip"],
        "text": "We baked bread.",
        "happened_on": clock.today().isoformat(),
        "topic": "daily",
        **changed,
    }
    return sent, client.post(url, sent)


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("mette", {"A new purse", "No cavities"}),
        ("karen", {"A new purse", "No cavities"}),
        ("clara", {"A new purse", "No cavities", "A red purse"}),
        ("tim", {"A red purse"}),
        ("vera", set()),
        ("liv", set()),
        ("bos", {"A new purse", "No cavities"}),
        ("anna", {"No cavities", "A red purse"}),
        ("rikke", {"A new purse", "No cavities"}),
        ("jens", set()),
        ("ole", set()),
        ("root", set()),
    ],
)
def test_each_reads_what_is_shared_with_them(cast, person, expected):
    assert read_by(getattr(cast, person)) == expected


def test_a_withdrawn_consent_hides_it_at_once(cast):
    consent.withdraw(cast.annas.consents.standing().get(), by=cast.mette)

    assert read_by(cast.anna) == {"A red purse"}


def test_a_consent_hides_it_at_the_instant_it_ends(cast, move_clock):
    ends_at = cast.annas.consents.standing().get().ends_at

    move_clock(ends_at - dt.timedelta(microseconds=1))
    before = read_by(cast.anna)
    move_clock(ends_at)

    assert before >= {"No cavities"}
    assert "No cavities" not in read_by(cast.anna)


def test_what_is_recalled_only_staff_see(cast):
    actions.recall(cast.checkup, reason="About somebody else", by=cast.mette)

    assert read_by(cast.anna) == {"A red purse"}
    assert read_by(cast.bos) == {"A new purse"}
    seen = DiaryEntry.objects.visible_to(cast.mette).latest_versions()
    assert cast.checkup in seen


def corrected(cast, entry, **changed):
    what = {
        "uuid": cast.bo.uuid,
        "topic": entry.topic,
        "title": "",
        "text": "One cavity",
        "happened_on": entry.happened_on,
        "by": cast.mette,
    }
    return actions.correct_entry(entry, **{**what, **changed})


def test_readers_see_the_correction_and_staff_both(cast):
    correction = corrected(cast, cast.checkup)

    assert read_by(cast.anna) == {"One cavity", "A red purse"}
    versions = DiaryEntry.objects.visible_to(cast.mette).filter(
        address=cast.checkup.address
    )
    assert {version.text for version in versions} == {"No cavities", "One cavity"}
    assert correction.address == cast.checkup.address


def test_a_correction_of_the_topic_moves_it_from_one_reader_to_another(cast):
    corrected(cast, cast.checkup, topic=Topic.ECONOMY)

    assert read_by(cast.anna) == {"A red purse"}
    assert read_by(cast.rikke) == {"A new purse", "One cavity"}


def test_correcting_an_old_entry_does_not_open_it_to_who_sees_only_the_new(
    cast, move_clock
):
    now = clock.now()
    tell(cast.annas, Topic.ECONOMY, by=cast.mette, since=now)
    move_clock(now + dt.timedelta(hours=1))

    corrected(cast, cast.purse, text="A green purse")

    assert "A green purse" not in read_by(cast.anna)
    assert "A green purse" in read_by(cast.rikke)


def test_correcting_twice_with_one_slip_is_correcting_once(cast):
    assert corrected(cast, cast.checkup) == corrected(cast, cast.checkup)


def test_two_cannot_correct_the_same(cast):
    corrected(cast, cast.checkup)

    with pytest.raises(actions.ChangedMeanwhile):
        corrected(cast, cast.checkup, uuid=cast.ida.uuid)


def test_the_form_says_who_will_see_each_topic(cast, sign_in):
    page = sign_in(cast.mette).get(reverse("news:entry-write", args=[cast.bo.uuid]))

    sister = Relation.Kind.SISTER.label
    assert audience.seers(cast.bo) == {
        "health": [f"Anna ({sister})", f"Rikke ({sister})"],
        "economy": [f"Rikke ({sister})"],
    }
    choices = dict(page.context["form"].fields["topic"].choices)
    assert "Anna" in choices["health"]
    assert "Anna" not in choices["economy"]
    assert "Rikke" in choices["economy"]
    assert "photos" not in choices


def test_what_the_form_says_is_who_sees_it(cast, sign_in):
    client = sign_in(cast.mette)
    for topic in (Topic.DAILY, Topic.HEALTH, Topic.ECONOMY):
        write(client, cast.bo, topic=topic.value, text=topic.value)
    seers = audience.seers(cast.bo)

    for name, user in (("Anna", cast.anna), ("Rikke", cast.rikke), ("Jens", cast.jens)):
        for topic in (Topic.DAILY, Topic.HEALTH, Topic.ECONOMY):
            said = any(one.startswith(name) for one in seers.get(topic, []))
            assert (topic.value in read_by(user)) is said


def test_a_yes_from_tomorrow_is_not_promised_today(cast):
    tell(
        cast.jenss,
        Topic.HEALTH,
        by=cast.mette,
        since=clock.now() + dt.timedelta(days=1),
    )

    assert not any("Jens" in name for name in audience.seers(cast.bo)["health"])


def test_pressing_save_twice_writes_once(cast, sign_in):
    client = sign_in(cast.mette)
    sent, first = write(client, cast.bo)
    second = client.post(reverse("news:entry-write", args=[cast.bo.uuid]), sent)

    assert first.status_code == second.status_code == 302
    assert DiaryEntry.objects.filter(text="We baked bread.").count() == 1
    assert AuditEvent.objects.filter(verb="entry.written").count() == 1


def test_naming_another_resident_asks_first_and_loses_nothing(cast, sign_in):
    ResidentFactory(department=cast.bakken, given_name="Karla")
    client = sign_in(cast.mette)

    sent, page = write(client, cast.bo, text="Bo and Karla baked bread.")

    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"names_others"}
    assert "Bo and Karla baked bread." in page.content.decode()
    assert 'type="checkbox" name="names_others"' in page.content.decode()
    assert not DiaryEntry.objects.filter(text__contains="Karla").exists()

    sent["names_others"] = "on"
    done = client.post(reverse("news:entry-write", args=[cast.bo.uuid]), sent)

    assert done.status_code == 302
    assert AuditEvent.objects.get(verb="entry.written").facts["names_others"] is True


def test_a_day_that_has_not_come_is_refused(cast, sign_in):
    tomorrow = clock.today() + dt.timedelta(days=1)
    _sent, page = write(sign_in(cast.mette), cast.bo, happened_on=tomorrow.isoformat())

    assert page.context["form"].errors.keys() == {"happened_on"}


def test_a_correction_through_the_browser(cast, sign_in):
    client = sign_in(cast.mette)
    url = reverse("news:entry-correct", args=[cast.checkup.address])
    form = client.get(url).context["form"]
    assert form.initial["text"] == "No cavities"

    done = client.post(
        url,
        {
            "slip": form.initial["slip"],
            "version": form.initial["version"],
            "text": "One cavity",
            "topic": "health",
            "happened_on": "2026-01-01",
        },
    )

    assert done.url == reverse("news:entry", args=[cast.checkup.address])
    staffs = client.get(done.url).content.decode()
    annas = sign_in(cast.anna).get(done.url).content.decode()
    assert "No cavities" in staffs
    assert "No cavities" not in annas
    assert "One cavity" in annas
    # Who else reads along is nothing that relatives learn.
    assert "Rikke" in staffs
    assert "Rikke" not in annas


def test_a_correction_undoes_no_other_that_was_made_while_it_was_written(cast, sign_in):
    client = sign_in(cast.mette)
    url = reverse("news:entry-correct", args=[cast.checkup.address])

    def correct(form, text, **more):
        sent = {
            "slip": form.initial["slip"],
            "version": form.initial["version"],
            "text": text,
            "topic": "health",
            "happened_on": "2026-01-01",
        }
        return sent, client.post(url, sent | more)

    early, late = (client.get(url).context["form"] for _ in range(2))
    sent, _done = correct(early, "One cavity")
    assert client.post(url, sent).status_code == 302

    _sent, refused = correct(late, "Two cavities")
    assert refused.status_code == 200
    assert "One cavity" in refused.content.decode()
    assert "Two cavities" in refused.content.decode()
    assert not DiaryEntry.objects.filter(text="Two cavities").exists()

    seen = refused.context["form"]["version"].value()
    _sent, done = correct(late, "Two cavities", version=seen)
    assert done.status_code == 302
    assert [entry.text for entry in DiaryEntry.objects.current()].count(
        "Two cavities"
    ) == 1


def test_taking_back_needs_a_reason(cast, sign_in):
    client = sign_in(cast.mette)
    url = reverse("news:entry-recall", args=[cast.checkup.address])

    assert client.post(url, {"reason": " "}).status_code == 200
    assert client.post(url, {"reason": "Wrong person"}).status_code == 302
    assert (
        sign_in(cast.anna)
        .get(reverse("news:entry", args=[cast.checkup.address]))
        .status_code
        == 404
    )


def test_no_title_that_relatives_see_names_the_resident(cast, sign_in):
    DiaryEntryFactory(resident=cast.bo, topic=Topic.HEALTH, title="Zebra and Bo")
    client = sign_in(cast.anna)
    pages = [
        reverse("news:everyday"),
        reverse("news:everyday-of", args=[cast.bo.uuid]),
        *(row.url for row in client.get(reverse("news:everyday")).context["rows"]),
    ]

    for url in pages:
        title = client.get(url).content.decode().split("<title>")[1].split("<")[0]
        assert "Bo" not in title
        assert "Zebra" not in title


def test_the_list_goes_on_from_its_last_line(cast, sign_in):
    DiaryEntryFactory.create_batch(
        45, resident=cast.bo, topic=Topic.HEALTH, recorded_at=cast.checkup.recorded_at
    )
    client, url, seen = sign_in(cast.anna), reverse("news:everyday"), []
    older = True
    while older:
        page = client.get(url)
        seen += [row.url for row in page.context["rows"]]
        older = page.context["older"]
        url = reverse("news:everyday") + f"?before={older}"

    assert len(seen) == len(set(seen)) == 47


@pytest.mark.parametrize("before", ["\x00", "x", "0" * 5000, "purse", "unknown"])
def test_an_impossible_place_in_the_list_is_its_beginning(cast, sign_in, before):
    """Also the place of a row that the reader may not see."""
    before = {"purse": cast.purse.uuid, "unknown": cast.ida.uuid}.get(before, before)
    client = sign_in(cast.anna)

    page = client.get(reverse("news:everyday"), {"before": before})

    assert [row.title for row in page.context["rows"]] == ["A red purse", "No cavities"]


# The last of them is for the photographs of all lines.
@pytest.mark.parametrize("count", [1, 3, 30])
@pytest.mark.parametrize(("person", "queries"), [("anna", 6), ("mette", 6)])
def test_the_list_costs_the_same_however_long(
    cast, sign_in, person, queries, count, django_assert_max_num_queries
):
    DiaryEntryFactory.create_batch(count, resident=cast.bo, topic=Topic.HEALTH)
    client = sign_in(getattr(cast, person))

    with django_assert_max_num_queries(queries):
        client.get(reverse("news:everyday"))


@pytest.mark.parametrize("count", [0, 3])
@pytest.mark.parametrize(
    ("person", "queries"),
    [
        # Session, person, grants, glimpses, news, which cards have rows, the log; and one
        # for each that has: agreements, papers, a meeting, an event, who leads, and what
        # one has asked us. To Jens nothing is shared.
        ("anna", 13),
        ("bos", 12),
        ("jens", 9),
    ],
)
def test_a_start_page_costs_the_same_however_much_there_is(
    cast, sign_in, person, queries, count, django_assert_num_queries
):
    DiaryEntryFactory.create_batch(count, resident=cast.bo, topic=Topic.HEALTH)
    client = sign_in(getattr(cast, person))

    with django_assert_num_queries(queries):
        client.get("/")


def test_a_start_page_shows_the_newest_of_what_is_shared(cast, sign_in):
    pages = {
        name: sign_in(getattr(cast, name)).get("/").content.decode()
        for name in ("anna", "jens", "bos")
    }

    assert "No cavities" in pages["anna"]
    assert "A new purse" not in pages["anna"]
    assert "purse" not in pages["jens"]
    assert "No cavities" not in pages["jens"]
    assert "A new purse" in pages["bos"]
