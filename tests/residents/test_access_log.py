"""Managers read who has looked, and look at some reads of each month."""

import datetime as dt

import pytest
from django.urls import reverse

from portal import clock
from residents import actions
from residents.log_lines import of
from residents.models import AccessEvent, SampledRead
from tests.factories import AccessEventFactory, EmploymentFactory, ResidentFactory

LOG, SAMPLE = reverse("residents:access-log"), reverse("residents:access-sample")


def about(client, **asked):
    lines = client.get(LOG, asked).context["lines"]
    return {(line.event.user.name, line.event.resident.given_name) for line in lines}


def test_a_manager_reads_the_log_of_the_department_and_no_other(cast, sign_in):
    assert about(sign_in(cast.karen)) == {("Mette", "Bo")}
    assert about(sign_in(cast.clara)) == {
        ("Mette", "Bo"),
        ("Tim", "Ida"),
        ("Karen", "Bo"),
    }
    assert about(sign_in(cast.rikke)) == set()


def test_who_manages_one_department_and_works_in_another_reads_the_log_of_the_one(
    cast, sign_in
):
    EmploymentFactory(user=cast.karen, department=cast.bakken)

    assert about(sign_in(cast.karen)) == {("Mette", "Bo")}
    assert {event.resident for event in AccessEvent.objects.visible_to(cast.karen)} == {
        cast.bo
    }


def test_whoever_manages_nothing_reads_no_log(cast, sign_in):
    assert sign_in(cast.mette).get(LOG).status_code == 403


def test_the_log_is_of_staff_alone(cast, sign_in):
    sign_in(cast.anna).get(reverse("news:entry", args=[cast.checkup.address]))

    assert about(sign_in(cast.karen)) == {("Mette", "Bo")}


def test_one_employee_one_resident_or_one_day(cast, sign_in):
    sign_in(cast.mette).get(reverse("residents:resident", args=[cast.bo.uuid]))
    client = sign_in(cast.clara)

    assert about(client, resident=str(cast.ida.uuid)) == {("Tim", "Ida")}
    assert about(client, employee=str(cast.mette.uuid)) == {("Mette", "Bo")}
    today = clock.today()
    lines = client.get(
        LOG, {"employee": str(cast.mette.uuid), "day": today.isoformat()}
    ).context["lines"]
    assert {line.event.at.astimezone(clock.DENMARK).date() for line in lines} == {today}


@pytest.mark.parametrize("name", ["employee", "resident", "day", "before"])
@pytest.mark.parametrize(
    "value", ["\x00", "x", "9" * 30, "2026-02-30", "-1", "0001-01-01", "9999-12-31"]
)
def test_impossible_wishes_are_none(cast, sign_in, name, value):
    assert sign_in(cast.karen).get(LOG, {name: value}).status_code == 200


def test_the_list_goes_on(cast, sign_in):
    AccessEventFactory.create_batch(60, resident=cast.bo, user=cast.mette)
    client = sign_in(cast.karen)

    first = client.get(LOG)
    second = client.get(LOG, {"before": first.context["older"]})

    numbers = [
        line.event.pk for page in (first, second) for line in page.context["lines"]
    ]
    assert len(set(numbers)) == len(numbers) >= 61


def test_what_is_worth_a_look_is_said(cast):
    night = dt.datetime(2026, 10, 5, 3, 0, tzinfo=clock.DENMARK)
    day = night.replace(hour=10)
    cast.mette.name = "Mette Holm"
    cast.mette.save()
    odd = AccessEventFactory(resident=cast.bo, user=cast.mette, at=night)
    plain = AccessEventFactory(resident=cast.bo, user=cast.tim, at=day)
    for _number in range(12):
        busy = AccessEventFactory(
            resident=ResidentFactory(department=cast.aakanden),
            user=cast.karen,
            at=day,
        )

    flags = [[str(flag) for flag in line.flags] for line in of([odd, plain, busy])]

    assert [len(one) for one in flags] == [2, 0, 1]


