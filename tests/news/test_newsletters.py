"""Newsletters: each reader's holds what that reader may read when it leaves; sent once."""

import datetime as dt
import email
import uuid

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from news import actions, newsletters, publishing
from news.locking import ChangedMeanwhile
from news.models import NewsItem, Newsletter
from news.reading_together import read_by_each
from portal import clock, kinds, outbox, postman, sending
from portal.models import Message, User
from relatives.models import Relation
from residents.models import Resident
from tests.factories import (
    DepartmentFactory,
    EmploymentFactory,
    HomeFactory,
    NewsItemFactory,
    NewsletterFactory,
    RelationFactory,
)

# In the morning, when letters leave.
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=clock.DENMARK)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def noon(move_clock, cast):
    move_clock(NOON)


@pytest.fixture
def letter(cast, noon):
    """Åkanden's party, Bakken's, what is for staff and what is for all but residents."""
    of = {"home": cast.solgaarden, "shown_from": NOON - dt.timedelta(days=1)}
    staff = {"for_relatives": False, "for_residents": False}
    items = [
        NewsItemFactory(title="Akanden's", department=cast.aakanden, **of),
        NewsItemFactory(title="Bakken's", department=cast.bakken, **of),
        NewsItemFactory(title="Staff's", **staff, **of),
        NewsItemFactory(title="Families'", for_residents=False, **of),
    ]
    return newsletters.write(
        uuid=uuid.uuid4(),
        home=cast.solgaarden,
        title="Winter <letter>",
        introduction="Dear <all>",
        items=items,
        to_staff=True,
        by=cast.clara,
    )


def sent(letter, by):
    return newsletters.send(letter, as_of=letter.edited_at, by=by)


def letters():
    mail.outbox.clear()
    postman.empty_outbox()
    return {one.to[0]: one for one in mail.outbox}


TITLES = {"Akanden's", "Bakken's", "Staff's", "Families'"}


def told(one):
    html = one.alternatives[0].content
    plain = {title for title in TITLES if title.upper() in one.body}
    assert plain == {t for t in TITLES if t.replace("'", "&#x27;") in html}
    return plain


def test_each_letter_holds_what_its_reader_may_read(cast, letter):
    sent(letter, cast.clara)
    arrived = letters()

    read = {
        person: told(arrived[getattr(cast, person).email])
        for person in ("anna", "jens", "bos", "mette", "tim", "vera")
    }
    assert read == {
        "anna": {"Akanden's", "Bakken's", "Families'"},
        "jens": {"Akanden's", "Families'"},
        "bos": {"Akanden's"},
        "mette": {"Akanden's", "Staff's", "Families'"},
        "tim": {"Bakken's", "Staff's", "Families'"},
        "vera": TITLES,
    }
    assert {cast.ole.email, cast.root.email, cast.liv.email}.isdisjoint(arrived)


def test_a_letter_is_safe_html_and_can_be_refused_with_one_press(cast, letter):
    sent(letter, cast.clara)
    one = letters()[cast.jens.email]

    assert one.subject == "Winter <letter>"
    html = one.alternatives[0].content
    assert "Winter &lt;letter&gt;" in html
    assert "Dear &lt;all&gt;" in html
    assert "<all>" not in html
    assert "Dear <all>" in one.body
    assert one.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"/newsletters/{letter.uuid}/" in one.body


def test_pressed_twice_it_is_sent_once(cast, letter):
    sent(letter, cast.clara)
    first = set(letters())
    sent(Newsletter.objects.get(pk=letter.pk), cast.karen)

    assert first
    assert letters() == {}
    assert Newsletter.objects.get(pk=letter.pk).sent_by == cast.clara


def test_what_was_taken_back_meanwhile_is_not_in_it_and_what_was_corrected_is(
    cast, letter
):
    sent(letter, cast.clara)
    akanden, _bakken, _staff, families = letter.in_order(letter.items())
    actions.recall(families, reason="Wrong day", by=cast.clara)
    new = publishing.draft_news(
        uuid=uuid.uuid4(),
        corrects=akanden,
        home=cast.solgaarden,
        departments=[cast.aakanden],
        title="Corrected",
        text="As it should be",
        by=cast.clara,
    )
    publishing.publish(new, as_of=new.edited_at, by=cast.clara)

    one = letters()[cast.jens.email]

    assert "CORRECTED" in one.body
    assert told(one) == set()


