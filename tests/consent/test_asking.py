"""Staff ask a resident: what is refused at the field, and what is not lost."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from consent import actions
from consent.models import Consent, ConsentTalk
from consent.talk_fields import EXPLAINED, SHOWN, in_words
from portal import clock
from portal.drafts import new_slip
from relatives.models import Representation
from residents.models import Resident
from tests.conftest import tell
from tests.factories import RelationFactory

TODAY = clock.today


def page(relation):
    return reverse("consent:consent-ask", args=[relation.uuid])


def drawn(client, relation, **changes):
    """The form as it is drawn just now, filled in with a yes about the everyday."""
    form = client.get(page(relation)).context["form"]
    return {
        "slip": new_slip(form.by),
        "stood": form["stood"].value(),
        "given_by": "self",
        "until": (TODAY() + dt.timedelta(days=90)).isoformat(),
        "earlier_too": "on",
        "how_informed": "With pictures.",
        "how_expressed": "Said yes.",
        "capacity": "clear",
        "form": "written",
        "answer_daily": "yes",
        **changes,
    }


def days(number):
    return (TODAY() + dt.timedelta(days=number)).isoformat()


def grown(resident, years):
    """The resident is that old today."""
    Resident.objects.filter(pk=resident.pk).update(
        born_on=TODAY() - dt.timedelta(days=round(years * 365.25) + 30)
    )


def holder(resident, kind, **details):
    """Somebody who is a relative, and represents the resident by law."""
    return Representation.objects.create(
        relation=RelationFactory(resident=resident), kind=kind, **details
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts": days(10), "until": days(5)}, "until"),
        ({"starts": days(-1)}, "starts"),
        ({"until": days(-1)}, "until"),
        ({"until": days(366), "answer_daily": "", "answer_health": "yes"}, "until"),
        ({"ask_again_on": days(-1)}, "ask_again_on"),
        ({"ask_again_on": days(400)}, "ask_again_on"),
        ({"form": "oral", "oral_reason": "Cannot write"}, "witness"),
        ({"form": "oral", "witness": "Karen"}, "oral_reason"),
        ({"capacity": ""}, "capacity"),
        ({"capacity": "doubt"}, "capacity_note"),
        ({"capacity": "not", "capacity_note": "He says yes to all"}, "capacity"),
        ({"be_told_daily": "yes-co_decides"}, "be_told_daily"),
        ({"take_part_daily": "yes"}, "take_part_daily"),
        ({"given_by": "custody-1"}, "given_by"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_half_saved(
    cast, sign_in, changes, field
):
    client = sign_in(cast.mette)
    sent = drawn(client, cast.jenss, **changes)

    response = client.post(page(cast.jenss), sent)

    form = response.context["form"]
    assert field in form.errors
    assert not cast.jenss.consents.exists()
    # And nothing is lost.
    for name in set(sent) - {"slip"}:
        assert form[name].value() in (sent[name], True), name


def test_every_way_is_recorded_with_its_degree_and_its_words(cast, sign_in):
    client = sign_in(cast.mette)

    client.post(
        page(cast.jenss),
        drawn(
            client,
            cast.jenss,
            be_told_health="yes-important",
            be_contacted_health="no",
            take_part_meetings="yes-heard",
            take_part_goals="not_yet",
        ),
    )

    recorded = set(cast.jenss.consents.values_list("action", "topic", "answer"))
    assert recorded == {
        ("see", "daily", "yes"),
        ("be_told", "health", "yes"),
        ("be_contacted", "health", "no"),
        ("take_part", "meetings", "yes"),
        ("take_part", "goals", "not_yet"),
    }
    told, heard = (
        cast.jenss.consents.get(action=action, answer="yes")
        for action in ("be_told", "take_part")
    )
    assert (told.degree, heard.degree) == ("important", "heard")
    # The introduction, and a line for each question that was put.
    assert len(told.talk.text_shown.splitlines()) == 6


def test_it_may_begin_later_and_names_the_day_to_ask_again(cast, sign_in):
    client = sign_in(cast.mette)
    form = drawn(client, cast.jenss, starts=days(3), ask_again_on=days(30))
    del form["earlier_too"]

    client.post(page(cast.jenss), form)

    consent = cast.jenss.consents.get()
    assert consent.starts_at == clock.midnight(TODAY() + dt.timedelta(days=3))
    assert consent.since == consent.starts_at
    assert consent.ask_again_on == TODAY() + dt.timedelta(days=30)
    assert not Consent.objects.in_force().filter(pk=consent.pk).exists()


@pytest.mark.parametrize("answer", ["yes", "no", "not_yet"])
def test_who_did_not_understand_says_no_but_not_yes(cast, sign_in, answer):
    client = sign_in(cast.mette)

    client.post(
        page(cast.jenss),
        drawn(
            client,
            cast.jenss,
            answer_daily=answer,
            capacity="not",
            capacity_note="Says yes to all. Assessed by Karen.",
        ),
    )

    assert cast.jenss.consents.exists() == (answer != "yes")


@pytest.mark.parametrize("late", ["recorded", "stopped"])
def test_of_two_at_once_the_second_is_shown_what_the_first_recorded(
    cast, sign_in, late
):
    client = sign_in(cast.mette)
    sent = drawn(
        client, cast.annas, answer_daily="", answer_health="yes", answer_goals="yes"
    )
    if late == "stopped":
        actions.withdraw(cast.annas.consents.get(), by=cast.karen)
    else:
        tell(cast.annas, "health", by=cast.karen, answer="no")

    stale = client.post(page(cast.annas), sent)

    assert list(stale.context["form"].errors) == ["answer_health"]
    assert "Karen" in stale.context["form"].errors["answer_health"][0]
    assert not cast.annas.consents.filter(topic="goals").exists()
    # Looked at and saved again, it holds.
    sent["stood"] = stale.context["form"]["stood"].value()
    assert client.post(page(cast.annas), sent).status_code == 302
    assert cast.annas.consents.standing().get(topic="health").answer == "yes"


def test_what_was_answered_about_other_questions_disturbs_nobody(cast, sign_in):
    client = sign_in(cast.mette)
    sent = drawn(client, cast.annas)

    tell(cast.annas, "economy", by=cast.karen)

    assert client.post(page(cast.annas), sent).status_code == 302


def test_a_forged_list_of_what_stood_is_as_good_as_none(cast, sign_in):
    client = sign_in(cast.mette)
    for nonsense in ("health.see.x", "....", "health", "æ.ø.٣"):
        sent = drawn(client, cast.annas, answer_health="no", stood=nonsense)
        assert client.post(page(cast.annas), sent).status_code == 200


def test_one_of_two_holders_of_custody_cannot_say_yes_alone(cast, sign_in):
    grown(cast.bo, 12)
    one = holder(cast.bo, "shared_custody")
    other = holder(cast.bo, "shared_custody")
    client = sign_in(cast.mette)
    send = {"capacity": ""}

    alone = client.post(
        page(cast.jenss),
        drawn(client, cast.jenss, given_by=f"custody-{one.pk}", **send),
    )
    assert list(alone.context["form"].errors) == ["given_by"]

    both = client.post(
        page(cast.jenss),
        drawn(client, cast.jenss, given_by=f"custody-{one.pk}-{other.pk}", **send),
    )
    assert both.status_code == 302
    talk = ConsentTalk.objects.get(answers__relation=cast.jenss)
    assert (talk.representation, talk.agreed_too) == (one, other)


def test_who_is_under_15_is_told_that_others_say_yes(cast, sign_in):
    grown(cast.bo, 12)
    client = sign_in(cast.mette)

    drawing = client.get(page(cast.jenss))
    refused = client.post(page(cast.jenss), drawn(client, cast.jenss))

    assert drawing.context["form"].whole_to_consider()
    assert "answer_daily" in refused.context["form"].errors


def test_a_co_guardian_answers_together_with_the_resident(cast, sign_in):
    guardian = holder(cast.bo, "joint", topics=["economy"])
    client = sign_in(cast.mette)
    money = {"answer_daily": "", "answer_economy": "yes"}

    alone = client.post(page(cast.jenss), drawn(client, cast.jenss, **money))
    client.post(
        page(cast.jenss),
        drawn(client, cast.jenss, given_by=f"jointly-{guardian.pk}", **money),
    )

    assert "answer_economy" in alone.context["form"].errors
    assert cast.jenss.consents.get().talk.given_by == "jointly"


def test_a_representation_that_ended_meanwhile_answers_no_more(cast, sign_in):
    guardian = holder(cast.bo, "incapacitated")
    client = sign_in(cast.mette)
    sent = drawn(
        client,
        cast.jenss,
        given_by=f"legal_guardian-{guardian.pk}",
        answer_daily="",
        answer_economy="yes",
    )
    Representation.objects.filter(pk=guardian.pk).update(
        starts_on=TODAY() - dt.timedelta(days=9),
        ends_on=TODAY() - dt.timedelta(days=1),
    )

    refused = client.post(page(cast.jenss), sent)

    assert "given_by" in refused.context["form"].errors


def test_a_relative_of_another_resident_is_not_on_the_page_at_all(cast, sign_in):
    assert sign_in(cast.mette).get(page(cast.idas)).status_code == 404


def test_what_was_answered_before_stands_beside_the_question(cast, sign_in):
    tell(cast.annas, "economy", by=cast.karen, answer="no")
    actions.withdraw(cast.annas.consents.get(topic="health"), by=cast.mette)
    actions.mark_in_error(
        tell(cast.annas, "goals", by=cast.mette), why="Another Bo", by=cast.mette
    )

    form = sign_in(cast.mette).get(page(cast.annas)).context["form"]

    assert set(form.before) == {
        ("economy", "see"),
        ("health", "see"),
        ("goals", "see"),
    }
    for topic in ("economy", "health", "goals"):
        assert form.before[topic, "see"] in form[f"answer_{topic}"].help_text


def test_doubt_at_an_earlier_talk_is_told_before_the_next(cast, sign_in):
    client = sign_in(cast.mette)
    before = client.get(page(cast.jenss)).context["form"].whole_to_consider()

    client.post(
        page(cast.annas),
        drawn(client, cast.annas, capacity="doubt", capacity_note="Changed his mind."),
    )

    after = client.get(page(cast.jenss)).context["form"].whole_to_consider()
    assert len(after) == len(before) + 1


def test_a_draft_keeps_the_answers_too(cast, sign_in):
    client = sign_in(cast.mette)
    sent = drawn(client, cast.jenss, answer_goals="no", be_told_health="yes-important")

    client.post(reverse("draft"), sent | {"draft_of": page(cast.jenss)})

    form = client.get(page(cast.jenss)).context["form"]
    assert form["answer_goals"].value() == "no"
    assert form["be_told_health"].value() == "yes-important"


@pytest.mark.parametrize("answers", [1, 3])
def test_asking_costs_the_same_after_few_and_many_answers(
    cast, sign_in, django_assert_num_queries, answers
):
    for topic in ("daily", "economy", "goals")[:answers]:
        tell(cast.jenss, topic, by=cast.mette)
    client = sign_in(cast.mette)
    client.get("/")

    with django_assert_num_queries(12, exact=False):
        client.get(page(cast.jenss))


def test_how_it_was_asked_is_pressed_and_what_else_there_was_is_written(cast, sign_in):
    client = sign_in(cast.mette)
    sent = drawn(
        client,
        cast.jenss,
        explained=["easy", "pictures"],
        how_informed="",
        shown=["pointed"],
        how_expressed="Twice.",
    )

    assert client.post(page(cast.jenss), sent).status_code == 302

    talk = cast.jenss.consents.get().talk
    with translation.override("da"):
        assert talk.how_informed == in_words(EXPLAINED, ["pictures", "easy"], "")
        assert talk.how_expressed == in_words(SHOWN, ["pointed"], "Twice.")


def test_what_was_pressed_and_written_is_one_text():
    with translation.override("en"):
        assert in_words(EXPLAINED, ["easy", "pictures"], "") == (
            "With pictures, in easy words."
        )
        assert in_words(SHOWN, ["pointed"], "Twice.") == "Pointed at a picture. Twice."
        assert in_words(SHOWN, [], "Twice.") == "Twice."


def test_no_form_of_answer_is_chosen_for_whoever_asks(cast, sign_in):
    form = sign_in(cast.mette).get(page(cast.jenss)).context["form"]

    assert not form["form"].value()
