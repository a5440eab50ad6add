"""Resident and employee at one screen: the same pages, and nothing else within reach."""

import datetime as dt

import pytest
from django.urls import reverse

from consent.models import ConsentTalk, TalkWish
from portal import clock
from portal.drafts import new_slip
from portal.models import AuditEvent, Draft
from tests.consent.test_my_consents import shared_with, words
from tests.factories import RelationFactory

PASSWORD = "solskin-og-kaffe"


def page(cast, name="", *arguments):
    return reverse(
        f"consent:together{name and '-'}{name}", args=[cast.bo.uuid, *arguments]
    )


@pytest.fixture
def beside_bo(cast, sign_in):
    """Mette has opened Bo's page beside him."""
    client = sign_in(cast.mette)
    client.post(reverse("consent:together-start", args=[cast.bo.uuid]))
    return client


def answer(client, cast, relation, topic, said):
    return client.post(
        page(cast, "question", relation.uuid, topic),
        {"slip": new_slip(cast.mette), "stood": "", "answer": said},
        follow=True,
    )


def test_the_same_page_as_the_resident_has_alone(cast, sign_in, beside_bo):
    together = words(beside_bo.get(page(cast)))
    alone = words(sign_in(cast.bos).get(reverse("consent:mine")))

    assert together == alone
    assert "Anna" in alone


def test_an_answer_says_that_they_sat_together_and_who_wrote_it(cast, beside_bo):
    answer(beside_bo, cast, cast.jenss, "daily", "yes")

    talk = ConsentTalk.objects.get(answers__relation=cast.jenss)
    assert (talk.together, talk.given_by, talk.recorded_by) == (
        True,
        "self",
        cast.mette,
    )
    assert shared_with(cast.jens, cast.bo) == {"daily"}


def test_a_stop_says_that_they_sat_together(cast, beside_bo):
    beside_bo.post(page(cast, "stop-all", cast.annas.uuid))

    assert cast.annas.consents.get().closed_how == "together"
    assert shared_with(cast.anna, cast.bo) == set()


@pytest.mark.parametrize(
    "name",
    [
        "home",
        "residents:residents",
        "news:news",
        "my-account",
        "relatives:log-contact",
        "consent:mine",
    ],
)
def test_nothing_else_opens_while_it_lasts(cast, beside_bo, name):
    response = beside_bo.get(reverse(name))

    assert response.url == page(cast)


def test_no_other_residents_questions_open(cast, beside_bo):
    other = reverse("consent:together", args=[cast.ida.uuid])
    idas = page(cast, "question", cast.idas.uuid, "economy")
    again = reverse("consent:together-start", args=[cast.ida.uuid])

    assert beside_bo.get(other).url == page(cast)
    assert beside_bo.get(idas).status_code == 404
    assert beside_bo.post(again).url == page(cast)


def test_there_is_no_menu_and_a_way_to_be_done(cast, beside_bo):
    html = beside_bo.get(page(cast)).content.decode()

    assert reverse("residents:residents") not in html
    assert reverse("my-account") not in html
    assert page(cast, "end") in html


def test_a_text_from_another_tab_is_kept(cast, beside_bo):
    path = reverse("consent:consent-ask", args=[cast.annas.uuid])

    beside_bo.post(path, {"slip": new_slip(cast.mette), "how_informed": "We talked."})

    kept = Draft.objects.get(user=cast.mette)
    assert (kept.form, kept.fields["how_informed"]) == (path, ["We talked."])


def password(client, cast, given):
    cast.mette.set_password(PASSWORD)
    cast.mette.save()
    client.force_login(cast.mette, "portal.backends.Backend")
    client.post(reverse("consent:together-start", args=[cast.bo.uuid]))
    client.post(page(cast, "end"))
    client.post(
        reverse("account_reauthenticate"),
        {"password": given, "next": reverse("consent:together-over")},
    )
    return client.get(reverse("consent:together-over"))


def test_afterwards_nothing_opens_before_the_password_is_given(cast, beside_bo):
    beside_bo.post(page(cast, "end"))

    over = reverse("consent:together-over")
    assert beside_bo.get(over).status_code == 200
    for name in ("home", "residents:residents"):
        assert beside_bo.get(reverse(name)).url == over
    assert beside_bo.get(page(cast)).url == over
    assert beside_bo.get(page(cast, "person", cast.annas.uuid)).url == over


