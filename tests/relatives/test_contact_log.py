"""The contact log is read, corrected, and followed up on."""

import datetime as dt
import uuid

import pytest
from django.http import QueryDict
from django.urls import reverse

from portal import clock, drafts, rooms
from portal.models import AuditEvent
from relatives import policy
from relatives.actions import contacts as actions
from relatives.models import Contact, Relation
from tests.factories import ContactFactory, EmploymentFactory, RelationFactory


def page(name, thing):
    return reverse(f"relatives:{name}", args=[thing.uuid])


def said(contact, by, **answers):
    """What the form of a correction sends."""
    return {
        "slip": drafts.new_slip(by),
        "version": str(contact.uuid),
        "relative": str(contact.relative.uuid),
        "channel": contact.channel,
        "direction": contact.direction,
        "topic": contact.topic,
        "note": "It was at three, not at two.",
        "follow_up": "none",
        **answers,
    }


@pytest.fixture
def colleague(cast):
    """Works where Mette does, and wrote nothing."""
    return EmploymentFactory(user__name="Nils", department=cast.aakanden).user


# Reading


def entries(client, cast, query=""):
    answer = client.get(page("resident-contacts", cast.bo) + query)
    return [entry.contact for entry in answer.context["entries"]]


def test_the_log_of_one_resident_is_read_newest_first(cast, sign_in):
    earlier = ContactFactory(
        resident=cast.bo,
        relative=cast.jenss.relative,
        happened_at=clock.now() - dt.timedelta(days=3),
    )

    assert entries(sign_in(cast.mette), cast) == [cast.called, earlier]


def test_the_log_is_narrowed_to_a_relative_and_a_topic(cast, sign_in):
    rent = ContactFactory(
        resident=cast.bo, relative=cast.jenss.relative, topic="economy"
    )
    client = sign_in(cast.mette)

    assert entries(client, cast, "?topic=economy") == [rent]
    assert entries(client, cast, f"?relative={cast.jenss.relative.uuid}") == [rent]
    assert entries(client, cast, f"?relative={cast.annas.relative.uuid}") == [
        cast.called
    ]
    assert (
        entries(client, cast, f"?relative={cast.annas.relative.uuid}&topic=economy")
        == []
    )


def test_each_relative_stands_once_in_the_filter(cast, sign_in):
    ContactFactory(
        resident=cast.bo, relative=cast.annas.relative, recorded_by=cast.mette
    )

    answer = sign_in(cast.mette).get(page("resident-contacts", cast.bo))

    assert list(answer.context["relatives"]) == [cast.annas.relative]


@pytest.mark.parametrize(
    "query", ["?topic=%00", "?relative=x", "?relative=%00", "?page=0", "?page=10**9"]
)
def test_a_strange_filter_filters_nothing(cast, sign_in, query):
    assert entries(sign_in(cast.mette), cast, query) == [cast.called]


def test_the_log_is_read_25_at_a_time(cast, sign_in):
    ContactFactory.create_batch(26, resident=cast.bo, relative=cast.annas.relative)
    client = sign_in(cast.mette)

    assert len(entries(client, cast)) == 25
    assert len(entries(client, cast, "?page=2")) == 2


@pytest.mark.parametrize(
    "address", ["/", "/contacts/to-follow-up/?whose=all", "the log"]
)
def test_a_list_costs_the_same_for_one_and_for_three(
    cast, sign_in, address, django_assert_max_num_queries
):
    if address == "the log":
        address = page("resident-contacts", cast.bo)
    client = sign_in(cast.karen)
    spent = []
    for count in (1, 3):
        for _ in range(count):
            ContactFactory(
                resident=cast.bo,
                relative=RelationFactory(resident=cast.bo).relative,
                recorded_by=cast.karen,
                follow_up_on=clock.today() - dt.timedelta(days=1),
                follow_up_by=cast.mette,
            )
        client.get(address)
        with django_assert_max_num_queries(21) as asked:
            client.get(address)
        spent.append(len(asked))

    assert spent[0] == spent[1]


# Correcting


def test_a_correction_stands_beside_what_it_corrects(cast, sign_in):
    answer = sign_in(cast.mette).post(
        page("correct-contact", cast.called), said(cast.called, cast.mette)
    )

    correction = Contact.objects.get(corrects=cast.called)
    assert answer.status_code == 302
    assert correction.note == "It was at three, not at two."
    assert correction.first == cast.called
    assert list(Contact.objects.filter(resident=cast.bo).current()) == [correction]
    cast.called.refresh_from_db()
    assert cast.called.note == "Anna called about Christmas."
    event = AuditEvent.objects.get(verb="contact.corrected")
    assert (event.actor, event.facts["corrects"]) == (cast.mette, cast.called.pk)