def test_who_may_read_nothing_of_it_any_more_gets_none(cast, letter):
    sent(letter, cast.clara)
    cast.jenss.ended_at, cast.jenss.ended_by = clock.now(), cast.karen
    cast.jenss.save()

    assert cast.jens.email not in letters()
    assert newsletters.progress(letter)["refused"] == 1


@pytest.mark.parametrize("when", ["before", "after"])
def test_who_wants_none_gets_none(cast, letter, when):
    if when == "before":
        kinds.choose(cast.jens, {"newsletter": "never"})
    sent(letter, cast.clara)
    if when == "after":
        kinds.choose(cast.jens, {"newsletter": "never"})

    assert cast.jens.email not in letters()


def test_stopped_it_waits_and_goes_on_where_it_was(cast, letter, move_clock):
    sent(letter, cast.clara)
    total = newsletters.progress(letter)["total"]
    # One is in a postman's hand, who fails.
    held = letter.messages.first()
    Message.objects.filter(pk=held.pk).update(not_before=NOON + MINUTE)
    newsletters.stop(letter, by=cast.clara)
    none = letters()
    move_clock(NOON + MINUTE)
    still_none = letters()

    newsletters.go_on(letter, by=cast.clara)
    others = letters()
    move_clock(NOON + MINUTE + newsletters.LOOKED_AT_AGAIN)
    last = letters()

    assert none == still_none == {}
    assert list(last) == [held.to.email]
    assert len(others | last) == total == newsletters.progress(letter)["sent"]
    held.refresh_from_db()
    assert held.attempts == 0


def test_at_night_it_waits_for_the_morning(cast, letter, move_clock):
    move_clock(NOON + dt.timedelta(hours=11))
    sent(letter, cast.clara)

    assert letters() == {}
    move_clock(NOON + dt.timedelta(hours=20))
    assert letters()


def test_one_that_could_not_leave_in_the_evening_waits_for_the_morning(
    cast, letter, move_clock
):
    kinds.choose(cast.anna, {}, rests=False)
    sent(letter, cast.clara)
    move_clock(NOON + dt.timedelta(hours=11))

    assert letters() == {}
    move_clock(NOON + dt.timedelta(hours=19))
    assert cast.anna.email in letters()


@pytest.mark.parametrize("chosen", ["daily", "weekly"])
def test_it_leaves_on_its_day_or_never(cast, letter, chosen):
    """Those who chose otherwise once, when it could be chosen, get it on its day."""
    kind = kinds.all_kinds()["newsletter"]
    assert [when for when, _label in kind.choices] == ["at_once", "never"]

    kinds.choose(cast.jens, {"newsletter": chosen})
    sent(letter, cast.clara)

    assert cast.jens.email in letters()


def test_for_all_together_it_is_decided_as_for_each(cast, letter):
    """The two forms of the rule: a reader's page, and the letters of many."""
    ended = EmploymentFactory(home=cast.solgaarden, department=cast.aakanden)
    ended.ends_on = clock.today() - dt.timedelta(days=1)
    ended.save()
    NewsItemFactory(
        title="Both", home=cast.solgaarden, departments=[cast.aakanden, cast.bakken]
    )
    elsewhere = NewsItemFactory(title="Elsewhere", home=cast.ole.employments.get().home)
    items = NewsItem.objects.current().prefetch_related("departments")
    people = User.objects.order_by("pk")

    together = {
        user.pk: ({item.pk for item in theirs}, is_guest)
        for user, theirs, is_guest in read_by_each(people, items)
    }

    for user in people:
        theirs = set(
            NewsItem.objects.readable_by(user).current().values_list("pk", flat=True)
        )
        assert together[user.pk] == (theirs, not user.is_employed), user
    assert elsewhere.pk in together[cast.ole.pk][0]
    assert len({frozenset(theirs) for theirs, _guest in together.values()}) >= 6


