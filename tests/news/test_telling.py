"""That there is news is told by mail, and never what: to those who may read it then."""

import datetime as dt
import re
import uuid

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from consent import actions as consent
from news import actions, audience, publishing
from news.models import NewsItem
from portal import clock, kinds, postman
from portal.models import Message, Notice, User
from relatives.models import Relation
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import NewsItemFactory, RelationFactory
from tests.plain import HARDEST, lix

NOON = dt.datetime(2026, 11, 18, 12, tzinfo=clock.DENMARK)
MONDAY = dt.datetime(2026, 11, 23, 17, tzinfo=clock.DENMARK)


def write(cast, topic=Topic.HEALTH, text="Bo Holm was at the dentist"):
    return actions.write_entry(
        uuid=uuid.uuid4(),
        resident=cast.bo,
        topic=topic,
        title="Canary",
        text=text,
        happened_on=clock.today(),
        by=cast.mette,
    )


def publish(cast, **details):
    item = NewsItemFactory(
        home=cast.solgaarden,
        department=cast.aakanden,
        title="Canary",
        author=cast.mette,
        published_at=None,
        **details,
    )
    return publishing.publish(item, as_of=item.edited_at, by=cast.karen)


@pytest.fixture
def monday(cast, move_clock):
    """Whom a mail reaches on Monday at five, and its text."""

    def monday():
        move_clock(MONDAY)
        mail.outbox.clear()
        postman.empty_outbox()
        return {letter.to[0]: letter for letter in mail.outbox}

    move_clock(NOON)
    return monday


def test_the_week_s_glimpses_are_one_mail_to_those_who_may_read_them(cast, monday):
    for _day in range(3):
        write(cast)
    write(cast, Topic.ECONOMY)

    letters = monday()

    assert set(letters) == {cast.anna.email, cast.rikke.email}
    assert "- Fra hverdagen: 3\n" in letters[cast.anna.email].body
    assert "- Fra hverdagen: 4\n" in letters[cast.rikke.email].body
    assert postman.empty_outbox() == 0


@pytest.mark.parametrize("ends", ["consent", "relation", "recalled"])
def test_what_may_not_be_read_when_the_mail_leaves_is_not_told(cast, monday, ends):
    entry = write(cast)
    if ends == "consent":
        consent.withdraw(cast.annas.consents.get(), by=cast.mette)
    elif ends == "relation":
        Relation.objects.filter(pk=cast.annas.pk).update(
            ended_at=clock.now(), ended_by=cast.mette
        )
    else:
        actions.recall(entry, reason="Wrong", by=cast.mette)

    assert cast.anna.email not in monday()
    message = Message.objects.get(to=cast.anna)
    assert message.given_up_at
    assert message.sent_at is None
    assert message.last_error


def test_who_may_read_it_by_then_is_told(cast, monday):
    entry = write(cast)
    tell(cast.jenss, Topic.HEALTH, by=cast.mette)

    told = cast.jens.email in monday()

    sees = type(entry).objects.visible_to(cast.jens).filter(pk=entry.pk).exists()
    assert told is sees


def test_a_correction_is_not_told_again(cast, monday):
    entry = write(cast)

    actions.correct_entry(
        entry,
        uuid=uuid.uuid4(),
        topic=entry.topic,
        title="",
        text="Bo was at the doctor",
        happened_on=entry.happened_on,
        by=cast.mette,
    )

    assert "- Fra hverdagen: 1\n" in monday()[cast.anna.email].body


def test_news_is_told_to_everybody_who_reads_it_but_its_publisher(cast, monday):
    item = publish(cast)

    letters = monday()

    readers = {
        user.email
        for user in User.objects.filter(is_active=True)
        if NewsItem.objects.visible_to(user).current().filter(pk=item.pk).exists()
    }
    assert set(letters) == readers - {cast.karen.email}
    assert cast.jens.email in readers
    assert "- Nyt fra huset: 1\n" in letters[cast.anna.email].body


def test_as_many_are_told_as_were_counted_before(cast):
    told = audience.readers(cast.party)

    # Nobody there is two of the three.
    assert audience.people(cast.party).count() == (
        told.relatives + told.residents + told.staff
    )


def test_what_is_important_is_told_at_once(cast, move_clock):
    move_clock(NOON)
    publish(cast, important=True)
    move_clock(NOON + dt.timedelta(minutes=10))

    postman.empty_outbox()

    assert cast.anna.email in {letter.to[0] for letter in mail.outbox}


def test_to_publish_costs_the_same_however_many_read_it(cast):
    counts = []
    for _more in range(2):
        item = NewsItemFactory(
            home=cast.solgaarden,
            department=cast.aakanden,
            author=cast.mette,
            published_at=None,
        )
        with CaptureQueriesContext(connection) as asked:
            publishing.publish(item, as_of=item.edited_at, by=cast.karen)
        counts.append(len(asked))
        for number in range(20):
            RelationFactory(resident=cast.bo, relative__user__name=f"R{number}")

    assert counts[0] == counts[1]
    assert Notice.objects.count() > 20


def test_the_mail_tells_nothing_by_itself_and_is_easy_to_read(cast, monday):
    write(cast)
    publish(cast)

    letter = monday()[cast.anna.email]

    raw = letter.message().as_bytes()
    for word in (b"Canary", b"Bo ", b"Holm", b"dentist", b"Mette"):
        assert word not in raw
    assert letter.subject == "Der er nyt til dig"
    assert lix(letter.body.split("http")[0]) <= HARDEST["relatives"]


@pytest.mark.parametrize("wrong", ["Sol\r\nBcc: x@example.com", "Sol\nX-Own: 1"])
def test_no_name_adds_to_the_head_of_a_mail(cast, monday, wrong):
    User.objects.filter(pk=cast.anna.pk).update(name=wrong)
    type(cast.solgaarden).objects.filter(pk=cast.solgaarden.pk).update(name=wrong)
    write(cast)

    letter = monday()[cast.anna.email]

    head = letter.message().as_bytes().partition(b"\n\n")[0]
    assert b"Bcc" not in head
    assert b"X-Own" not in head
    assert letter.recipients() == [cast.anna.email]


def test_a_link_in_the_head_is_one_line_and_readable(cast, monday):
    write(cast)

    head = monday()[cast.anna.email].message().as_bytes().replace(b"\n ", b"")

    [line] = [one for one in head.splitlines() if one.startswith(b"List-Unsubscribe:")]
    assert re.fullmatch(rb"List-Unsubscribe: *<http://[\w./:-]+>", line)


def test_what_was_told_is_asked_in_one_question_a_kind(
    cast, django_assert_max_num_queries
):
    told = [
        Notice(to=cast.anna, kind="diary", facts={"address": str(write(cast).address)})
        for _entry in range(5)
    ]

    with translation.override("da"), django_assert_max_num_queries(4):
        assert list(kinds.counted(cast.anna, told).values()) == [5]
