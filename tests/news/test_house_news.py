"""Who reads what the house tells, and that nothing told is overwritten."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from news import actions, audience, publishing, reached
from news.locking import ChangedMeanwhile
from news.models import NewsItem
from portal import clock
from portal.models import AuditEvent, Employment, User
from residents import ledger
from tests.factories import (
    EmploymentFactory,
    NewsItemFactory,
    RelationFactory,
    ResidentFactory,
    UserFactory,
)

PEOPLE = [
    "mette",
    "karen",
    "clara",
    "vera",
    "sysse",
    "tim",
    "liv",
    "bos",
    "anna",
    "rikke",
    "jens",
    "ole",
    "root",
]


@pytest.fixture
def house(cast):
    """A piece of news for the whole home, and one of another home."""
    NewsItemFactory(home=cast.elsewhere.home, title="Elsewhere")
    return NewsItemFactory(home=cast.solgaarden, title="House", author=cast.clara)


def fresh(user):
    return User.objects.get(pk=user.pk)


def titles(user):
    return {item.title for item in NewsItem.objects.visible_to(fresh(user)).current()}


def drafted(cast, **details):
    what = {
        "uuid": cast.bo.uuid,
        "home": cast.solgaarden,
        "departments": [cast.aakanden],
        "title": "Cake",
        "text": "There is cake.",
        "important": False,
        "by": cast.karen,
    }
    return publishing.draft_news(**{**what, **details})


def published(cast, **details):
    item = drafted(cast, **details)
    return publishing.publish(item, as_of=item.edited_at, by=cast.karen)


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("mette", {"House", "Party"}),
        ("karen", {"House", "Party"}),
        ("clara", {"House", "Party", "Bakken's party"}),
        ("vera", {"House", "Party", "Bakken's party"}),
        ("tim", {"House", "Bakken's party"}),
        ("liv", set()),
        ("bos", {"House", "Party"}),
        # Bo's sister and Ida's friend.
        ("anna", {"House", "Party", "Bakken's party"}),
        ("jens", {"House", "Party"}),
        ("rikke", {"House", "Party", "Elsewhere"}),
        ("ole", {"Elsewhere"}),
        ("root", set()),
    ],
)
def test_everybody_reads_the_news_of_where_they_belong(cast, house, person, expected):
    assert titles(getattr(cast, person)) == expected


def test_whoever_is_counted_before_publishing_is_who_reads_it(cast, house):
    for item in (house, cast.party, cast.bakkens_party):
        reading = {
            person for person in PEOPLE if item.title in titles(getattr(cast, person))
        }
        told = audience.readers(item)
        # Rikke reads it as Bo's aunt: her work is in another home.
        relatives = reading & {"anna", "jens", "rikke"}
        residents = reading & {"bos"}

        assert (told.relatives, told.residents, told.staff) == (
            len(relatives),
            len(residents),
            len(reading - relatives - residents),
        )


def names(item, user):
    """By department: relatives, residents and staff, as the user is told of them."""
    with ledger.collecting():
        groups = reached.by_name(item, user)
    return {one.department: (one.relatives, one.residents, one.staff) for one in groups}


def test_readers_are_named_to_those_who_know_them(cast, house):
    told = names(house, cast.mette)

    assert set(told["Åkanden"][0]) == {
        str(one.relative) for one in (cast.annas, cast.jenss, cast.rikkes)
    }
    assert told["Åkanden"][1] == ["Bo Holm"]
    # Of Bakken Mette knows her colleagues, and not who lives there or comes there.
    assert told["Bakken"][:2] == ([], [])
    assert told["Bakken"][2] == ["Tim"]
    assert told[""][2] == ["Clara", "Sysse", "Vera"]
    # Vera answers relatives of the whole home and works with no resident.
    assert all(
        not group[0] and not group[1] for group in names(house, cast.vera).values()
    )
    assert str(cast.idas.relative) in names(house, cast.clara)["Bakken"][0]


def test_names_are_of_those_it_is_for(cast):
    cast.party.for_residents = cast.party.for_relatives = False

    assert names(cast.party, cast.mette)["Åkanden"][:2] == ([], [])
    assert "Bakken" not in names(cast.party, cast.mette)


@pytest.mark.parametrize("count", [1, 3])
def test_more_readers_cost_no_more_questions(
    cast, count, django_assert_max_num_queries
):
    for _number in range(count):
        RelationFactory(resident=cast.bo)
        EmploymentFactory(department=cast.aakanden)
    cast.mette.employments_in_force  # noqa: B018 -- asked before

    with django_assert_max_num_queries(5):
        names(cast.party, cast.mette)


def test_those_without_a_log_in_are_counted_apart(cast):
    RelationFactory(resident=cast.bo, relative__user=None)
    RelationFactory(resident=cast.bo, relative__user__is_active=False)
    ResidentFactory(department=cast.aakanden)

    told = audience.readers(cast.party)

    assert (told.relatives, told.residents, told.without_login) == (3, 1, 3)


def test_who_works_there_twice_is_one_reader(cast):
    EmploymentFactory(
        user=cast.mette, department=cast.aakanden, role=Employment.Role.MANAGER
    )

    # Mette, Karen, and Clara, Vera and Sysse, who belong to the whole home.
    assert audience.readers(cast.party).staff == 5


def test_an_ended_relation_ends_the_news_at_once(cast):
    cast.jenss.ended_at, cast.jenss.ended_by = clock.now(), cast.karen
    cast.jenss.save()

    assert titles(cast.jens) == set()
    assert audience.readers(cast.party).relatives == 2


def test_who_has_moved_out_and_their_relatives_read_no_more(cast):
    cast.bo.moved_out_on = clock.today()
    cast.bo.save()

    assert titles(cast.bos) == titles(cast.jens) == set()
    assert titles(cast.anna) == {"Bakken's party"}
    assert audience.readers(cast.party).relatives == 0


def test_until_the_last_day_those_who_move_out_read_along(cast):
    cast.bo.moved_out_on = clock.today() + dt.timedelta(days=1)
    cast.bo.save()

    assert titles(cast.jens) == {"Party"}


def test_a_draft_is_seen_by_its_author_and_those_who_may_publish_it(cast):
    seeing = {
        person
        for person in PEOPLE
        if NewsItem.objects.visible_to(fresh(getattr(cast, person))).drafts()
    }

    assert seeing == {"mette", "karen", "clara"}


def test_a_draft_of_the_manager_is_not_seen_by_the_care_worker(cast):
    item = drafted(cast)

    drafts = NewsItem.objects.visible_to(fresh(cast.mette)).drafts()

    assert item not in drafts
    assert list(drafts) == [cast.plans]


def test_publishing_twice_is_publishing_once(cast):
    item = published(cast)
    again = publishing.publish(item, as_of=item.edited_at, by=cast.clara)

    assert again.published_by == cast.karen
    assert AuditEvent.objects.filter(verb="news.published").count() == 1


def test_nobody_publishes_a_text_they_have_not_seen(cast):
    seen_at = cast.plans.edited_at
    publishing.edit_draft(
        cast.plans,
        home=cast.solgaarden,
        departments=[cast.aakanden],
        title="Plans",
        text="Something else",
        important=False,
        by=cast.mette,
    )

    with pytest.raises(ChangedMeanwhile):
        publishing.publish(cast.plans, as_of=seen_at, by=cast.karen)
    assert not NewsItem.objects.get(pk=cast.plans.pk).published_at


def test_a_correction_takes_the_old_text_from_readers_and_keeps_the_address(cast):
    item = published(cast)
    correction = drafted(cast, uuid=cast.ida.uuid, corrects=item, title="No cake")
    before = titles(cast.jens)
    publishing.publish(correction, as_of=correction.edited_at, by=cast.karen)

    assert before == {"Party", "Cake"}
    assert titles(cast.jens) == {"Party", "No cake"}
    assert correction.address == item.address
    both = NewsItem.objects.visible_to(fresh(cast.karen)).filter(address=item.address)
    assert {version.title for version in both} == {"Cake", "No cake"}
    theirs = NewsItem.objects.visible_to(fresh(cast.jens)).filter(address=item.address)
    assert [version.title for version in theirs] == ["No cake"]


def test_two_cannot_correct_the_same_at_once(cast):
    item = published(cast)
    drafted(cast, uuid=cast.ida.uuid, corrects=item)

    with pytest.raises(ChangedMeanwhile):
        drafted(cast, uuid=cast.mette.uuid, corrects=item)


def test_what_was_recalled_is_gone_for_readers_and_stays_for_editors(cast):
    item = published(cast)
    actions.recall(item, reason="It was last year's.", by=cast.karen)

    assert titles(cast.jens) == titles(cast.mette) == {"Party"}
    assert titles(cast.karen) == {"Party"}
    assert NewsItem.objects.visible_to(fresh(cast.karen)).filter(pk=item.pk).exists()
    seen = NewsItem.objects.visible_to(fresh(cast.mette))
    assert not seen.filter(pk=item.pk).exists()


def test_only_drafts_are_thrown_away(cast):
    with pytest.raises(ChangedMeanwhile):
        publishing.discard_draft(published(cast), by=cast.karen)


@pytest.mark.parametrize(
    "broken",
    [
        {"published_by": None},
        {"recall_reason": "no name and no time"},
        {"recalled_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)},
    ],
)
def test_the_database_refuses_half_a_publication_and_half_a_recall(cast, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        NewsItem.objects.filter(pk=cast.party.pk).update(**broken)


def test_what_was_corrected_meanwhile_is_neither_recalled_nor_thrown_away(cast):
    item = published(cast)
    correction = drafted(cast, uuid=cast.ida.uuid, corrects=item)
    publishing.publish(correction, as_of=correction.edited_at, by=cast.karen)

    with pytest.raises(ChangedMeanwhile):
        actions.recall(item, reason="Too late", by=cast.karen)


def test_a_draft_thrown_away_by_two_is_gone_and_no_fault(cast):
    seen_by_another = NewsItem.objects.get(pk=cast.plans.pk)
    publishing.discard_draft(cast.plans, by=cast.karen)

    with pytest.raises(ChangedMeanwhile):
        publishing.discard_draft(seen_by_another, by=cast.mette)


def test_a_draft_cannot_be_recalled(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.recall(cast.plans, reason="Not told yet", by=cast.karen)


def test_writing_previewing_and_publishing(cast, sign_in):
    client = sign_in(cast.karen)
    page = client.get(reverse("news:news-write"))
    form = {
        "slip": page.context["form"].initial["slip"],
        "audience": str(cast.aakanden.uuid),
        "title": "Summer",
        "text": "We grill.\n\nBring Bo.",
        "readers": "all",
        "important": "on",
    }

    first = client.post(reverse("news:news-write"), form)
    second = client.post(reverse("news:news-write"), form)
    preview = client.get(first.url)
    item = preview.context["item"]
    told = preview.context["readers"]

    assert first.url == second.url
    assert (told.relatives, told.residents, told.staff) == (3, 1, 5)
    assert preview.context["named"] == [str(cast.bo)]
    assert "Summer" not in titles(cast.jens)

    done = client.post(
        reverse("news:news-publish", args=[item.uuid]),
        {"as_of": item.edited_at.isoformat()},
    )

    assert done.url == reverse("news:news-item", args=[item.address])
    assert "Summer" in titles(cast.jens)
    page = sign_in(cast.jens).get(done.url)
    assert "<p>We grill.</p>" in page.content.decode()


def test_the_preview_sends_back_exactly_the_text_that_it_showed(cast, sign_in):
    page = sign_in(cast.karen).get(reverse("news:news-draft", args=[cast.plans.uuid]))

    assert f'value="{cast.plans.edited_at.isoformat()}"' in page.content.decode()


@pytest.mark.parametrize("as_of", ["", "\x00", "2026-13-45T99:99:99+00:00", "now"])
def test_an_impossible_instant_publishes_nothing(cast, sign_in, as_of):
    url = reverse("news:news-publish", args=[cast.plans.uuid])

    assert sign_in(cast.karen).post(url, {"as_of": as_of}).status_code == 302
    assert not NewsItem.objects.get(pk=cast.plans.pk).published_at


@pytest.mark.parametrize(
    ("person", "places"),
    [
        ("mette", ["aakanden"]),
        ("karen", ["aakanden"]),
        ("clara", ["solgaarden", "aakanden", "bakken"]),
    ],
)
def test_people_write_for_where_they_work(cast, sign_in, person, places):
    page = sign_in(getattr(cast, person)).get(reverse("news:news-write"))

    choices = [key for key, _label in page.context["form"].fields["audience"].choices]
    assert set(choices) == {str(getattr(cast, place).uuid) for place in places}
    assert page.context["form"]["audience"].value() == choices[:1]


def test_news_for_another_department_is_refused_and_the_text_stays(cast, sign_in):
    client = sign_in(cast.mette)
    page = client.get(reverse("news:news-write"))

    page = client.post(
        reverse("news:news-write"),
        {
            "slip": page.context["form"].initial["slip"],
            "audience": str(cast.bakken.uuid),
            "title": "Kept",
            "text": "Kept too",
            "readers": "all",
        },
    )

    assert page.context["form"].errors.keys() == {"audience"}
    assert "Kept too" in page.content.decode()
    assert not NewsItem.objects.filter(title="Kept").exists()


def test_new_is_what_came_after_the_last_visit(cast, sign_in):
    NewsItemFactory(home=cast.solgaarden, title="Later")
    User.objects.filter(pk=cast.jens.pk).update(previous_login=cast.party.published_at)

    page = sign_in(cast.jens).get(reverse("news:news"))

    assert {row.title: bool(row.badge) for row in page.context["rows"]} == {
        "Vigtigt: Party": False,
        "Later": True,
    }


@pytest.mark.parametrize("count", [1, 25])
def test_the_list_costs_the_same_however_long(
    cast, sign_in, count, django_assert_max_num_queries
):
    NewsItemFactory.create_batch(count, home=cast.solgaarden, author=UserFactory())
    client = sign_in(cast.anna)

    with django_assert_max_num_queries(5):
        page = client.get(reverse("news:news"))

    assert len(page.context["rows"]) == min(count + 2, 20)


@pytest.mark.parametrize("page", ["\x00", "0", "-1", "9" * 5000, "x"])
def test_an_absurd_page_is_a_page(cast, sign_in, page):
    assert (
        sign_in(cast.anna).get(reverse("news:news"), {"page": page}).status_code == 200
    )
