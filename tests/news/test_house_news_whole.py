"""For whom, for how long, looked at by whom, and read by whom."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from news import audience, publishing, reading_ease
from news.locking import ChangedMeanwhile
from news.models import NewsItem
from portal import clock
from tests.factories import NewsItemFactory
from tests.news.test_house_news import PEOPLE, drafted, fresh, titles

HOUR = dt.timedelta(hours=1)
MOMENT = dt.timedelta(microseconds=1)
STAFF_OF_BOTH = {"mette", "karen", "clara", "vera", "sysse", "tim"}


def reading(cast, item):
    return {
        person
        for person in PEOPLE
        if NewsItem.objects.readable_by(fresh(getattr(cast, person))).filter(pk=item.pk)
    }


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ((True, True), STAFF_OF_BOTH | {"anna", "jens", "rikke", "bos"}),
        ((True, False), STAFF_OF_BOTH | {"anna", "jens", "rikke"}),
        ((False, True), STAFF_OF_BOTH | {"bos"}),
        ((False, False), STAFF_OF_BOTH),
    ],
)
def test_it_is_read_by_those_it_is_for_and_by_staff(cast, kinds, expected):
    item = NewsItemFactory(
        home=cast.solgaarden, for_relatives=kinds[0], for_residents=kinds[1]
    )

    assert reading(cast, item) == expected
    told = audience.readers(item)
    assert (told.relatives, told.residents, told.staff) == (
        len(expected & {"anna", "jens", "rikke"}),
        len(expected & {"bos"}),
        len(expected & STAFF_OF_BOTH),
    )


def test_what_is_for_two_departments_is_read_once_in_both_and_nowhere_else(cast):
    item = NewsItemFactory(
        home=cast.solgaarden, departments=[cast.aakanden, cast.bakken]
    )
    only = NewsItemFactory(home=cast.solgaarden, departments=[cast.bakken])

    assert reading(cast, item) == STAFF_OF_BOTH | {"anna", "jens", "rikke", "bos"}
    assert reading(cast, only) == {"clara", "vera", "sysse", "tim", "anna"}
    # Anna has somebody in both.
    assert NewsItem.objects.visible_to(cast.anna).filter(pk=item.pk).count() == 1
    assert audience.readers(item).relatives == 3


def test_for_no_place_is_for_nobody_but_who_runs_the_home(cast):
    item = NewsItemFactory(home=cast.solgaarden, whole_home=False, departments=[])

    assert reading(cast, item) == {"clara", "vera", "sysse"}


def test_who_manages_one_of_two_departments_does_not_change_what_is_for_both(
    cast, sign_in
):
    draft = NewsItemFactory(
        home=cast.solgaarden,
        departments=[cast.aakanden, cast.bakken],
        author=cast.clara,
        published_at=None,
    )
    page = reverse("news:news-edit", args=[draft.uuid])

    assert sign_in(cast.karen).get(page).status_code == 404
    assert sign_in(cast.clara).get(page).status_code == 200


@pytest.mark.parametrize(
    ("after", "shown", "earlier"),
    [
        (-MOMENT, False, False),
        (0 * MOMENT, True, False),
        (HOUR - MOMENT, True, False),
        (HOUR, False, True),
    ],
)
def test_it_is_shown_from_one_instant_until_another(
    cast, move_clock, sign_in, after, shown, earlier
):
    begins = clock.now() + HOUR
    item = NewsItemFactory(
        home=cast.solgaarden, shown_from=begins, shown_until=begins + HOUR
    )
    move_clock(begins + after)
    seen = NewsItem.objects.visible_to(fresh(cast.jens))
    page = sign_in(cast.jens).get(reverse("news:news-item", args=[item.address]))

    assert (item in seen.current(), item in seen.past()) == (shown, earlier)
    assert page.status_code == (200 if shown or earlier else 404)
    editors = NewsItem.objects.visible_to(fresh(cast.clara))
    assert (item in editors.ahead()) == (not shown and not earlier)


def test_what_is_over_stands_on_a_page_of_its_own_for_those_it_was_for(cast, sign_in):
    NewsItemFactory(
        home=cast.solgaarden,
        title="Over",
        shown_from=clock.now() - 2 * HOUR,
        shown_until=clock.now() - HOUR,
        for_residents=False,
    )

    def earlier(person):
        page = sign_in(person).get(reverse("news:news-archive"))
        return [row.title for row in page.context["rows"]]

    assert earlier(cast.jens) == ["Over"]
    assert earlier(cast.bos) == earlier(cast.ole) == []
    assert "Over" not in titles(cast.jens)
    assert b"Over" not in sign_in(cast.jens).get(reverse("news:news")).content


def test_published_it_is_shown_from_then_or_from_when_it_was_wished(cast):
    at_once = drafted(cast)
    later = drafted(cast, uuid=cast.ida.uuid, shown_from=clock.now() + HOUR)
    for item in (at_once, later):
        publishing.publish(item, as_of=item.edited_at, by=cast.karen)
        item.refresh_from_db()

    assert at_once.shown_from == at_once.published_at
    assert later.shown_from > later.published_at
    assert titles(cast.jens) == {"Party", "Cake"}


def test_what_lay_too_long_is_not_published_for_nobody(cast, sign_in, move_clock):
    item = drafted(cast, shown_until=clock.now() + HOUR)
    move_clock(clock.now() + HOUR)

    answer = sign_in(cast.karen).post(
        reverse("news:news-publish", args=[item.uuid]),
        {"as_of": item.edited_at.isoformat()},
    )

    assert answer.url == reverse("news:news-edit", args=[item.uuid])
    assert not NewsItem.objects.get(pk=item.pk).published_at


@pytest.mark.parametrize(
    "broken",
    [
        {"shown_until": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
        {"shown_from": None},
        {"return_reason": "by nobody"},
    ],
)
def test_the_database_refuses_what_cannot_be(cast, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        NewsItem.objects.filter(pk=cast.party.pk).update(**broken)


def test_a_draft_goes_to_the_manager_and_back_and_to_the_manager_again(cast, sign_in):
    ask = reverse("news:news-ask", args=[cast.plans.uuid])
    back = reverse("news:news-return", args=[cast.plans.uuid])
    draft = reverse("news:news-draft", args=[cast.plans.uuid])

    sign_in(cast.mette).post(ask)
    cards = sign_in(cast.karen).get(reverse("home")).context["columns"]
    badges = [row.badge for column in cards for card in column for row in card.rows]
    answer = sign_in(cast.karen).post(back, {"reason": "Which day?"})
    page = sign_in(cast.mette).get(draft).content.decode()

    assert "Se lige på den" in badges or "Please look at it" in badges
    assert answer.url == reverse("news:news")
    assert "Which day?" in page
    assert ask in page

    sign_in(cast.mette).post(ask)
    item = NewsItem.objects.get(pk=cast.plans.pk)
    assert (item.return_reason, item.returned_by) == ("", None)
    assert item.asked_at


def test_a_draft_is_not_given_back_without_a_word(cast, sign_in):
    page = sign_in(cast.karen).post(
        reverse("news:news-return", args=[cast.plans.uuid]), {"reason": "\x00"}
    )

    assert page.context["form"].errors
    assert not NewsItem.objects.get(pk=cast.plans.pk).returned_at


def test_nothing_is_asked_of_or_given_back_after_it_was_published(cast):
    for action in (
        lambda: publishing.ask_for_a_look(cast.party, by=cast.mette),
        lambda: publishing.return_draft(cast.party, reason="?", by=cast.karen),
    ):
        with pytest.raises(ChangedMeanwhile):
            action()


def test_the_manager_sees_who_of_the_staff_has_read_what_is_important(cast, sign_in):
    read = reverse("news:news-read", args=[cast.party.address])
    page = reverse("news:news-item", args=[cast.party.address])
    for _twice in range(2):
        sign_in(cast.mette).post(read)

    seen = sign_in(cast.clara).get(page).context

    # Karen wrote it herself; Mette, Clara, Vera and Sysse are left.
    assert (seen["read"], seen["staff"]) == (1, 4)
    assert {person.name for person in seen["unread"]} == {"Clara", "Vera", "Sysse"}
    assert "staff" not in sign_in(cast.mette).get(page).context
    assert "can_mark" not in sign_in(cast.jens).get(page).context


def test_what_is_important_asks_to_be_read_until_it_is(cast, sign_in):
    def asked():
        return {
            row.url
            for column in sign_in(cast.mette).get(reverse("home")).context["columns"]
            for card in column
            for row in card.rows
            if card.order == 30
        }

    path = reverse("news:news-item", args=[cast.party.address])
    assert path in asked()
    publishing.mark_read(cast.party, by=cast.mette)
    assert path not in asked()


def test_a_resident_reads_the_easy_words_first(cast, sign_in):
    item = NewsItemFactory(
        home=cast.solgaarden, text="Long words.", easy_text="Short words."
    )
    page = reverse("news:news-item", args=[item.address])

    def order(person):
        text = sign_in(person).get(page).content.decode()
        return text.index("Short words.") < text.index("Long words.")

    assert order(cast.bos)
    assert not order(cast.jens)


def test_the_writer_is_told_how_hard_the_words_are():
    easy = "Vi bager i dag. Kom kl. 14. Der er kage."
    hard = "Kommunalbestyrelsen iværksætter foranstaltninger vedrørende vandforsyningen"

    assert reading_ease.lix(easy) < 25 < 45 < reading_ease.lix(hard)
    assert reading_ease.said("") == ""


def test_a_headline_and_a_list_are_lines_of_their_own():
    assert reading_ease.lix("Fest\nKage\nKaffe") == 1


def choices(page):
    return page.context["form"].fields["audience"].choices


def test_the_whole_home_and_a_department_besides_is_asked_about(cast, sign_in):
    client = sign_in(cast.clara)
    page = client.get(reverse("news:news-write"))
    filled = {
        "slip": page.context["form"].initial["slip"],
        "audience": [key for key, _label in choices(page)],
        "title": "Both",
        "text": "Kept words",
        "readers": "all",
    }

    again = client.post(reverse("news:news-write"), filled)
    assert again.context["form"].errors.keys() == {"audience"}
    assert "Kept words" in again.content.decode()

    done = client.post(
        reverse("news:news-write"),
        {**filled, "audience": [str(cast.aakanden.uuid), str(cast.bakken.uuid)]},
    )
    item = client.get(done.url).context["item"]
    assert not item.whole_home
    assert item.places == [cast.bakken, cast.aakanden] or set(item.places) == {
        cast.bakken,
        cast.aakanden,
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"readers": "everybody"},
        {"shown_until": "2020-01-01T10:00"},
        {"shown_from": "\x00"},
        {"shown_until": "9999-99-99T10:00"},
        {"easy_text": "x" * 2_001},
    ],
)
def test_a_fault_in_a_folded_choice_unfolds_it_and_keeps_the_text(cast, sign_in, wrong):
    client = sign_in(cast.mette)
    page = client.get(reverse("news:news-write"))
    assert not page.context["form"].is_unfolded

    again = client.post(
        reverse("news:news-write"),
        {
            "slip": page.context["form"].initial["slip"],
            "audience": [key for key, _label in choices(page)],
            "title": "Kept",
            "text": "Kept words",
            "readers": "all",
            **wrong,
        },
    )

    assert again.context["form"].errors.keys() == wrong.keys()
    assert again.context["form"].is_unfolded
    assert "Kept words" in again.content.decode()


def test_a_correction_keeps_for_whom_and_how_long_it_is(cast, sign_in):
    until = (clock.now() + 24 * HOUR).replace(second=0, microsecond=0)
    item = NewsItemFactory(
        home=cast.solgaarden,
        department=cast.aakanden,
        for_relatives=False,
        shown_until=until,
    )
    client = sign_in(cast.karen)
    address = reverse("news:news-correct", args=[item.address])
    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value()}
    sent["shown_until"] = until.astimezone(clock.DENMARK).strftime("%Y-%m-%dT%H:%M")

    done = client.post(address, {**sent, "title": "Corrected"})
    new = client.get(done.url).context["item"]

    assert (new.for_relatives, new.for_residents, new.whole_home) == (
        False,
        True,
        False,
    )
    assert (new.shown_until, new.places) == (until, [cast.aakanden])
