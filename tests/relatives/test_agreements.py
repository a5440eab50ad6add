"""Agreements at work: recorded, changed without loss, done, ended, answered."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import translation

from portal import clock
from portal.drafts import new_slip
from portal.models import AuditEvent
from relatives import actions
from relatives.models import Agreement
from residents.topics import Topic
from tests.factories import AgreementFactory, AgreementReplyFactory, RelationFactory
from tests.letters import gathered


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


def filled_in(user, **changes):
    return {
        "slip": new_slip(user),
        "text": "Anna calls on Sundays.",
        "topic": "daily",
        "responsible": "staff",
        **changes,
    }


def record(client, resident, data):
    return client.post(
        reverse("relatives:agreement-record", args=[resident.uuid]), data
    )


def change(client, agreement, data):
    return client.post(
        reverse("relatives:agreement-change", args=[agreement.uuid]), data
    )


def press(client, name, agreement):
    return client.post(reverse(f"relatives:agreement-{name}", args=[agreement.uuid]))


def page(client, agreement):
    return client.get(reverse("relatives:agreement", args=[agreement.uuid]))


def verbs(about):
    subject = f"{about._meta.label_lower}:{about.pk}"
    return list(
        AuditEvent.objects.filter(subject=subject).values_list("verb", flat=True)
    )


def test_an_agreement_is_recorded_once_however_often_the_button_is_pressed(
    cast, sign_in
):
    client, data = sign_in(cast.mette), filled_in(cast.mette)

    first = record(client, cast.bo, data)
    second = record(client, cast.bo, data)

    agreement = Agreement.objects.get(text="Anna calls on Sundays.")
    assert first.url == second.url
    assert first.url == reverse("relatives:agreement", args=[agreement.uuid])
    assert (agreement.resident, agreement.recorded_by) == (cast.bo, cast.mette)
    assert verbs(agreement) == ["agreement.recorded"]


def test_a_certain_relative_is_responsible(cast, sign_in):
    chosen = f"relative:{cast.annas.relative.uuid}"

    record(sign_in(cast.mette), cast.bo, filled_in(cast.mette, responsible=chosen))

    agreement = Agreement.objects.get(text="Anna calls on Sundays.")
    assert agreement.responsible == "relative"
    assert agreement.responsible_relative == cast.annas.relative


def test_a_minor_relative_is_given_no_task(cast, sign_in):
    child = RelationFactory(
        resident=cast.bo,
        relative__given_name="Storm",
        relative__born_on=clock.today() - dt.timedelta(days=15 * 365),
    ).relative
    client = sign_in(cast.mette)
    data = filled_in(cast.mette, responsible=f"relative:{child.uuid}")

    response = record(client, cast.bo, data)

    [said] = response.context["form"].errors["responsible"]
    assert said.startswith("Storm is under 18.")
    assert not Agreement.objects.filter(text=data["text"]).exists()
    with pytest.raises(ValueError, match="under 18"):
        actions.record_agreement(
            resident=cast.bo,
            topic=Topic.DAILY,
            text="Storm interprets.",
            responsible="relative",
            responsible_relative=child,
            by=cast.mette,
        )


def test_a_stranger_is_given_no_task(cast, sign_in):
    stranger = RelationFactory(resident=cast.ida).relative
    data = filled_in(cast.mette, responsible=f"relative:{stranger.uuid}")

    response = record(sign_in(cast.mette), cast.bo, data)

    assert "responsible" in response.context["form"].errors
    with pytest.raises(ValueError, match="not the resident's"):
        actions.change_agreement(
            cast.dentist,
            uuid=uuid.uuid4(),
            topic=Topic.HEALTH,
            text="Dentist",
            responsible="relative",
            responsible_relative=stranger,
            by=cast.mette,
        )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"text": "x" * 2001}, "text"),
        ({"topic": ""}, "topic"),
        ({"topic": "everything"}, "topic"),
        ({"responsible": ""}, "responsible"),
        ({"responsible": "relative:nonsense"}, "responsible"),
        ({"responsible": "other"}, "responsible_other"),
        ({"due_on": "2026-02-30"}, "due_on"),
        ({"due_on": "2020-01-01"}, "due_on"),
        ({"follow_up_on": "9999-01-01"}, "follow_up_on"),
        ({"slip": "forged"}, "slip"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_lost(
    cast, sign_in, changes, field
):
    response = record(sign_in(cast.mette), cast.bo, filled_in(cast.mette, **changes))

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["text"].value() == changes.get(
        "text", "Anna calls on Sundays."
    )


def test_a_change_is_a_new_version_and_the_old_one_is_kept_and_shown(cast, sign_in):
    client = sign_in(cast.mette)

    response = change(client, cast.dentist, filled_in(cast.mette, topic="health"))

    new = Agreement.objects.get(replaces=cast.dentist)
    assert response.url == reverse("relatives:agreement", args=[new.uuid])
    assert list(
        Agreement.objects.filter(resident=cast.bo, topic="health").current()
    ) == [new]
    shown = page(client, new).content.decode()
    assert "Dentist" in shown
    assert "Anna calls on Sundays." in shown
    assert verbs(new) == ["agreement.changed"]


def test_pressing_twice_makes_one_version(cast, sign_in):
    client, data = sign_in(cast.mette), filled_in(cast.mette)

    first, second = (change(client, cast.dentist, data) for _time in range(2))

    assert first.url == second.url
    assert Agreement.objects.filter(replaces=cast.dentist).count() == 1


def test_who_comes_second_sees_both_texts_and_loses_nothing(cast, sign_in):
    change(
        sign_in(cast.karen), cast.dentist, filled_in(cast.karen, text="Karen's text")
    )
    client, data = sign_in(cast.mette), filled_in(cast.mette, text="Mette's text")

    response = change(client, cast.dentist, data)

    newest = Agreement.objects.get(replaces=cast.dentist)
    assert response.status_code == 409
    shown = response.content.decode()
    assert "Karen&#x27;s text" in shown
    assert "Mette&#x27;s text" in shown
    assert newest.text == "Karen's text"
    kept = client.get(response.context["form"].path)
    assert kept.context["form"].initial["text"] == "Mette's text"
    saved = client.post(response.context["form"].path, data)
    assert saved.status_code == 302
    assert Agreement.objects.get(replaces=newest).text == "Mette's text"


def test_a_button_on_an_old_page_leads_to_the_version_in_force(cast, sign_in):
    new = actions.change_agreement(
        cast.dentist, uuid=uuid.uuid4(), topic="health", text="New", by=cast.karen
    )
    client = sign_in(cast.mette)
    there = reverse("relatives:agreement", args=[new.uuid])

    assert press(client, "done", cast.dentist).url == there
    assert press(client, "end", cast.dentist).url == there
    assert (
        client.get(reverse("relatives:agreement-change", args=[cast.dentist.uuid])).url
        == there
    )
    new.refresh_from_db()
    assert (new.done_on, new.ended_on) == (None, None)


def test_saving_what_was_there_already_is_no_new_version(cast, sign_in):
    data = filled_in(cast.mette, text="Dentist", topic="health")

    response = change(sign_in(cast.mette), cast.dentist, data)

    assert response.context["form"].non_field_errors() == [
        "You have not changed anything."
    ]
    assert not Agreement.objects.filter(replaces=cast.dentist).exists()


def test_an_agreement_is_done_and_not_done_after_all(cast, sign_in):
    client = sign_in(cast.mette)

    press(client, "done", cast.dentist)
    press(client, "done", cast.dentist)
    cast.dentist.refresh_from_db()
    assert (cast.dentist.done_on, cast.dentist.done_by) == (clock.today(), cast.mette)
    assert cast.dentist not in Agreement.objects.open()

    press(client, "reopen", cast.dentist)
    cast.dentist.refresh_from_db()
    assert cast.dentist.done_on is None
    assert verbs(cast.dentist) == ["agreement.done", "agreement.reopened"]


def test_an_ended_agreement_says_who_ended_it_and_can_be_read(cast, sign_in):
    client = sign_in(cast.mette)

    press(client, "end", cast.dentist)
    press(client, "end", cast.dentist)

    cast.dentist.refresh_from_db()
    assert (cast.dentist.ended_on, cast.dentist.ended_by) == (clock.today(), cast.mette)
    assert verbs(cast.dentist) == ["agreement.ended"]
    assert "Ended by Mette" in page(client, cast.dentist).content.decode()
    assert change(client, cast.dentist, filled_in(cast.mette)).status_code == 409


def test_a_new_version_answers_the_wishes_for_a_change(cast, sign_in):
    change(sign_in(cast.karen), cast.dentist, filled_in(cast.karen, topic="health"))

    cast.wish.refresh_from_db()
    assert (cast.wish.answered_by, cast.wish.answer) == (cast.karen, "")
    assert verbs(cast.wish) == ["agreement.change_answered"]


def answer(client, reply, user, text):
    return client.post(
        reverse("relatives:change-answer", args=[reply.uuid]),
        {"slip": new_slip(user), "answer": text},
    )


def test_an_answer_in_words_is_given_once_and_the_second_sees_the_first(cast, sign_in):
    client = sign_in(cast.mette)
    answer(client, cast.wish, cast.mette, "We shall ask.")
    again = answer(client, cast.wish, cast.mette, "We shall ask.")
    assert again.status_code == 302

    response = answer(sign_in(cast.karen), cast.wish, cast.karen, "Certainly not.")

    assert "We shall ask." in response.content.decode()
    assert "Certainly not." in response.content.decode()
    cast.wish.refresh_from_db()
    assert (cast.wish.answer, cast.wish.answered_by) == ("We shall ask.", cast.mette)


def test_the_answer_tells_the_relative_that_something_waits(cast, sign_in):
    answer(sign_in(cast.mette), cast.wish, cast.mette, "We shall ask.")

    [message] = gathered()
    assert (message.to, message.template) == (cast.anna, "agreement-waiting")


def test_what_was_answered_cannot_be_asked_for_as_if_it_were_open(cast, sign_in):
    agreed = AgreementReplyFactory(
        agreement=cast.dentist, relative=cast.rikkes.relative, kind="agreed", text=""
    )

    assert answer(sign_in(cast.mette), agreed, cast.mette, "?").status_code == 404


def test_overdue_comes_first_on_the_residents_page(cast, sign_in):
    today = clock.today()
    later, overdue, soon = (
        AgreementFactory(resident=cast.bo, due_on=today + dt.timedelta(days=days))
        for days in (9, -3, 2)
    )
    done = AgreementFactory(resident=cast.bo, done_on=today, done_by=cast.mette)

    response = sign_in(cast.mette).get(
        reverse("relatives:resident-agreements", args=[cast.bo.uuid])
    )

    shown = [reading.agreement for reading in response.context["readings"]]
    assert shown == [overdue, soon, later, cast.dentist, cast.pocket_money]
    assert [reading.agreement for reading in response.context["past"]] == [done]
    assert "Overdue:" in response.content.decode()


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        ("", {"late", "soon", "Dentist", "Pocket money"}),
        ("overdue", {"late"}),
        ("follow-up", {"soon"}),
        ("change", {"Dentist"}),
        ("nonsense", {"late", "soon", "Dentist", "Pocket money"}),
    ],
)
def test_the_list_of_a_department_shows_what_is_asked_for(
    cast, sign_in, show, expected
):
    today = clock.today()
    AgreementFactory(resident=cast.bo, text="late", due_on=today - dt.timedelta(days=1))
    AgreementFactory(resident=cast.bo, text="soon", follow_up_on=today)

    response = sign_in(cast.mette).get(
        reverse("relatives:agreements"), {"show": show, "page": "-7\x00"}
    )

    assert {r.agreement.text for r in response.context["readings"]} == expected


def test_a_manager_who_is_an_aunt_elsewhere_reads_nothing_of_it_at_work(cast, sign_in):
    own = AgreementFactory(resident__department=cast.elsewhere, text="At work")

    response = sign_in(cast.rikke).get(reverse("relatives:agreements"))

    assert [r.agreement for r in response.context["readings"]] == [own]


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_ask_the_same_questions_for_one_and_for_three(
    cast, sign_in, django_assert_num_queries, count
):
    for _number in range(count):
        agreement = AgreementFactory(
            resident=cast.bo,
            responsible="relative",
            responsible_relative=cast.annas.relative,
        )
        AgreementReplyFactory(agreement=agreement, relative=cast.annas.relative)
    client = sign_in(cast.mette)

    with django_assert_num_queries(6):
        client.get(reverse("relatives:agreements"))
    with django_assert_num_queries(6):
        client.get(reverse("relatives:resident-agreements", args=[cast.bo.uuid]))