def statements(readers):
    """How many it takes to send to so many, without those that note one as sent."""
    home = HomeFactory()
    department = DepartmentFactory(home=home)
    for _number in range(readers):
        RelationFactory(resident__department=department)
    item = NewsItemFactory(home=home, shown_from=NOON - MINUTE)
    sent_by = EmploymentFactory(home=home, role="centre_manager", department=None).user
    one = NewsletterFactory(home=home, items=[item], author=sent_by, sent_at=None)
    sent(one, sent_by)
    with CaptureQueriesContext(connection) as asked:
        assert len(letters()) == readers
    marks = [q for q in asked if 'SET "sent_at"' in q["sql"]]
    assert len(marks) == readers
    return len(asked) - len(marks)


def test_thirty_are_decided_in_as_many_statements_as_three(db, move_clock, monkeypatch):
    move_clock(NOON)
    few = statements(3)

    assert statements(30) == few <= 22


@pytest.mark.parametrize(
    "change", ["relation", "moved", "recalled", "job", "login", "never", "staff only"]
)
def test_what_changes_between_two_batches_holds_for_the_second(
    cast, letter, monkeypatch, change
):
    sent(letter, cast.clara)
    monkeypatch.setattr(sending, "AT_ONCE", 1)
    last = cast.mette if change == "job" else cast.jens
    letter.messages.filter(to=last).update(id=10**6)
    deliver = mail.EmailMessage.send

    def changes(one, *args, **kwargs):
        if not mail.outbox:
            CHANGES[change](cast)
        return deliver(one, *args, **kwargs)

    monkeypatch.setattr(mail.EmailMessage, "send", changes)

    arrived = letters()

    assert arrived
    assert last.email not in arrived


CHANGES = {
    "relation": lambda cast: Relation.objects.filter(pk=cast.jenss.pk).update(
        ended_at=clock.now(), ended_by=cast.karen
    ),
    "moved": lambda cast: Resident.objects.update(moved_out_on=clock.today()),
    "recalled": lambda cast: [
        actions.recall(item, reason="Wrong", by=cast.clara)
        for item in NewsItem.objects.current()
    ],
    "job": lambda cast: cast.mette.employments.update(
        ends_on=clock.today() - dt.timedelta(days=1)
    ),
    "login": lambda cast: User.objects.filter(pk=cast.jens.pk).update(is_active=False),
    "never": lambda cast: kinds.choose(cast.jens, {"newsletter": "never"}),
    "staff only": lambda cast: NewsItem.objects.update(
        for_relatives=False, for_residents=False
    ),
}


def test_within_a_batch_it_is_decided_again_as_soon_as_it_is_old(
    cast, letter, monkeypatch
):
    sent(letter, cast.clara)
    monkeypatch.setattr(sending, "FRESH", -1)
    letter.messages.filter(to=cast.jens).update(id=10**6)
    deliver = mail.EmailMessage.send

    def changes(one, *args, **kwargs):
        if not mail.outbox:
            CHANGES["relation"](cast)
        return deliver(one, *args, **kwargs)

    monkeypatch.setattr(mail.EmailMessage, "send", changes)

    assert cast.jens.email not in letters()


@pytest.mark.parametrize(
    "name", ["Åse Ø", "", "<b>Bo</b> & {{ x }}", "A\nBcc: x@example.com", "€" * 150]
)
@pytest.mark.parametrize("long", [False, True])
def test_a_letter_that_was_filled_in_is_the_mail_that_would_be_written(
    cast, letter, name, long
):
    User.objects.filter(pk=cast.jens.pk).update(name=name)
    if long:
        Newsletter.objects.filter(pk=letter.pk).update(introduction="æ" * 2_000)
    sent(letter, cast.clara)

    one = letters()[cast.jens.email]

    assert bool(one.content) is not long
    whole = EmailMultiAlternatives.message(one)
    ours = email.message_from_bytes(one.message().as_bytes(linesep="\r\n"))
    theirs = email.message_from_bytes(whole.as_bytes(linesep="\r\n"))
    assert {k.lower() for k in ours} == {k.lower() for k in theirs}
    for head in ("To", "Subject", "Message-ID", "List-Unsubscribe", "Date"):
        assert str(ours[head]).split() == str(theirs[head]).split()
    for mine, plain in zip(ours.walk(), theirs.walk(), strict=True):
        assert mine.get_content_type() == plain.get_content_type()
        if not mine.is_multipart():
            assert mine.get_payload(decode=True).splitlines() == (
                plain.get_payload(decode=True).splitlines()
            )


