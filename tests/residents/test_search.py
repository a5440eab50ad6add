"""The search finds what the gate opens, no less and no more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consent import actions as consent
from portal import rooms
from residents.models import AccessEvent
from residents.topics import Topic
from tests.factories import AgreementFactory, DiaryEntryFactory, NewsItemFactory
from tests.test_canaries import CANARY, SEARCHED, SEES, canaries

__all__ = ["canaries"]

# What stands where the search looks. Everything else is somewhere one goes by other ways.
SOUGHT = {
    *("Bo", "Ida", "Anna", "Jens", "Rikke", "health", "economy", "log"),
    *("Ida's economy", "Ida's log", "stranger", "stranger's", "stranger's log"),
    *("Åkanden's news", "Bakken's news", "Åkanden's meeting", "Bakken's meeting"),
    *("Åkanden's event", "Bakken's event"),
    *("Bo's meeting", "health at Bo's meeting", "police at Bo's meeting"),
    *("Ida's meeting", "economy at Ida's meeting"),
    *("Anna's extract", "Anna's extract of Ida"),
    *("Anna's letter", "Anna's letter about Ida", "Jens's letter"),
    *("an answer about health", "a general answer"),
    *("Bo's photo", "Ida's photo", "Åkanden's idea", "Anna's own idea"),
    *("Solgården's library", "Elsewhere's library"),
}

NAMES = {"Bo", "Ida", "stranger", "Anna", "Jens", "Rikke"}


def look_for(client, words, kind=""):
    return client.get(reverse("residents:search"), {"q": words, "kind": kind})


def text_of(response):
    text = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return text.replace("<mark>", "").replace("</mark>", "")


@pytest.mark.parametrize("person", SEES)
def test_everybody_finds_what_they_may_see_and_nothing_else(
    cast, sign_in, canaries, person
):
    client = sign_in(getattr(cast, person))

    found = {
        canaries.nests[int(number)]
        for kind in SEARCHED
        for number in CANARY.findall(text_of(look_for(client, "0ж", kind)))
    }

    sees = SEES[person] & SOUGHT
    assert found <= SEES[person]
    assert found - NAMES == sees - NAMES
    if person in ("mette", "karen", "clara", "tim", "ole"):
        # By name whoever works with them finds people.
        assert found == sees


@pytest.mark.parametrize("person", ["mette", "anna", "jens", "bos", "tim"])
def test_a_word_that_one_may_not_see_is_as_if_it_were_nowhere(
    cast, sign_in, canaries, person
):
    client = sign_in(getattr(cast, person))
    nowhere = text_of(look_for(client, "0ж9999ж"))
    hidden = {}
    for number, nest in enumerate(canaries.nests):
        if nest not in SEES[person]:
            hidden.setdefault(nest, f"0ж{number}ж")

    assert len(hidden) > 10
    for word in hidden.values():
        shown = text_of(look_for(client, word))
        assert shown.replace(word, "0ж9999ж") == nowhere


def test_what_is_stopped_is_found_no_more(cast, sign_in):
    DiaryEntryFactory(resident=cast.bo, topic=Topic.HEALTH, text="En gulerod.")
    client = sign_in(cast.anna)
    assert "En gulerod." in text_of(look_for(client, "gulerod"))

    consent.withdraw(cast.annas.consents.get(), by=cast.mette)

    assert "En gulerod." not in text_of(look_for(client, "gulerod"))


def test_a_search_is_a_reading_of_what_it_shows(cast, sign_in):
    shown = AgreementFactory(
        resident=cast.bo,
        topic=Topic.HEALTH,
        text="Om tøjindkøb",
        recorded_by=cast.mette,
    )

    look_for(sign_in(cast.anna), "indkøb 2212")
    assert not AccessEvent.objects.filter(way="search").exists()
    look_for(sign_in(cast.anna), "indkøb")
    look_for(sign_in(cast.mette), "indkøb 112233-4455")

    event, asked = AccessEvent.objects.filter(way="search").order_by("pk")
    assert (event.user, event.resident, event.topic) == (cast.anna, cast.bo, "health")
    assert event.items == {"agreement": [shown.pk]}
    assert event.searched == "indkøb"
    # Staff are told of too when nothing was found, and no number is kept.
    assert (asked.user, asked.resident) == (cast.mette, None)
    assert asked.searched == "indkøb ••••••-••••"


@pytest.mark.parametrize("person", ["mette", "anna", "bos"])
def test_a_search_asks_as_much_of_the_database_for_one_as_for_many(
    cast, sign_in, person
):
    client = sign_in(getattr(cast, person))

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert "skovtur" in text_of(look_for(client, "skovtur")).lower()
        return len(queries)

    def more():
        NewsItemFactory(
            home=cast.solgaarden,
            department=cast.aakanden,
            title="Skovtur",
            author=cast.karen,
        )
        for make in (AgreementFactory, DiaryEntryFactory):
            make(
                resident=cast.bo,
                topic=Topic.HEALTH,
                text="Skovtur",
                recorded_by=cast.mette,
            )

    more()
    asked()
    one = asked()
    more()
    more()

    assert asked() == one
    assert one <= 13


def test_few_of_each_kind_are_shown_and_the_rest_on_a_page_of_their_own(cast, sign_in):
    for _number in range(7):
        DiaryEntryFactory(resident=cast.bo, topic=Topic.HEALTH, text="Skovtur")
    client = sign_in(cast.anna)

    assert text_of(look_for(client, "skovtur")).count("row-title") == 5
    assert "kind=everyday" in text_of(look_for(client, "skovtur"))
    assert text_of(look_for(client, "skovtur", "everyday")).count("row-title") == 7
    assert text_of(look_for(client, "skovtur", "news")).count("row-title") == 0
    # No such kind is all of them.
    assert text_of(look_for(client, "skovtur", "\x00")).count("row-title") == 5


@pytest.mark.parametrize(
    "words",
    ["\x00", "\u202e", "%", "'; --", "[", "<script>alert(1)</script>", "a" * 9000],
)
def test_whatever_is_typed_the_page_answers(cast, sign_in, words):
    response = look_for(sign_in(cast.mette), words)

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_the_words_stand_in_no_title_and_no_link_that_leads_elsewhere(cast, sign_in):
    page = look_for(sign_in(cast.mette), "Bo").content.decode()

    assert "Bo" not in page.partition("<title>")[2].partition("</title>")[0]
    assert f"{cast.bo}" in page.replace("<mark>", "").replace("</mark>", "")


def test_every_kind_has_a_name_of_its_own(cast):
    kinds = rooms.searched(cast.mette)

    assert len({kind.slug for kind in kinds}) == len(kinds)
    assert {kind.slug for kind in kinds} == set(SEARCHED)


def test_through_anothers_eyes_one_finds_what_they_would(cast, sign_in):
    for resident in (cast.bo, cast.ida):
        for topic in (Topic.HEALTH, Topic.ECONOMY):
            text = f"Skovtur {resident.given_name} {topic}"
            DiaryEntryFactory(resident=resident, topic=topic, text=text)
    url = reverse("consent:see-as-page", args=[cast.annas.uuid, "search/"])

    page = text_of(sign_in(cast.mette).get(url, {"q": "skovtur"}))

    # Of Bo what Bo shares with Anna; of Ida, with whom Mette does not work, nothing.
    assert "Skovtur Bo health" in page
    assert "Skovtur Bo economy" not in page
    assert "Skovtur Ida" not in page
    assert f'action="/as/{cast.annas.uuid}/search/"' in page
    event = AccessEvent.objects.latest("pk")
    assert (event.user, event.way) == (cast.mette, "preview")
