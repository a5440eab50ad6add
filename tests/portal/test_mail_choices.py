"""What people want mail about: the page, and the link in the mail that says stop."""

import re
import uuid

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from portal import clock, kinds, notices, postman, unsubscribing
from portal.models import Letterbox, Notice
from tests.letters import gathered
from tests.plain import HARDEST, lix, prose

PAGE = "/account/mail/"


def chosen(user):
    box = Letterbox.objects.filter(user=user).first()
    return box and box.choices


def answers(user, **others):
    return {kind.key: kind.usual for kind in kinds.of(user)} | others


@pytest.fixture
def letter(cast):
    """A mail to Anna that there is something new from everyday life."""
    notices.tell(
        "diary",
        to=[cast.anna],
        about="1",
        address=str(cast.checkup.address),
    )
    gathered()
    postman.empty_outbox()
    return mail.outbox[-1]


def stop_link(letter):
    link = letter.extra_headers["List-Unsubscribe"].strip("<>")
    return link.removeprefix("http://127.0.0.1:8000")


# The page


def test_each_is_asked_about_what_they_may_get(cast):
    for_all = {"important_news", "news", "meetings"}
    asked = {
        who: {kind.key for kind in kinds.of(getattr(cast, who))}
        for who in ("anna", "bos", "mette")
    }

    assert asked["anna"] >= for_all | {"diary", "agreements", "papers"}
    assert asked["bos"] >= for_all
    assert asked["mette"] >= for_all | {"agreements", "wishes"}
    assert "wishes" not in asked["anna"] | asked["bos"]
    assert "diary" not in asked["mette"] | asked["bos"]


def test_what_is_chosen_is_kept_and_shown(cast, sign_in):
    client = sign_in(cast.anna)
    page = client.get(PAGE).content.decode()
    assert re.search(r'name="diary"\s+value="weekly"[^>]* checked', page)

    answer = client.post(PAGE, answers(cast.anna, diary="daily", news="never"))

    assert (answer.status_code, answer.url) == (302, PAGE)
    assert chosen(cast.anna) == {"diary": "daily", "news": "never"}
    assert Letterbox.objects.get(user=cast.anna).rests is False
    client.post(PAGE, answers(cast.anna, rests="on"))
    assert chosen(cast.anna) == {}
    assert Letterbox.objects.get(user=cast.anna).rests is True


@pytest.mark.parametrize(
    "wrong", [{"diary": "hourly"}, {"diary": ""}, {"diary": "daily\0"}]
)
def test_what_cannot_be_chosen_is_refused_in_words(cast, sign_in, wrong):
    answer = sign_in(cast.anna).post(PAGE, answers(cast.anna, **wrong))

    assert answer.status_code == 200
    assert "alert-error" in answer.content.decode()
    assert chosen(cast.anna) is None


def test_nobody_at_work_says_never_to_what_is_theirs_to_answer(cast, sign_in):
    answer = sign_in(cast.mette).post(PAGE, answers(cast.mette, wishes="never"))

    assert answer.status_code == 200
    assert chosen(cast.mette) is None


@pytest.mark.parametrize(
    ("person", "hardest"), [("bos", "residents"), ("anna", "relatives")]
)
def test_the_page_is_easy_to_read(cast, sign_in, person, hardest):
    page = sign_in(getattr(cast, person)).get(PAGE).content.decode()

    assert lix(" ".join(prose(page))) <= HARDEST[hardest]


def test_one_finds_it_from_ones_own_page(cast, sign_in):
    assert f'href="{PAGE}"' in sign_in(cast.anna).get("/account/").content.decode()


# The link


def test_to_open_the_link_changes_nothing(cast, client, letter):
    for _machine in range(2):
        page = client.get(stop_link(letter))

    assert page.status_code == 200
    assert chosen(cast.anna) is None


def test_the_page_says_nothing_about_whose_link_it_is(cast, client, letter):
    for page in (client.get(stop_link(letter)), client.post(stop_link(letter))):
        text = page.content.decode()
        for word in (cast.anna.email, "Anna", "Bo ", "Holm"):
            assert word not in text


def test_one_click_is_enough_and_two_are_the_same(cast, letter):
    """From a mail program: no cookie, no log-in, no token of a form (RFC 8058)."""
    assert letter.extra_headers["List-Unsubscribe-Post"] == (
        "List-Unsubscribe=One-Click"
    )
    program = Client(enforce_csrf_checks=True)
    for _press in range(2):
        answer = program.post(stop_link(letter), {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert chosen(cast.anna) == {"diary": "never"}


def test_there_is_a_way_back(cast, client, letter):
    client.post(stop_link(letter))

    client.post(stop_link(letter), {"again": "1"})

    assert chosen(cast.anna) == {}


def test_who_said_stop_is_told_no_more(cast, client, letter):
    Notice.objects.create(to=cast.anna, kind="diary", key="diary:2", due_at=clock.now())

    client.post(stop_link(letter))
    notices.tell("diary", to=[cast.anna], about="3", address="3")

    assert not Notice.objects.waiting().exists()


def test_a_link_that_was_changed_opens_nothing(cast, client, letter):
    link = stop_link(letter)
    strangers = [
        link[:-3] + "x/",
        "/mail/stop/x/",
        "/mail/stop/%00/",
        reverse("mail-stop", args=["æ:ø"]),
        link.replace("/mail/stop/", "/mail/stop/a"),
    ]
    for one in strangers:
        for answer in (client.get(one), client.post(one)):
            assert answer.status_code == 404
    assert chosen(cast.anna) is None
    assert Letterbox.objects.count() == 0


def test_the_link_of_somebody_who_is_gone_opens_nothing(cast, client, letter):
    link = stop_link(letter)
    type(cast.anna).objects.filter(pk=cast.anna.pk).update(uuid=uuid.uuid4())

    assert client.get(link).status_code == 404


def test_only_what_may_be_never_can_be_stopped(cast):
    one = Notice(to=cast.mette, kind="wishes")

    links = unsubscribing.links(cast.mette, [one])

    assert links["stop_link"] == ""
    assert unsubscribing.headers(links) == {}
