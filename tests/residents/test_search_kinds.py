"""The search finds photographs, files and ideas by their words, for those who see them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from news.models import DiaryPhoto
from portal import clock
from residents.models import AccessEvent
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import (
    ArticleFactory,
    AttachmentFactory,
    DiaryPhotoFactory,
    IdeaFactory,
    NewsItemFactory,
    NewsPictureFactory,
)
from tests.residents.test_search import look_for, text_of


def finds(client, words, kind=""):
    return text_of(look_for(client, words, kind)).count("row-title")


def test_a_photo_is_found_by_what_can_be_seen_in_it(cast, sign_in):
    photo = DiaryPhotoFactory(entry=cast.checkup, alt="Bo griner på havnen", place=1)
    # Beside it: of Ida, of whom Anna sees nothing, and one that was taken back.
    DiaryPhotoFactory(entry=cast.idas_purse, alt="Ida griner på havnen", place=1)
    DiaryPhotoFactory(
        entry=cast.checkup,
        alt="Bo græder på havnen",
        place=2,
        recalled_at=clock.now(),
        recalled_by=cast.mette,
    )
    anna = sign_in(cast.anna)
    assert finds(anna, "havn") == 0

    tell(cast.annas, Topic.PHOTOS, by=cast.mette)

    found = text_of(look_for(sign_in(cast.anna), "havn"))
    assert "Bo griner" in found
    assert found.count("row-title") == 1
    event = AccessEvent.objects.filter(way="search").get()
    assert (event.resident, event.topic) == (cast.bo, Topic.PHOTOS)
    assert list(event.items.values()) == [[photo.pk]]
    assert finds(sign_in(cast.mette), "havn") == 1
    assert finds(sign_in(cast.tim), "havn") == 1
    assert finds(sign_in(cast.jens), "havn") == 0


def test_a_photo_goes_with_the_entry_that_is_taken_back(cast, sign_in):
    DiaryPhotoFactory(entry=cast.checkup, alt="På havnen", place=1)
    type(cast.checkup).objects.filter(pk=cast.checkup.pk).update(
        recalled_at=clock.now(), recalled_by=cast.mette, recall_reason="Wrong one."
    )

    assert finds(sign_in(cast.mette), "havn") == 0


def test_a_file_is_found_by_its_name_where_the_news_is_read(cast, sign_in):
    AttachmentFactory(item=cast.party, name="Menukort til festen")
    NewsPictureFactory(item=cast.party, name="Menukort på tavlen")
    AttachmentFactory(item=cast.plans, name="Menukort, kladde")
    old = NewsItemFactory(
        home=cast.solgaarden,
        whole_home=True,
        author=cast.karen,
        recalled_at=clock.now(),
        recalled_by=cast.karen,
        recall_reason="It is over.",
    )
    AttachmentFactory(item=old, name="Menukort fra før")

    def names(user):
        page = text_of(look_for(sign_in(user), "menukort"))
        told = ("til festen", "på tavlen", "kladde", "fra før")
        return [word for word in told if word in page]

    assert names(cast.anna) == names(cast.bos) == ["til festen", "på tavlen"]
    assert names(cast.mette) == ["til festen", "på tavlen"]
    assert names(cast.tim) == names(cast.ole) == []


def test_an_easy_text_is_found_and_shown(cast, sign_in):
    NewsItemFactory(
        home=cast.solgaarden,
        whole_home=True,
        author=cast.karen,
        text="Vi samles i fællesrummet. " * 30,
        easy_text="Der er pandekager.",
    )
    ArticleFactory(
        home=cast.solgaarden,
        text="Om mad. " * 60,
        easy="## Mad\n\n- Du får pandekager.",
    )

    page = text_of(look_for(sign_in(cast.bos), "pandekage"))

    assert "Der er pandekager." in page
    assert "Du får pandekager." in page
    # The marks of headings and lists are not read aloud.
    assert "##" not in page


def test_of_an_idea_others_find_what_was_published_and_not_what_was_written(
    cast, sign_in
):
    IdeaFactory(
        department=cast.aakanden,
        written_by=cast.jens,
        text="Jens vil have et drivhus",
        title="Et væksthus i haven",
        answer="Det bygger vi.",
    )
    secret = {"published_at": None, "status": "received", "title": "", "answer": ""}
    IdeaFactory(
        department=cast.aakanden, written_by=cast.jens, text="Et drivhus mere", **secret
    )

    def found(user, words):
        return finds(sign_in(user), words, "ideas")

    assert [
        found(user, "væksthus") for user in (cast.anna, cast.bos, cast.mette, cast.ole)
    ] == [1, 1, 1, 0]
    assert [found(user, "drivhus") for user in (cast.jens, cast.karen)] == [2, 2]
    assert [found(user, "drivhus") for user in (cast.anna, cast.bos, cast.mette)] == [
        0,
        0,
        0,
    ]


def test_what_somebody_wrote_is_not_found_through_their_eyes(cast, sign_in):
    IdeaFactory(
        department=cast.aakanden,
        written_by=cast.jens,
        text="Jens vil have et drivhus",
        title="Et væksthus",
    )
    client = sign_in(cast.mette)
    url = reverse("consent:see-as-page", args=[cast.jenss.uuid, "search/"])

    assert "row-title" not in text_of(client.get(url, {"q": "drivhus"}))
    assert "row-title" in text_of(client.get(url, {"q": "væksthus"}))


@pytest.mark.parametrize("person", ["mette", "anna", "bos"])
def test_more_pictures_and_ideas_cost_no_more_questions(cast, sign_in, person):
    tell(cast.annas, Topic.PHOTOS, by=cast.mette)
    client = sign_in(getattr(cast, person))

    def more():
        place = DiaryPhoto.objects.count()
        DiaryPhotoFactory(entry=cast.checkup, alt="En skovtur", place=place)
        NewsPictureFactory(item=cast.party, name="Skovtur")
        AttachmentFactory(item=cast.party, name="Skovturen")
        IdeaFactory(department=cast.aakanden, title="Flere skovture")

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert finds(client, "skovtur") >= 4
        return len(queries)

    more()
    asked()
    one = asked()
    more()
    more()

    assert asked() == one
    assert one <= 14
