"""A relative or a resident asks the department, and gets an answer in time."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from community import figures, finding, policy, readers
from community.actions import answers, enquiries, outcomes, participants
from community.models import Desk, Enquiry, EnquiryMessage
from consent import actions as consent
from portal import clock, mail, workdays
from portal.drafts import new_slip
from portal.models import Notice, User
from relatives.actions.people import end_relation
from relatives.models import Contact
from residents.models import AccessEvent
from residents.sight import narrowed
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import (
    EmploymentFactory,
    EnquiryFactory,
    EnquiryMessageFactory,
    RelationFactory,
)
from tests.letters import gathered, words_of

SATURDAY_NIGHT = dt.datetime(2026, 11, 21, 23, 10, tzinfo=clock.DENMARK)
MONDAY_MORNING = dt.datetime(2026, 11, 23, 9, 0, tzinfo=clock.DENMARK)
NEW, LIST = reverse("community:my-enquiry-new"), reverse("community:enquiries")


def page(name, enquiry):
    return reverse(f"community:{name}", args=[enquiry.uuid])


def written(user, **said):
    asked = {
        "slip": new_slip(user),
        "matter": "health",
        "subject": "Tandlæge",
        "text": "Hvornår skal han til tandlæge?",
    }
    return asked | said


def answered(user, **said):
    return {"slip": new_slip(user), "seen": 1, "text": "På fredag.", **said}


def ask(cast, relation=None, **said):
    relation = relation or cast.annas
    return enquiries.send(
        resident=relation.resident,
        relation=relation,
        uuid=new_uuid(),
        by=relation.relative.user or cast.mette,
        **{"matter": "health", "subject": "Tandlæge", "text": "Hvornår?"} | said,
    )


def new_uuid():
    return uuid.uuid4()


def reply(enquiry, by, **said):
    said = {"topic": "", "text": "På fredag.", "seen": enquiry.messages.count()} | said
    return answers.answer(enquiry, uuid=new_uuid(), by=by, **said)


# The receipt


def test_whoever_writes_gets_a_number_and_a_day(cast, sign_in, move_clock):
    move_clock(MONDAY_MORNING)
    asked = written(cast.anna, about=cast.annas.uuid)

    answer = sign_in(cast.anna).post(NEW, asked, follow=True)

    enquiry = Enquiry.objects.get(subject="Tandlæge")
    assert enquiry.number == "2026-0001"
    assert enquiry.expected_by == dt.date(2026, 11, 26)
    text = answer.content.decode()
    assert "2026-0001" in text
    assert "torsdag den 26. november" in text
    assert enquiry.department == cast.aakanden


def test_at_night_it_is_received_and_read_on_the_next_working_day(
    cast, sign_in, move_clock
):
    move_clock(SATURDAY_NIGHT)
    asked = written(cast.anna, about=cast.annas.uuid)

    answer = sign_in(cast.anna).post(NEW, asked, follow=True)

    enquiry = Enquiry.objects.get(subject="Tandlæge")
    opens = dt.datetime(2026, 11, 23, 8, 0, tzinfo=clock.DENMARK)
    assert enquiry.expected_by == dt.date(2026, 11, 26)
    assert "mandag den 23. november kl. 8.00" in answer.content.decode()
    assert min(one.due_at for one in Notice.objects.all()) >= opens


def test_the_same_press_twice_is_one_enquiry(cast, sign_in):
    client, asked = sign_in(cast.anna), written(cast.anna, about=cast.annas.uuid)

    paths = {client.post(NEW, asked).url for _press in range(2)}

    assert len(paths) == 1
    assert Enquiry.objects.filter(subject="Tandlæge").count() == 1


def test_two_at_once_have_two_numbers(cast, apart):
    first, second = apart(lambda: ask(cast), lambda: ask(cast, cast.jenss))

    assert {first.number, second.number} == {
        f"{clock.today().year}-0001",
        f"{clock.today().year}-0002",
    }


def test_a_matter_goes_to_those_who_know_about_it(cast):
    nurse = EmploymentFactory(department=cast.aakanden, profession="nurse").user

    ask(cast)
    ask(cast, matter="complaint")

    told = set(gathered().values_list("to", "template"))
    assert told == {(nurse.pk, "enquiry-received"), (cast.karen.pk, "enquiry-received")}


def test_where_nobody_has_the_profession_the_managers_are_told(cast):
    ask(cast)

    assert [one.to for one in gathered()] == [cast.karen]


def test_the_manager_routes_matters_and_sets_the_hours(cast, sign_in):
    path = reverse("community:desk", args=[cast.aakanden.uuid])
    client = sign_in(cast.karen)
    form = client.get(path).context["form"]
    said = {name: form[name].value() for name in form.fields} | {
        "reads_from": "09:00",
        "reads_until": "12:00",
        "route_economy": "social_worker",
    }

    answer = client.post(path, said)

    desk = Desk.of(cast.aakanden)
    assert answer.status_code == 302
    assert desk.route("economy") == "social_worker"
    assert desk.route("health") == "nurse"
    assert ask(cast, matter="economy").routed_to == "social_worker"


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (dt.date(2026, 4, 2), False),
        (dt.date(2026, 4, 3), False),
        (dt.date(2026, 4, 6), False),
        (dt.date(2026, 4, 7), True),
        (dt.date(2026, 5, 1), True),
        (dt.date(2026, 5, 14), False),
        (dt.date(2026, 5, 25), False),
        (dt.date(2026, 6, 5), False),
        (dt.date(2026, 12, 24), False),
        (dt.date(2026, 12, 28), True),
        (dt.date(2027, 1, 1), False),
    ],
)
def test_holidays_are_no_working_days(day, works):
    assert workdays.is_workday(day) is works


# Who reads what


def test_the_sender_alone_reads_the_answer(cast, sign_in):
    enquiry = ask(cast)
    reply(enquiry, cast.mette, topic=Topic.HEALTH, text="Den 4.")

    def reads(user):
        found = EnquiryMessage.objects.visible_to(user).filter(enquiry=enquiry)
        return list(found.values_list("text", flat=True))

    assert reads(cast.anna) == ["Hvornår?", "Den 4."]
    assert reads(cast.rikke) == reads(cast.jens) == reads(cast.tim) == []
    assert reads(cast.mette) == reads(cast.bos) == ["Hvornår?", "Den 4."]
    assert sign_in(cast.jens).get(page("my-enquiry", enquiry)).status_code == 404


def test_after_a_no_the_sender_keeps_her_words_and_general_answers(cast, sign_in):
    enquiry = ask(cast)
    reply(enquiry, cast.mette, topic=Topic.HEALTH, text="Tanden er trukket ud.")
    reply(enquiry, cast.mette, text="Tak for din besked.")
    consent.withdraw(cast.annas.consents.get(), by=cast.mette)

    text = sign_in(cast.anna).get(page("my-enquiry", enquiry)).content.decode()

    assert "Hvornår?" in text
    assert "Tak for din besked." in text
    assert "Tanden" not in text
    assert "ikke delt med dig nu" in text


def test_nothing_is_told_that_is_not_shared(cast, sign_in):
    enquiry = ask(cast)
    client = sign_in(cast.mette)
    said = answered(cast.mette, topic="economy", text="Han har 40 kroner.")

    answer = client.post(page("enquiry-answer", enquiry), said)

    assert answer.status_code == 200
    assert "Han har 40 kroner." in answer.content.decode()
    with pytest.raises(answers.NotToBeTold):
        reply(enquiry, cast.mette, topic=Topic.ECONOMY)
    assert enquiry.answers == enquiry.messages.filter(is_question=False).count() == 0


def test_between_us_the_resident_reads_only_what_tells_of_him(cast, sign_in):
    enquiry = ask(cast, between_us=True, subject="Jeg er træt", text="Det er svært.")
    path = page("my-enquiry", enquiry)
    before = sign_in(cast.bos).get(path)
    reply(enquiry, cast.mette, text="Ring til mig.")
    general = sign_in(cast.bos).get(path)
    reply(enquiry, cast.mette, topic=Topic.HEALTH, text="Bo er rask.")

    after = sign_in(cast.bos).get(path).content.decode()

    assert (before.status_code, general.status_code) == (404, 404)
    assert "Bo er rask." in after
    own_words = ("Jeg er træt", "Det er svært.", "Ring til mig.")
    assert [word for word in own_words if word in after] == []


def test_staff_see_who_reads_it_before_they_send(cast, sign_in):
    enquiry = ask(cast)

    text = sign_in(cast.mette).get(page("enquiry-answer", enquiry)).content.decode()

    assert "Anna Holm læser dette." in text
    assert "Ingen andre uden for personalet" in text
    assert "Jens" not in text.split("Hvem læser svaret")[1].split("</section>")[0]


def test_what_a_relative_reads_about_the_resident_is_logged(cast, sign_in):
    enquiry = ask(cast)
    reply(enquiry, cast.mette, topic=Topic.HEALTH)
    before = AccessEvent.objects.count()

    sign_in(cast.anna).get(page("my-enquiry", enquiry))

    read = AccessEvent.objects.order_by("pk")[before:]
    assert (cast.anna, "health") in {(one.user, one.topic) for one in read}


def test_whoever_is_let_in_on_nothing_may_still_write(cast, sign_in):
    client = sign_in(cast.jens)
    form = client.get(NEW).content.decode()

    answer = client.post(NEW, written(cast.jens), follow=True)

    assert "Bo Holm" not in form
    assert "Bo<" not in form
    assert answer.status_code == 200
    assert Enquiry.objects.get(subject="Tandlæge").relation == cast.jenss


def test_whoever_is_no_relative_any_more_reads_and_writes_no_more(cast, sign_in):
    enquiry = ask(cast)
    type(cast.annas).objects.filter(pk=cast.annas.pk).update(
        ended_at=clock.now(), ended_by=cast.mette
    )
    client = sign_in(cast.anna)

    assert client.get(page("my-enquiry", enquiry)).status_code == 200
    assert client.get(page("my-enquiry-write", enquiry)).status_code == 403
    with pytest.raises(enquiries.NotToBeGoneOnWith):
        enquiries.go_on(enquiry, uuid=new_uuid(), text="Hallo?", by=cast.anna)


def test_staff_tell_whoever_has_no_log_in_and_it_is_logged(cast):
    cast.annas.relative.user = None
    cast.annas.relative.save()
    enquiry = ask(cast, channel="paper")

    reply(enquiry, cast.mette, topic=Topic.HEALTH, told_by="phone")

    told = AccessEvent.objects.filter(relation_id=cast.annas.pk, way="phone")
    assert [one.topic for one in told] == ["health"]


# Others by name


def test_another_takes_part_by_name_and_reads_what_is_shared(cast, sign_in):
    enquiry = ask(cast)
    path = page("my-enquiry", enquiry)
    said = {"slip": new_slip(cast.mette), "agreed": "on", "relation": cast.rikkes.uuid}
    assert sign_in(cast.rikke).get(path).status_code == 404

    sign_in(cast.mette).post(page("enquiry-people", enquiry), said)

    reply(enquiry, cast.mette, topic=Topic.HEALTH, text="Den 4.")
    text = sign_in(cast.rikke).get(path).content.decode()
    assert "Den 4." in text
    assert "Anna Holm" in text
    assert "Rikke Holm" in sign_in(cast.anna).get(path).content.decode()
    consent.withdraw(cast.rikkes.consents.get(topic="health"), by=cast.mette)
    assert sign_in(cast.rikke).get(path).status_code == 404


def test_nobody_takes_part_in_what_is_not_shared_with_them(cast):
    for enquiry in (
        ask(cast),
        ask(cast, between_us=True),
        ask(cast, matter="complaint"),
    ):
        with pytest.raises(participants.NotToBeLetIn):
            participants.let_in(enquiry, relation=cast.jenss, by=cast.mette)
    assert readers.who_could_take_part(ask(cast, matter="complaint")) == []


def test_whoever_takes_part_no_more_reads_no_more(cast, sign_in):
    enquiry = ask(cast)
    participants.let_in(enquiry, relation=cast.rikkes, by=cast.mette)
    end = reverse("community:enquiry-person-end", args=[enquiry.uuid, cast.rikkes.uuid])

    sign_in(cast.mette).post(end)

    assert sign_in(cast.rikke).get(page("my-enquiry", enquiry)).status_code == 404
    assert EnquiryMessage.objects.visible_to(cast.rikke).count() == 0


def test_nobody_else_takes_part_in_what_is_between_the_sender_and_us(cast):
    enquiry = ask(cast, between_us=True)

    assert readers.who_could_take_part(ask(cast)) == [cast.rikkes]
    assert readers.who_could_take_part(enquiry) == []
    with pytest.raises(participants.NotToBeLetIn):
        participants.let_in(enquiry, relation=cast.rikkes, by=cast.mette)


def test_whoever_took_part_once_does_not_when_they_are_a_relative_again(cast, sign_in):
    enquiry = ask(cast)
    participants.let_in(enquiry, relation=cast.rikkes, by=cast.mette)
    assert sign_in(cast.rikke).get(page("my-enquiry", enquiry)).status_code == 200

    end_relation(cast.rikkes, by=cast.mette)
    again = RelationFactory(resident=cast.bo, relative=cast.rikkes.relative)
    tell(again, Topic.HEALTH, by=cast.mette)

    assert sign_in(cast.rikke).get(page("my-enquiry", enquiry)).status_code == 404
    assert EnquiryMessage.objects.visible_to(cast.rikke).count() == 0


def test_another_persons_words_are_read_only_on_a_topic_that_is_shared(cast):
    enquiry = ask(cast)
    participants.let_in(enquiry, relation=cast.rikkes, by=cast.mette)
    said = {"enquiry": enquiry, "relation": cast.annas, "kind": "question"}
    on_none = EnquiryMessageFactory(**said, topic="")
    on_health = EnquiryMessageFactory(**said, topic=Topic.HEALTH)
    in_general = EnquiryMessageFactory(enquiry=enquiry, recorded_by=cast.mette)

    seen = EnquiryMessage.objects.visible_to(cast.rikke).filter(enquiry=enquiry)

    assert {on_health, in_general} <= set(seen)
    assert on_none not in seen


def test_what_one_has_written_nobody_reads_through_ones_eyes(cast):
    eyes = narrowed(User.objects.get(pk=cast.anna.pk), resident=cast.bo)

    assert EnquiryMessage.objects.visible_to(cast.anna).count() > 1
    assert EnquiryMessage.objects.visible_to(eyes).count() == 0
    assert Enquiry.objects.visible_to(eyes).count() == 0


def test_what_is_shared_from_tomorrow_on_is_answered_then(cast, move_clock):
    tomorrow = clock.now() + dt.timedelta(days=1)
    tell(cast.jenss, Topic.HEALTH, by=cast.mette, since=tomorrow)
    enquiry = ask(cast, cast.jenss)
    assert readers.open_topics(enquiry) == []

    move_clock(tomorrow + dt.timedelta(minutes=1))

    assert readers.open_topics(enquiry) == [Topic.HEALTH]


def test_of_whom_one_knows_nothing_one_reads_no_name(cast):
    [known] = finding.named(cast.anna, Enquiry.objects.filter(pk=cast.enquiry.pk))
    [unknown] = finding.named(
        cast.jens, Enquiry.objects.filter(pk=cast.jenss_enquiry.pk)
    )

    assert (known.whose, unknown.whose) == ("Bo", "")


# The way of an enquiry


def test_one_takes_it_another_answers_and_the_sender_is_told(cast, sign_in):
    enquiry = ask(cast)
    client = sign_in(cast.mette)
    client.post(page("enquiry-take", enquiry))
    enquiry.refresh_from_db()
    assert (enquiry.status, enquiry.owner) == ("in_hand", cast.mette)

    said = answered(cast.karen, topic="health")
    sign_in(cast.karen).post(page("enquiry-answer", enquiry), said)

    enquiry.refresh_from_db()
    assert (enquiry.status, enquiry.owner) == ("answered", cast.mette)
    told = gathered().get(template="enquiry-answered")
    assert told.to == cast.anna
    assert "Tandlæge" not in words_of(mail.compose(told))
    kinds = list(enquiry.events.values_list("kind", flat=True))
    assert kinds == ["received", "taken", "answered"]


def test_of_two_who_answer_at_once_the_second_reads_the_first(cast, sign_in):
    enquiry = ask(cast)
    for user in (cast.karen, cast.mette):
        said = answered(user, topic="none", text=f"Svar fra {user}")
        answer = sign_in(user).post(page("enquiry-answer", enquiry), said)

    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Svar fra Karen" in text
    assert "Svar fra Mette" in text
    assert enquiry.messages.filter(is_question=False).count() == 1
    again = answered(cast.mette, topic="none", seen=2)
    sign_in(cast.mette).post(page("enquiry-answer", enquiry), again)
    assert enquiry.messages.filter(is_question=False).count() == 2


def test_the_same_answer_twice_is_sent_once(cast, sign_in):
    enquiry = ask(cast)
    said, client = answered(cast.mette, topic="none"), sign_in(cast.mette)

    statuses = [
        client.post(page("enquiry-answer", enquiry), said).status_code for _ in range(2)
    ]

    assert statuses == [302, 302]
    assert gathered().filter(template="enquiry-answered").count() == 1


def test_a_new_message_opens_it_again_with_a_new_day(cast, sign_in, move_clock):
    move_clock(MONDAY_MORNING)
    enquiry = ask(cast)
    reply(enquiry, cast.mette)
    move_clock(MONDAY_MORNING + dt.timedelta(days=7))

    said = {"slip": new_slip(cast.anna), "text": "Og hvad så?", "to_manager": "on"}
    sign_in(cast.anna).post(page("my-enquiry-write", enquiry), said)

    enquiry.refresh_from_db()
    assert (enquiry.status, enquiry.expected_by) == ("in_hand", dt.date(2026, 12, 3))
    assert enquiry.escalated_at
    assert enquiry.events.last().kind == "escalated"


def test_thank_you_needs_no_answer(cast, sign_in):
    enquiry = ask(cast)
    reply(enquiry, cast.mette)
    enquiries.go_on(enquiry, uuid=new_uuid(), text="Tak!", by=cast.anna)

    sign_in(cast.mette).post(page("enquiry-settle", enquiry))

    enquiry.refresh_from_db()
    assert enquiry.is_answered
    assert gathered().filter(template="enquiry-answered").count() == 1


def test_the_manager_decides_and_the_sender_reads_it(cast, sign_in):
    enquiry = ask(cast)
    why = {"slip": new_slip(cast.mette), "why": "Vi er ikke enige."}
    sign_in(cast.mette).post(page("enquiry-escalate", enquiry), why)
    assert (
        "Vi er ikke enige."
        in sign_in(cast.karen).get(page("enquiry-decide", enquiry)).content.decode()
    )

    said = answered(cast.karen, topic="none", text="Vi gør som før.")
    sign_in(cast.karen).post(page("enquiry-decide", enquiry), said)

    enquiry.refresh_from_db()
    text = sign_in(cast.anna).get(page("my-enquiry", enquiry)).content.decode()
    assert enquiry.escalated_at is None
    assert "Vi gør som før." in text
    assert "Lederens afgørelse" in text
    assert "Vi er ikke enige." not in text


def test_the_manager_gives_it_to_a_colleague(cast, sign_in):
    enquiry = ask(cast)
    said = {"slip": new_slip(cast.karen), "to": cast.mette.uuid}

    sign_in(cast.karen).post(page("enquiry-assign", enquiry), said)

    enquiry.refresh_from_db()
    assert enquiry.owner == cast.mette
    assert gathered().filter(to=cast.mette).count() == 1


def test_it_is_logged_as_a_contact_once_and_becomes_an_agreement(cast):
    enquiry = ask(cast)

    logged = {outcomes.log(enquiry, by=by).pk for by in (cast.mette, cast.karen)}
    outcomes.agree(
        enquiry, uuid=new_uuid(), by=cast.mette, topic="health", text="Tandlæge."
    )

    [contact] = Contact.objects.filter(pk__in=logged)
    assert contact.relative == cast.annas.relative
    assert contact.enquiry_outcome.enquiry == enquiry
    assert enquiry.outcomes.count() == 2


def test_what_came_by_telephone_is_recorded_for_the_relative(cast, sign_in):
    said = written(
        cast.mette,
        sender=cast.annas.uuid,
        channel="phone",
        received_on=clock.today().isoformat(),
    )

    path = reverse("community:enquiry-record", args=[cast.bo.uuid])
    sign_in(cast.mette).post(path, said)

    enquiry = Enquiry.objects.get(subject="Tandlæge")
    assert (enquiry.relation, enquiry.recorded_by) == (cast.annas, cast.mette)
    assert sign_in(cast.anna).get(page("my-enquiry", enquiry)).status_code == 200


def test_a_resident_writes_in_easy_words(cast, sign_in):
    said = {
        "slip": new_slip(cast.bos),
        "matter": "belongings",
        "text": "Min hue er væk",
    }

    answer = sign_in(cast.bos).post(NEW, said, follow=True)

    enquiry = Enquiry.objects.get(relation=None)
    assert (enquiry.resident, enquiry.subject) == (cast.bo, "Min hue er væk")
    assert "Min hue er væk" in answer.content.decode()
    assert not Enquiry.objects.visible_to(cast.anna).filter(pk=enquiry.pk)


# Lists and figures


def test_the_manager_sees_what_is_overdue_on_the_start_page(cast, sign_in):
    late = {"expected_by": clock.today() - dt.timedelta(days=1)}
    Enquiry.objects.filter(pk=cast.enquiry.pk).update(status="answered")
    Enquiry.objects.filter(pk=cast.jenss_enquiry.pk).update(**late)

    text = sign_in(cast.karen).get("/").content.decode()

    assert cast.jenss_enquiry.subject in text
    assert "Over tid" in text


def test_the_sender_finds_the_answer_from_the_start_page(cast, sign_in):
    enquiry = ask(cast)
    reply(enquiry, cast.mette, topic=Topic.HEALTH)

    text = sign_in(cast.anna).get("/").content.decode()

    assert page("my-enquiry", enquiry) in text
    assert "Vi har svaret" in text


def test_how_often_the_promise_was_kept(cast, move_clock):
    Enquiry.objects.update(status="answered")
    for text, days in (("in time", 0), ("late", 30)):
        enquiry = ask(cast, subject=text)
        move_clock(clock.now() + dt.timedelta(days=days))
        reply(enquiry, cast.mette)

    [figure] = figures.of([cast.aakanden])

    assert (figure.due, figure.in_time, figure.percent) == (2, 1, 50)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_costs_the_same_however_long(
    cast, sign_in, rows, django_assert_max_num_queries
):
    for _row in range(rows):
        enquiry = EnquiryFactory(relation=cast.annas, department=cast.aakanden)
        EnquiryMessageFactory(enquiry=enquiry, recorded_by=cast.mette)

    for user, path, most in (
        (cast.karen, LIST, 11),
        (cast.anna, reverse("community:my-enquiries"), 8),
        (cast.mette, reverse("community:of-resident", args=[cast.bo.uuid]), 10),
    ):
        client = sign_in(user)
        client.get(path)
        with django_assert_max_num_queries(most):
            client.get(path)


# Bad input


def test_scripts_and_unseen_marks_do_no_harm(cast, sign_in):
    asked = written(
        cast.anna,
        about=cast.annas.uuid,
        subject="Hej\r\nBcc: alle@example.dk \u202egnp",
        text="<script>alert(1)</script>\u200bHej",
    )

    answer = sign_in(cast.anna).post(NEW, asked, follow=True)

    enquiry = Enquiry.objects.get(subject__startswith="Hej")
    assert enquiry.subject == "Hej Bcc: alle@example.dk gnp"
    text = answer.content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text


@pytest.mark.parametrize(
    "said", [{"text": "a" * 100_000}, {"text": "nul\x00"}, {"subject": "\u202e"}]
)
def test_what_cannot_be_taken_is_said_and_kept(cast, sign_in, said):
    asked = written(cast.anna, about=cast.annas.uuid) | said

    answer = sign_in(cast.anna).post(NEW, asked)

    assert answer.status_code == 200
    assert "Hvem handler det om?" in answer.content.decode()
    assert not Enquiry.objects.filter(subject="Tandlæge")


@pytest.mark.parametrize(
    "path", ["?show=%00", "?show=nothing", "?page=-9", "?page=%00"]
)
def test_an_absurd_address_is_no_error(cast, sign_in, path):
    assert sign_in(cast.mette).get(LIST + path).status_code == 200


def test_what_was_said_is_never_rewritten(cast):
    for change in (
        lambda: EnquiryMessage.objects.filter(pk=cast.answer.pk).update(text="Andet"),
        lambda: Enquiry.objects.filter(pk=cast.enquiry.pk).update(subject="Andet"),
        lambda: cast.answer.delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_who_reads_it_is_said_for_everybody_who_does(cast):
    enquiry = ask(cast)

    assert [str(one).split()[0] for one in readers.in_words(enquiry)] == [
        "Anna",
        "Bo",
        "Ingen",
    ]


def test_words_between_us_are_put_into_nothing_that_others_read(cast, sign_in):
    """An agreement is the resident's to read, an idea may be everybody's."""
    client = sign_in(cast.mette)
    for name in ("enquiry-agreement", "enquiry-idea"):
        for enquiry, stands in ((cast.enquiry, True), (cast.jenss_enquiry, False)):
            form = client.get(page(name, enquiry)).context["form"]
            assert (form["text"].value() == enquiry.subject) is stands


def test_what_ends_while_one_writes_is_said_and_the_text_is_kept(
    cast, sign_in, monkeypatch
):
    end_relation(cast.annas, by=cast.mette)
    monkeypatch.setattr(policy, "can_write_more", lambda user, enquiry: True)
    said = {"slip": new_slip(cast.anna), "text": "One thing more"}

    answer = sign_in(cast.anna).post(page("my-enquiry-write", cast.enquiry), said)

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert "One thing more" in answer.content.decode()
    assert not EnquiryMessage.objects.filter(text="One thing more").exists()