def test_a_busy_hour_is_counted_to_its_end_whichever_page_it_is_read_on(cast):
    hour = dt.datetime(2026, 10, 5, 10, 0, tzinfo=clock.DENMARK)
    events = [
        AccessEventFactory(
            resident=ResidentFactory(department=cast.aakanden),
            user=cast.karen,
            at=hour + dt.timedelta(minutes=number),
        )
        for number in range(12)
    ]

    [first] = of(events[:1])

    assert len(first.flags) == 1


def test_a_sample_is_drawn_once_and_the_same_for_all(cast):
    AccessEventFactory.create_batch(40, resident=cast.bo, user=cast.mette)
    month = cast.sampled.month
    SampledRead.objects.all().delete()

    drawn = set(
        actions.draw_sample(cast.aakanden, month=month, by=cast.karen).values_list(
            "event", flat=True
        )
    )
    again = set(
        actions.draw_sample(cast.aakanden, month=month, by=cast.clara).values_list(
            "event", flat=True
        )
    )
    SampledRead.objects.all().delete()
    anew = set(
        actions.draw_sample(cast.aakanden, month=month, by=cast.clara).values_list(
            "event", flat=True
        )
    )

    assert len(drawn) == actions.A_SAMPLE
    assert drawn == again == anew


def test_to_look_at_the_page_draws_nothing_and_the_button_draws(cast, sign_in):
    SampledRead.objects.all().delete()
    client = sign_in(cast.karen)

    assert client.get(SAMPLE).context["to_draw"]
    assert not SampledRead.objects.exists()
    page = client.post(SAMPLE, follow=True)

    assert not page.context["to_draw"]
    assert [one.event for one in SampledRead.objects.all()] == [cast.sampled.event]


def test_a_department_without_its_sample_can_still_draw_it(cast, sign_in):
    cast.idas_sampled.delete()

    assert sign_in(cast.clara).get(SAMPLE).context["to_draw"]
    assert not sign_in(cast.karen).get(SAMPLE).context["to_draw"]


def test_lists_and_other_months_and_departments_are_not_drawn(cast):
    month = cast.sampled.month
    SampledRead.objects.all().delete()
    AccessEventFactory(resident=cast.bo, user=cast.mette, among=9)
    AccessEventFactory(resident=cast.bo, user=cast.mette, at=clock.now())

    drawn = actions.draw_sample(cast.aakanden, month=month, by=cast.karen)

    assert [one.event for one in drawn] == [cast.sampled.event]


def test_the_card_waits_until_all_are_looked_at(cast, sign_in):
    client = sign_in(cast.karen)

    def has_card():
        return SAMPLE in client.get("/").content.decode()

    assert has_card()
    judge = reverse("residents:access-judge", args=[cast.sampled.uuid])
    client.post(judge, {"verdict": "ask", "note": "Why at night?"})
    assert not has_card()

    cast.sampled.refresh_from_db()
    assert (cast.sampled.verdict, cast.sampled.note) == ("ask", "Why at night?")
    assert cast.sampled.looked_by == cast.karen
    assert "Why at night?" in client.get(SAMPLE).content.decode()


@pytest.mark.parametrize(
    "said", [{}, {"verdict": "x"}, {"verdict": "ask", "note": "x" * 501}]
)
def test_a_bad_verdict_is_refused(cast, sign_in, said):
    sign_in(cast.karen).post(
        reverse("residents:access-judge", args=[cast.sampled.uuid]), said
    )

    cast.sampled.refresh_from_db()
    assert cast.sampled.verdict == ""


def test_who_reads_the_log_stands_in_it(cast, sign_in):
    sign_in(cast.karen).get(LOG)

    [event] = AccessEvent.objects.filter(user=cast.karen)
    assert (event.resident, event.purpose) == (cast.bo, "oversight")


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_asks_the_same_however_long(
    cast, sign_in, django_assert_max_num_queries, count
):
    for _number in range(count):
        AccessEventFactory(
            resident=ResidentFactory(department=cast.aakanden), user=cast.mette
        )
    client = sign_in(cast.karen)
    client.get(SAMPLE)

    with django_assert_max_num_queries(10):
        client.get(LOG)
    with django_assert_max_num_queries(11):
        client.get(SAMPLE)