def test_with_the_password_the_employee_is_back_where_it_began(cast, client):
    response = password(client, cast, PASSWORD)

    assert response.url == reverse("consent:consents", args=[cast.bo.uuid])
    assert client.get(response.url).status_code == 200


def test_with_a_wrong_password_nothing_opens(cast, client):
    assert password(client, cast, "a guess").status_code == 200
    assert client.get("/").url == reverse("consent:together-over")


@pytest.mark.parametrize(
    ("touched", "over"),
    [
        ([14], False),
        ([16], True),
        ([10, 20], False),
        ([10, 20, 30, 40, 50, 59], False),
        ([10, 20, 30, 40, 50, 61], True),
    ],
    ids=str,
)
def test_it_is_over_by_itself_after_a_while(cast, beside_bo, move_clock, touched, over):
    began = clock.now()

    for minutes in touched:
        move_clock(began + dt.timedelta(minutes=minutes))
        response = beside_bo.get(page(cast))

    assert (response.status_code == 302) is over


def test_an_answer_after_it_was_over_is_not_recorded(cast, beside_bo, move_clock):
    move_clock(clock.now() + dt.timedelta(minutes=20))

    answer(beside_bo, cast, cast.jenss, "daily", "yes")

    assert not cast.jenss.consents.exists()


def test_nobody_asks_about_themselves_and_the_resident_reads_why(cast, beside_bo):
    own = RelationFactory(
        resident=cast.bo, relative__given_name="Mie", relative__user=cast.mette
    )

    asked = beside_bo.get(page(cast, "question", own.uuid, "daily"))
    answer(beside_bo, cast, own, "daily", "yes")

    assert "Mie" in words(asked)
    assert not asked.context["may_answer"]
    assert not own.consents.exists()


def test_whoever_no_longer_works_with_the_resident_records_nothing(cast, beside_bo):
    cast.mette.employments.update(ends_on=clock.today() - dt.timedelta(days=1))

    answer(beside_bo, cast, cast.jenss, "daily", "yes")

    assert not cast.jenss.consents.exists()


def test_only_those_who_care_for_the_resident_begin(cast, sign_in):
    start = reverse("consent:together-start", args=[cast.bo.uuid])

    statuses = {
        name: sign_in(getattr(cast, name)).post(start).status_code
        for name in ("mette", "tim", "anna", "bos", "root")
    }

    assert statuses == {"mette": 302, "tim": 404, "anna": 403, "bos": 403, "root": 404}
    assert AuditEvent.objects.filter(verb="consent.together_begun").count() == 1


# I want to talk with somebody about it


def test_a_wish_to_talk_waits_with_the_staff_until_somebody_has(cast, sign_in):
    client = sign_in(cast.bos)
    about = {"relation": cast.annas.uuid, "topic": "health"}
    for _press in range(2):
        client.post(reverse("consent:mine-talk"), about)

    wish = TalkWish.objects.get(topic="health")
    there = reverse("consent:talk-wish", args=[wish.uuid])
    assert (wish.relation, wish.topic, wish.together) == (cast.annas, "health", False)
    client = sign_in(cast.mette)
    assert there in client.get("/").content.decode()
    overview = reverse("residents:resident", args=[cast.bo.uuid])
    assert there in client.get(overview).content.decode()

    client.post(there)

    wish.refresh_from_db()
    assert wish.talked_by == cast.mette
    assert there not in client.get("/").content.decode()


def test_a_wish_may_be_about_nothing_in_particular(cast, sign_in):
    sign_in(cast.bos).post(
        reverse("consent:mine-talk"), {"relation": cast.idas.uuid, "topic": "economy"}
    )

    wish = TalkWish.objects.latest("pk")
    assert (wish.resident, wish.relation, wish.topic) == (cast.bo, None, "")


def test_a_wish_told_beside_the_employee_says_so(cast, beside_bo):
    beside_bo.post(page(cast, "talk"))

    assert TalkWish.objects.latest("pk").together


def test_a_page_that_does_not_exist_has_no_doors_either(cast, beside_bo):
    nowhere = beside_bo.get("/nowhere/")

    assert nowhere.status_code == 404
    assert nowhere.context["frame"].doors == []
    assert reverse("residents:residents") not in nowhere.content.decode()
