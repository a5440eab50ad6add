"""The resident's own page: who may know what about me, one question a page, and a stop."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from consent import actions, texts
from consent.models import Consent, ConsentTalk
from portal import clock
from portal.drafts import new_slip
from relatives.models import Representation
from residents.models import Grant
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import RelationFactory, RelativeFactory


def question(relation, topic, page="question"):
    return reverse(f"consent:mine-{page}", args=[relation.uuid, topic])


def shared_with(user, resident):
    return set(
        Grant.objects.filter(user=user, content_object=resident).values_list(
            "topic", flat=True
        )
    )


def form(client, relation, topic, answer):
    """What the page sends when that button is pressed."""
    page = client.get(question(relation, topic)).content.decode()
    return {
        "slip": re.search(r'name="slip" value="([^"]+)"', page)[1],
        "stood": re.search(r'name="stood" value="([^"]*)"', page)[1],
        "answer": answer,
    }


def say(client, relation, topic, answer):
    return client.post(
        question(relation, topic), form(client, relation, topic, answer), follow=True
    )


def words(response):
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main")]
    return " ".join(strip_tags(main).split())


# At a glance


def test_the_resident_reads_who_may_know_what(cast, sign_in):
    tell(cast.jenss, Topic.DAILY, answer="no", by=cast.mette)
    tell(cast.rikkes, Topic.GOALS, by=cast.mette, action="be_told")
    Representation.objects.create(
        relation=cast.jenss, kind="economic", starts_on=dt.date(2020, 1, 1)
    )

    response = sign_in(cast.bos).get(reverse("consent:mine"))

    seen = {
        one.name: {q.topic: q.state for q in one.questions if q.state}
        for one in response.context["everybody"]
    }
    assert seen == {
        "Anna": {"health": "yes"},
        "Jens": {"daily": "no", "economy": "law"},
        "Rikke": {"health": "yes", "economy": "yes"},
    }
    rikke = response.context["everybody"][2]
    assert [c.topic for c in rikke.besides] == ["goals"]


def test_what_has_ended_is_shown_and_asked_again(cast, sign_in, move_clock):
    move_clock(clock.now() + dt.timedelta(days=400))

    page = sign_in(cast.bos).get(reverse("consent:mine"))
    anna = page.context["everybody"][0]

    assert [one.topic for one in anna.ended] == ["health"]
    assert "health" in [one.topic for one in anna.open]


def test_two_of_one_name_are_told_apart(cast, sign_in):
    other = RelationFactory(
        resident=cast.bo,
        relative=RelativeFactory(given_name="Anna", family_name="Vest"),
    )

    page = words(sign_in(cast.bos).get(question(other, "health")))

    assert "Anna Vest" in page


@pytest.mark.parametrize(
    ("page", "names"), [("mine", 0), ("mine-person", 1), ("mine-question", 2)]
)
@pytest.mark.parametrize("relatives", [1, 3])
def test_the_pages_ask_the_same_for_one_relative_and_for_three(
    cast, sign_in, django_assert_max_num_queries, page, names, relatives
):
    for relation in list(cast.bo.relations.exclude(pk=cast.annas.pk))[relatives - 1 :]:
        relation.ended_at, relation.ended_by = clock.now(), cast.mette
        relation.save()
    client = sign_in(cast.bos)
    client.get("/")
    arguments = [cast.annas.uuid, "health"][:names]

    with django_assert_max_num_queries(12):
        client.get(reverse(f"consent:{page}", args=arguments))


# One question a page


def test_a_yes_holds_from_now_for_a_year_and_is_kept_word_for_word(cast, sign_in):
    receipt = say(sign_in(cast.bos), cast.jenss, "daily", "yes")

    consent = cast.jenss.consents.get()
    assert shared_with(cast.jens, cast.bo) == {"daily"}
    assert consent.last_day == actions.last_day_of_a_yes()
    talk = consent.talk
    assert (talk.form, talk.given_by, talk.together) == ("written", "self", False)
    assert (talk.recorded_by, talk.text_version) == (cast.bos, texts.VERSION)
    page = words(sign_in(cast.bos).get(question(cast.jenss, "daily")))
    for line in talk.text_shown.splitlines():
        assert line in page
    assert receipt.redirect_chain[-1][0] == reverse(
        "consent:mine-answer", args=[consent.uuid]
    )


def test_a_no_takes_effect_at_once_also_on_what_staff_may_say(cast, sign_in):
    tell(cast.annas, Topic.HEALTH, by=cast.mette, action="be_told")

    receipt = say(sign_in(cast.bos), cast.annas, "health", "no")

    assert shared_with(cast.anna, cast.bo) == set()
    assert not cast.annas.tellings.exists()
    assert texts.receipt(cast.annas.consents.get(closed_at=None), "Anna") in words(
        receipt
    )


def test_not_knowing_yet_shares_nothing(cast, sign_in):
    say(sign_in(cast.bos), cast.annas, "health", "not_yet")

    assert shared_with(cast.anna, cast.bo) == set()
    assert cast.annas.consents.get(closed_at=None).answer == "not_yet"


def test_a_second_press_is_the_same_answer(cast, sign_in):
    client = sign_in(cast.bos)
    pressed = form(client, cast.jenss, "daily", "yes")

    first = client.post(question(cast.jenss, "daily"), pressed)
    second = client.post(question(cast.jenss, "daily"), pressed)

    assert first.url == second.url
    assert cast.jenss.consents.count() == 1


def test_a_yes_and_then_a_no_on_the_same_page_is_a_no(cast, sign_in):
    client = sign_in(cast.bos)
    pressed = form(client, cast.jenss, "daily", "yes")
    client.post(question(cast.jenss, "daily"), pressed)

    client.post(question(cast.jenss, "daily"), pressed | {"answer": "no"})

    assert shared_with(cast.jens, cast.bo) == set()


def test_a_no_and_then_a_yes_on_the_same_page_is_asked_again(cast, sign_in):
    client = sign_in(cast.bos)
    pressed = form(client, cast.jenss, "daily", "no")
    client.post(question(cast.jenss, "daily"), pressed)

    again = client.post(question(cast.jenss, "daily"), pressed | {"answer": "yes"})

    assert again.url == question(cast.jenss, "daily")
    assert shared_with(cast.jens, cast.bo) == set()


@pytest.mark.parametrize("answer", ["yes", "not_yet"])
def test_an_old_page_does_not_change_a_newer_answer(cast, sign_in, answer):
    client = sign_in(cast.bos)
    old = form(client, cast.jenss, "daily", answer)
    newer = tell(cast.jenss, Topic.DAILY, answer="no", by=cast.mette)

    response = client.post(question(cast.jenss, "daily"), old, follow=True)

    assert str(texts.answered_meanwhile()) in words(response)
    assert cast.jenss.consents.get() == newer


def test_a_no_on_an_old_page_closes_what_was_opened_meanwhile(cast, sign_in):
    client = sign_in(cast.bos)
    old = form(client, cast.jenss, "daily", "no")
    tell(cast.jenss, Topic.DAILY, by=cast.mette)

    client.post(question(cast.jenss, "daily"), old)

    assert shared_with(cast.jens, cast.bo) == set()


@pytest.mark.parametrize(
    "wrong",
    [{"answer": "always"}, {"answer": ""}, {"slip": "forged"}, {"slip": ""}],
)
def test_what_no_button_sends_records_nothing(cast, sign_in, wrong):
    client = sign_in(cast.bos)

    response = client.post(
        question(cast.jenss, "daily"), form(client, cast.jenss, "daily", "yes") | wrong
    )

    assert response.status_code == 200
    assert not cast.jenss.consents.exists()


def test_the_slip_of_one_question_answers_no_other(cast, sign_in):
    client = sign_in(cast.bos)
    pressed = form(client, cast.jenss, "daily", "yes")
    client.post(question(cast.jenss, "daily"), pressed)

    client.post(question(cast.jenss, "economy"), pressed)

    assert shared_with(cast.jens, cast.bo) == {"daily"}


def test_a_question_that_is_none_is_not_there(cast, sign_in):
    client = sign_in(cast.bos)

    assert client.get(question(cast.jenss, "everything")).status_code == 404
    assert client.get(question(cast.idas, "economy")).status_code == 404
    assert client.post(question(cast.idas, "economy", "stop")).status_code == 404
    assert shared_with(cast.anna, cast.ida) == {"economy"}


def test_the_questions_come_one_after_another_until_none_is_left(cast, sign_in):
    client = sign_in(cast.bos)
    asked, topic = [], "daily"

    while topic:
        page = say(client, cast.annas, topic, "no")
        asked.append(topic)
        following = page.context["next"]
        topic = following and following.topic

    assert asked == [topic for topic in Topic.values if topic != "health"]


# Take it back, and stop


def undo(client, consent, slip):
    return client.post(
        reverse("consent:mine-undo", args=[consent.uuid]), {"slip": slip}, follow=True
    )


def test_a_no_taken_back_is_the_yes_that_stood_and_no_longer(cast, sign_in):
    before = cast.annas.consents.get()
    client = sign_in(cast.bos)
    say(client, cast.annas, "health", "no")
    slip = new_slip(cast.bos)

    undo(client, cast.annas.consents.get(closed_at=None), slip)
    undo(client, cast.annas.consents.get(closed_at=None), slip)

    assert shared_with(cast.anna, cast.bo) == {"health"}
    rows = [(c.answer, c.ends_at) for c in cast.annas.consents.all()]
    assert [answer for answer, _end in rows] == ["yes", "no", "yes"]
    assert rows[-1][1] == before.ends_at


def test_a_first_yes_taken_back_is_not_known_yet(cast, sign_in):
    client = sign_in(cast.bos)
    say(client, cast.jenss, "daily", "yes")

    undo(client, cast.jenss.consents.get(), new_slip(cast.bos))

    assert shared_with(cast.jens, cast.bo) == set()
    assert cast.jenss.consents.get(closed_at=None).answer == "not_yet"


def test_an_answer_that_another_has_changed_cannot_be_taken_back(cast, sign_in):
    client = sign_in(cast.bos)
    say(client, cast.annas, "health", "no")
    no = cast.annas.consents.get(closed_at=None)
    newer = tell(cast.annas, Topic.HEALTH, answer="not_yet", by=cast.mette)

    undo(client, no, new_slip(cast.bos))

    assert cast.annas.consents.get(closed_at=None) == newer


def test_after_an_hour_the_question_is_asked_again_instead(cast, sign_in, move_clock):
    client = sign_in(cast.bos)
    say(client, cast.annas, "health", "no")
    no = cast.annas.consents.get(closed_at=None)
    move_clock(clock.now() + dt.timedelta(hours=2))

    undo(client, no, new_slip(cast.bos))

    assert cast.annas.consents.get(closed_at=None) == no


def test_stop_to_one_topic_takes_effect_at_once(cast, sign_in):
    client = sign_in(cast.bos)

    response = client.post(question(cast.rikkes, "health", "stop"), follow=True)

    assert shared_with(cast.rikke, cast.bo) == {"economy"}
    stopped = cast.rikkes.consents.get(topic="health")
    assert (stopped.closed_by, stopped.closed_how) == (cast.bos, "in_portal")
    assert texts.receipt(stopped, "Rikke") in words(response)
    undo(client, stopped, new_slip(cast.bos))
    assert shared_with(cast.rikke, cast.bo) == {"health", "economy"}


def test_stop_to_everything_with_one_person_leaves_the_others(cast, sign_in):
    tell(cast.rikkes, Topic.GOALS, by=cast.mette, action="be_contacted")

    response = sign_in(cast.bos).post(
        reverse("consent:mine-stop-all", args=[cast.rikkes.uuid]), follow=True
    )

    assert shared_with(cast.rikke, cast.bo) == set()
    assert not cast.rikkes.consents.in_force().exists()
    assert shared_with(cast.anna, cast.bo) == {"health"}
    assert response.status_code == 200


def test_after_stop_an_empty_portal_at_the_relatives_next_click(cast, client):
    client.force_login(cast.anna, "portal.backends.Backend")
    page = reverse("news:entry", args=[cast.checkup.address])
    assert client.get(page).status_code == 200
    actions.stop_everything(relation=cast.annas, by=cast.bos, together=False)

    assert client.get(page).status_code == 404


def test_stop_before_anything_was_said_does_nothing(cast, sign_in):
    client = sign_in(cast.bos)

    client.post(question(cast.jenss, "daily", "stop"))
    client.post(reverse("consent:mine-stop-all", args=[cast.jenss.uuid]))

    assert not cast.jenss.consents.exists()


# What the law says


def test_what_the_law_opens_is_no_question(cast, sign_in):
    Representation.objects.create(
        relation=cast.jenss, kind="economic", starts_on=dt.date(2020, 1, 1)
    )
    client = sign_in(cast.bos)

    page = client.get(question(cast.jenss, "economy"))

    assert texts.by_law("economy", "Jens") in words(page)
    assert client.post(question(cast.jenss, "economy"), {}).status_code == 403


@pytest.mark.parametrize(("age", "alone"), [(14, False), (15, True), (18, True)])
def test_below_15_a_yes_takes_an_adult_and_a_no_does_not(cast, sign_in, age, alone):
    today = clock.today()
    cast.bo.born_on = today.replace(year=today.year - age)
    cast.bo.save()
    client = sign_in(cast.bos)
    pressed = form(client, cast.rikkes, "health", "yes")

    yes = client.post(question(cast.rikkes, "health"), pressed)
    client.post(
        question(cast.rikkes, "economy"),
        form(client, cast.rikkes, "economy", "no"),
    )

    assert yes.status_code == (302 if alone else 403)
    assert (
        cast.rikkes.consents.filter(topic="health", talk__recorded_by=cast.bos).exists()
        is alone
    )
    assert "economy" not in shared_with(cast.rikke, cast.bo)


@pytest.mark.parametrize(
    ("kind", "topics", "not_alone"),
    [
        ("personal", ["daily"], {"daily"}),
        ("future_power", ["goals"], {"goals"}),
        ("incapacitated", [], {"economy"}),
        ("joint", [], {"economy"}),
        ("economic", [], set()),
    ],
)
def test_a_guardian_answers_too_within_the_guardianship(
    cast, sign_in, kind, topics, not_alone
):
    Representation.objects.create(
        relation=cast.rikkes,
        kind=kind,
        topics=topics,
        starts_on=dt.date(2020, 1, 1),
    )
    client = sign_in(cast.bos)

    pages = {t: client.get(question(cast.jenss, t)) for t in Topic.values}

    refused = {t for t, page in pages.items() if not page.context["may_say_yes"]}
    assert refused == not_alone
    for topic in refused:
        assert "Rikke" in words(pages[topic])
        pressed = form(client, cast.jenss, topic, "yes")
        assert client.post(question(cast.jenss, topic), pressed).status_code == 403
    assert not cast.jenss.consents.exists()


def test_what_a_guardian_said_yes_to_the_resident_can_stop(cast, sign_in):
    cast.bo.born_on = clock.today() - dt.timedelta(days=365 * 12)
    cast.bo.save()
    client = sign_in(cast.bos)

    client.post(question(cast.annas, "health", "stop"))

    stopped = cast.annas.consents.get()
    assert stopped.closed_because == Consent.Closed.WITHDRAWN
    again = client.post(
        reverse("consent:mine-undo", args=[stopped.uuid]),
        {"slip": new_slip(cast.bos)},
    )
    # What takes another's yes is not opened by a press of undo.
    assert again.status_code == 403
    assert shared_with(cast.anna, cast.bo) == set()
    assert ConsentTalk.objects.filter(recorded_by=cast.bos).count() == 0