def test_nobody_sends_what_they_have_not_seen_or_what_is_empty(
    cast, letter, move_clock
):
    seen_at = letter.edited_at
    move_clock(NOON + dt.timedelta(minutes=1))
    last = list(letter.chosen.values_list("address", flat=True))[-1]
    newsletters.move_up(letter, last, by=cast.clara)
    with pytest.raises(ChangedMeanwhile):
        newsletters.send(letter, as_of=seen_at, by=cast.clara)

    for item in letter.items():
        actions.recall(item, reason="Wrong", by=cast.clara)
    letter.refresh_from_db()
    with pytest.raises(newsletters.NothingInIt):
        sent(letter, cast.clara)
    assert not Newsletter.objects.get(pk=letter.pk).sent_at
    with pytest.raises(ChangedMeanwhile):
        newsletters.discard(cast.letter, by=cast.clara)


def test_making_one_from_the_form_to_the_page(cast, sign_in, noon):
    client = sign_in(cast.karen)
    page = client.get(reverse("news:newsletter-write"))
    choices = page.context["form"].fields["news"].choices

    # Karen may send the news of her own department.
    assert [key for key, _label in choices] == [str(cast.party.address)]
    filled = {
        "slip": page.context["form"].initial["slip"],
        "title": "December",
        "introduction": "Dear all",
        "news": [str(cast.party.address)],
    }
    first = client.post(reverse("news:newsletter-write"), filled)
    second = client.post(reverse("news:newsletter-write"), filled)
    letter = client.get(first.url).context["letter"]
    assert first.url == second.url
    assert sign_in(cast.jens).get(first.url).status_code == 404

    for _twice in range(2):
        done = sign_in(cast.karen).post(
            reverse("news:newsletter-send", args=[letter.uuid]),
            {"as_of": letter.edited_at.isoformat()},
        )
    page = sign_in(cast.karen).get(done.url)

    assert page.context["progress"] == {
        "total": 4,
        "sent": 0,
        "refused": 0,
        "waiting": 4,
    }
    assert sign_in(cast.jens).get(first.url).status_code == 200
    assert sign_in(cast.ole).get(first.url).status_code == 404


def test_another_managers_news_cannot_be_chosen(cast, sign_in):
    client = sign_in(cast.karen)
    page = client.get(reverse("news:newsletter-write"))

    page = client.post(
        reverse("news:newsletter-write"),
        {
            "slip": page.context["form"].initial["slip"],
            "title": "Kept",
            "introduction": "Kept too",
            "news": [str(cast.bakkens_party.address)],
        },
    )

    assert page.context["form"].errors.keys() == {"news"}
    assert b"Kept too" in page.content


def test_on_paper_is_what_relatives_of_the_department_may_read(
    cast, letter, sign_in, monkeypatch
):
    monkeypatch.setattr("portal.pdf.draw", str.encode)
    paper = reverse("news:newsletter-paper", args=[letter.uuid, cast.aakanden.uuid])

    said = sign_in(cast.clara).get(paper).content.decode()

    assert {t for t in TITLES if t.replace("'", "&#x27;") in said} == {
        "Akanden's",
        "Families'",
    }


def test_the_addresses_are_of_those_without_a_log_in(cast, sign_in):
    alone = RelationFactory(
        resident=cast.bo, relative__user=None, relative__address="Alone Street 1"
    )
    RelationFactory(resident=cast.ida, relative__user=None)
    page = sign_in(cast.karen).get(
        reverse(
            "news:newsletter-addresses", args=[cast.letter.uuid, cast.aakanden.uuid]
        )
    )

    assert list(page.context["people"]) == [alone.relative]
    assert b"Alone Street 1" in page.content


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_much_is_in_it(
    cast, sign_in, count, django_assert_max_num_queries
):
    items = NewsItemFactory.create_batch(count, home=cast.solgaarden)
    letter = NewsletterFactory(home=cast.solgaarden, items=items)
    client = sign_in(cast.anna)

    with django_assert_max_num_queries(8):
        page = client.get(reverse("news:newsletter", args=[letter.uuid]))

    assert len(page.context["items"]) == count


def test_who_waits_for_a_link_does_not_wait_for_a_newsletter(cast, letter):
    sent(letter, cast.clara)
    outbox.post("account-changed", to=cast.ole, key="k", what="password_changed")

    assert next(iter(letters())) == cast.ole.email
