"""What needs doing for one resident, on the first of their pages."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext

from community.models import Enquiry
from consent import actions as consent
from meetings.actions import expectations, first_days
from meetings.models import Conversation
from portal import clock, rooms
from residents.topics import Topic
from tests.conftest import never_printed, tell
from tests.factories import (
    AgreementFactory,
    AgreementReplyFactory,
    ContactFactory,
    ConversationFactory,
    EnquiryFactory,
)

TODAY = clock.today()


def after(days):
    return TODAY + dt.timedelta(days=days)


def rows(user, resident):
    return [row.title for card in rooms.overview(user, resident) for row in card.rows]


def page(resident):
    return reverse("residents:resident", args=[resident.uuid])


def promise(relation, by, **more):
    ContactFactory(
        resident=relation.resident,
        relative=relation.relative,
        recorded_by=by,
        follow_up_on=after(3),
        **more,
    )


def day(date):
    return date_format(date, "DATE_FORMAT")


def share(relation, by, *, days, topic=Topic.DAILY):
    tell(relation, topic, by=by, ends_at=clock.now() + dt.timedelta(days=days))


@pytest.fixture
def told(cast):
    """Bo, who knows what was told without his consent, and with whom all is talked over.

    Whoever has asked about him has been answered.
    """
    consent.meet_duty(
        cast.told, kind="told", how="At breakfast", told_on=TODAY, by=cast.mette
    )
    expectations.talked(
        cast.differ,
        talked_on=TODAY,
        outcome="We agree.",
        next_talk_on=None,
        uuid=uuid.uuid4(),
        by=cast.mette,
    )
    first_days.settle(
        cast.first_talk, status="held", on=TODAY, words="All is well.", by=cast.mette
    )
    Enquiry.objects.filter(resident=cast.bo).update(status="answered")
    return cast


@pytest.fixture
def calm(told):
    """Bo, of whom besides nobody has asked for anything."""
    told.wish.delete()
    return told


def test_a_promise_to_a_relative_stands_there_until_it_is_kept(calm):
    promise(calm.jenss, calm.mette)
    promise(
        calm.annas, calm.mette, followed_up_at=clock.now(), followed_up_by=calm.mette
    )
    promise(calm.idas, calm.tim)

    assert rows(calm.mette, calm.bo) == [str(calm.jenss.relative)]


def test_agreements_late_or_to_look_at_or_asked_to_be_changed_stand_there(told):
    for text, more in (
        ("late", {"due_on": after(-1)}),
        ("today", {"due_on": TODAY}),
        ("look", {"follow_up_on": TODAY}),
        ("done", {"due_on": after(-1), "done_on": TODAY, "done_by": told.mette}),
    ):
        AgreementFactory(resident=told.bo, recorded_by=told.mette, text=text, **more)
    AgreementReplyFactory(agreement=told.idas_rent, relative=told.idas.relative)

    first, *others = rows(told.mette, told.bo)
    assert (first, set(others)) == ("Dentist", {"late", "look"})


def test_consents_that_end_within_a_month_are_one_line_a_relative(calm):
    share(calm.jenss, calm.mette, days=29)
    share(calm.jenss, calm.mette, days=5, topic=Topic.ECONOMY)
    share(calm.annas, calm.mette, days=31)
    share(calm.idas, calm.tim, days=5)

    [card] = [c for c in rooms.overview(calm.mette, calm.bo) if c.order == 30]
    assert [(row.title, row.text) for row in card.rows] == [
        (
            str(calm.jenss),
            f"{Topic.ECONOMY.label} ({day(after(5))}), {Topic.DAILY.label} ({day(after(29))})",
        )
    ]


def test_a_consent_that_has_ended_stands_there_until_the_resident_is_asked(
    calm, move_clock
):
    share(calm.jenss, calm.mette, days=1)
    move_clock(clock.now() + dt.timedelta(days=2))
    assert rows(calm.mette, calm.bo) == [str(calm.jenss)]

    tell(calm.jenss, Topic.DAILY, by=calm.mette, answer="no")
    assert rows(calm.mette, calm.bo) == []


def test_a_planned_conversation_stands_there_and_a_record_only_for_the_manager(calm):
    never_printed(calm.printed)
    assert rows(calm.mette, calm.bo) == []
    assert len(rows(calm.karen, calm.bo)) == 1

    Conversation.objects.filter(pk=calm.talk.pk).update(
        status="declined", declined_by="resident", declined_why="Not now."
    )
    ConversationFactory(resident=calm.bo, chair=calm.karen)
    assert len(rows(calm.mette, calm.bo)) == 1


def test_an_enquiry_stands_there_until_it_is_answered(calm):
    late, soon = calm.enquiry, calm.jenss_enquiry
    assert rows(calm.mette, calm.bo) == []

    waits = Enquiry.objects.filter(pk__in=[late.pk, soon.pk])
    waits.update(status="received", owner=calm.mette)
    waits.filter(pk=late.pk).update(expected_by=after(-1), status="in_hand")
    assert rows(calm.mette, calm.bo) == [late.subject, soon.subject]


@pytest.mark.parametrize("who", ["anna", "jens", "bos", "tim", "ole", "clara", "vera"])
def test_the_overview_is_for_those_who_care_for_the_resident(cast, who):
    promise(cast.jenss, cast.mette)
    user = getattr(cast, who)

    assert bool(rows(user, cast.bo)) is user.works_in(cast.bo.department)


def test_the_page_costs_the_same_however_much_waits(cast, sign_in):
    client = sign_in(cast.karen)

    def costs():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page(cast.bo)).status_code == 200
        return len(queries)

    def one_more():
        promise(cast.jenss, cast.mette)
        AgreementFactory(resident=cast.bo, recorded_by=cast.mette, due_on=after(-1))
        EnquiryFactory(relation=cast.annas, department=cast.aakanden, owner=cast.mette)

    # None of the cast's own: the first measure is of a card with one row.
    Enquiry.objects.filter(resident=cast.bo).update(status="answered")
    one_more()
    share(cast.jenss, cast.mette, days=5)
    client.get(page(cast.bo))
    at_one = costs()
    one_more()
    one_more()
    share(cast.annas, cast.mette, days=5)

    # Six for the page itself and eight for what waits on it: the card of enquiries, which
    # came last, has rows here and costs one.
    assert costs() == at_one <= 14


def test_whoever_lives_here_moved_in_and_whoever_does_not_yet_moves_in(cast, sign_in):
    client = sign_in(cast.mette)
    assert gettext("Moved in") in client.get(page(cast.bo)).text
    cast.bo.moved_in_on = after(5)
    cast.bo.save()

    answer = client.get(page(cast.bo)).text
    assert f">{gettext('Moves in')}<" in answer
    assert f">{gettext('Moved in')}<" not in answer