def test_an_entry_shows_all_its_versions_and_their_authors(cast, sign_in):
    client = sign_in(cast.mette)
    client.post(page("correct-contact", cast.called), said(cast.called, cast.mette))
    second = cast.called.latest
    client = sign_in(cast.karen)
    client.post(page("correct-contact", cast.called), said(second, cast.karen))
    third = cast.called.latest

    for version in (cast.called, second, third):
        shown = client.get(page("contact", version))
        assert shown.context["contact"] == third
        assert [one.contact for one in shown.context["earlier"]] == [
            second,
            cast.called,
        ]
        assert "Mette" in shown.content.decode()


def test_a_correction_is_saved_once(cast, sign_in):
    client, once = sign_in(cast.mette), said(cast.called, cast.mette)

    for _ in range(2):
        answer = client.post(page("correct-contact", cast.called), once)
        assert answer.status_code == 302

    assert cast.called.versions.count() == 2


def test_of_two_who_correct_at_once_the_second_sees_the_first(cast, sign_in):
    hers = said(cast.called, cast.karen, note="Karen's text")
    sign_in(cast.mette).post(
        page("correct-contact", cast.called), said(cast.called, cast.mette)
    )
    client = sign_in(cast.karen)

    answer = client.post(page("correct-contact", cast.called), hers)

    form = answer.context["form"]
    assert list(form.errors) == ["version"]
    assert form["note"].value() == "Karen's text"
    assert "It was at three, not at two." in answer.content.decode()
    again = {
        **hers,
        "slip": form["slip"].value(),
        "version": form["version"].value(),
    }
    client.post(page("correct-contact", cast.called), again)
    assert [one.note for one in cast.called.versions][0] == "Karen's text"


def test_the_action_itself_refuses_a_version_that_is_not_the_latest(cast):
    facts = {"relative": cast.annas.relative, "note": "Hers"}
    mine = actions.correct_contact(
        cast.called, uuid=uuid.uuid4(), by=cast.mette, **facts
    )

    with pytest.raises(actions.CorrectedMeanwhile) as meanwhile:
        actions.correct_contact(cast.called, uuid=uuid.uuid4(), by=cast.karen, **facts)

    assert meanwhile.value.latest == mine


def test_a_relative_whose_relation_has_ended_stays_in_the_entry(cast, sign_in):
    Relation.objects.filter(pk=cast.annas.pk).update(
        ended_at=clock.now(), ended_by=cast.karen
    )

    sign_in(cast.mette).post(
        page("correct-contact", cast.called), said(cast.called, cast.mette)
    )

    assert cast.called.latest.relative == cast.annas.relative
    assert cast.called.latest != cast.called


@pytest.mark.parametrize(("chip", "stays"), [("date", True), ("week", False)])
def test_what_is_followed_up_stays_so_unless_there_is_a_new_day(
    cast, sign_in, chip, stays
):
    cast.called.follow_up_on = clock.today() - dt.timedelta(days=2)
    cast.called.save()
    actions.follow_up(cast.called, by=cast.karen)

    sign_in(cast.mette).post(
        page("correct-contact", cast.called),
        said(
            cast.called,
            cast.mette,
            follow_up=chip,
            follow_up_on=cast.called.follow_up_on,
        ),
    )

    assert (cast.called.latest.followed_up_by == cast.karen) is stays


def test_a_follow_up_is_given_to_somebody_else_by_a_correction(cast, sign_in):
    sign_in(cast.mette).post(
        page("correct-contact", cast.called),
        said(
            cast.called,
            cast.mette,
            follow_up="tomorrow",
            follow_up_by=str(cast.karen.uuid),
        ),
    )

    assert list(Contact.objects.to_follow_up()) == [cast.called.latest]
    assert cast.called.latest.follow_up_by == cast.karen


def test_only_the_author_and_managers_correct(cast, colleague):
    who = {
        user.name: policy.can_correct_contact(user, cast.called)
        for user in (cast.mette, cast.karen, cast.clara, colleague, cast.tim, cast.liv)
    }

    assert who == {
        "Mette": True,
        "Karen": True,
        "Clara": True,
        "Nils": False,
        "Tim": False,
        "Liv": False,
    }


def test_the_first_author_may_correct_what_the_manager_corrected(cast):
    correction = actions.correct_contact(
        cast.called,
        uuid=uuid.uuid4(),
        by=cast.karen,
        relative=cast.annas.relative,
        note="Better",
    )

    assert policy.can_correct_contact(cast.mette, correction)


def test_a_colleague_is_told_that_the_entry_is_not_theirs(cast, colleague, sign_in):
    client = sign_in(colleague)

    assert client.get(page("correct-contact", cast.called)).status_code == 403
    read = client.get(page("contact", cast.called)).content.decode()
    assert page("correct-contact", cast.called) not in read


# Following up


@pytest.fixture
def promised(cast):
    """Bo's and Ida's, of every kind: (who is to do it, days from today)."""

    def promise(resident, days, by=None):
        return ContactFactory(
            resident=resident,
            relative=cast.annas.relative,
            recorded_by=cast.karen,
            follow_up_on=clock.today() + dt.timedelta(days=days),
            follow_up_by=by,
        )

    return {
        "mette overdue": promise(cast.bo, -3, cast.mette),
        "nobody's, today": promise(cast.bo, 0),
        "karen overdue": promise(cast.bo, -5, cast.karen),
        "mette later": promise(cast.bo, 4, cast.mette),
        "ida's, tim": promise(cast.ida, -1, cast.tim),
    }


def to_follow_up(client, query=""):
    answer = client.get(reverse("relatives:to-follow-up") + query)
    return [entry.contact for entry in answer.context["entries"]]


def test_my_follow_ups_and_those_of_nobody_oldest_first(cast, sign_in, promised):
    assert to_follow_up(sign_in(cast.mette)) == [
        promised["mette overdue"],
        promised["nobody's, today"],
        promised["mette later"],
    ]


def test_all_follow_ups_of_my_departments_and_no_others(cast, sign_in, promised):
    assert to_follow_up(sign_in(cast.karen), "?whose=all") == [
        promised["karen overdue"],
        promised["mette overdue"],
        promised["nobody's, today"],
        promised["mette later"],
    ]
    assert to_follow_up(sign_in(cast.tim), "?whose=all") == [promised["ida's, tim"]]


def test_overdue_says_so_in_words(cast, sign_in, promised):
    answer = sign_in(cast.mette).get(reverse("relatives:to-follow-up"))

    kinds = [entry.badge_kind for entry in answer.context["entries"]]
    assert kinds == ["error", "warning", "info"]
    assert all(entry.badge for entry in answer.context["entries"])


def test_a_follow_up_is_ticked_off_by_any_colleague(cast, colleague, sign_in, promised):
    contact = promised["mette overdue"]

    answer = sign_in(colleague).post(
        page("follow-up", contact), {"next": "/contacts/to-follow-up/?whose=all"}
    )

    contact.refresh_from_db()
    assert answer.url == "/contacts/to-follow-up/?whose=all"
    assert contact.followed_up_by == colleague
    assert contact not in to_follow_up(sign_in(cast.mette))


def test_ticking_off_twice_keeps_the_first(cast, sign_in, promised):
    contact = promised["mette overdue"]
    for user in (cast.mette, cast.karen):
        sign_in(user).post(page("follow-up", contact))

    contact.refresh_from_db()
    assert contact.followed_up_by == cast.mette
    assert AuditEvent.objects.filter(verb="contact.followed_up").count() == 1


def test_ticking_off_an_old_version_ticks_off_the_latest(cast, sign_in):
    client = sign_in(cast.mette)
    client.post(
        page("correct-contact", cast.called),
        said(cast.called, cast.mette, follow_up="tomorrow"),
    )

    client.post(page("follow-up", cast.called))

    assert cast.called.latest.followed_up_by == cast.mette


def test_nothing_is_ticked_off_that_nobody_promised(cast, sign_in):
    sign_in(cast.mette).post(page("follow-up", cast.called))

    assert not AuditEvent.objects.filter(verb="contact.followed_up").exists()


# The start page


def cards(user):
    """What each card of the person's start page shows of the log."""
    shown = [
        [row.url for row in card.rows if row.url.startswith("/contacts/")]
        for card in rooms.cards(user)
    ]
    return [urls for urls in shown if urls]


def test_the_start_page_has_my_promises_and_the_managers_those_of_their_staff(
    cast, promised
):
    urls = {name: page("contact", contact) for name, contact in promised.items()}

    assert cards(cast.mette)[0] == [
        urls["mette overdue"],
        urls["nobody's, today"],
    ]
    karens = cards(cast.karen)
    assert karens[0] == [urls["karen overdue"], urls["nobody's, today"]]
    assert karens[1] == [urls["mette overdue"]]
    claras = cards(cast.clara)
    assert claras[1] == [
        urls["karen overdue"],
        urls["mette overdue"],
        urls["ida's, tim"],
    ]


@pytest.mark.parametrize("person", ["vera", "sysse", "anna", "bos", "liv"])
def test_those_who_care_for_nobody_have_no_log_on_their_start_page(
    cast, sign_in, promised, person
):
    user = getattr(cast, person)

    assert cards(user) == []
    assert "/contacts/" not in sign_in(user).get("/", follow=True).content.decode()


def test_the_start_page_reminds_me_of_what_i_began(cast):
    path = reverse("relatives:log-contact")
    drafts.save(cast.mette, path, QueryDict("note=She called"))
    drafts.save(cast.mette, f"{path}?resident=x", QueryDict("note=+&topic=health"))
    drafts.save(cast.karen, path, QueryDict("note=Hers"))

    first = rooms.cards(cast.mette)[0]

    assert [(row.title, row.url) for row in first.rows] == [("She called", path)]
