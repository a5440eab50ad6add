"""What the family and the resident do themselves: wishes, mails, papers, the lent screen."""

import uuid

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from consent import actions as consents
from meetings.actions import handing, planning, printing
from meetings.actions.holding import Said, save_answers
from meetings.models import Conversation, Expectation, HandOut, Preparation
from portal import clock, drafts, postman, walls
from portal.models import AuditEvent
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import ConversationFactory, ExpectationFactory
from tests.letters import gathered, words_of
from tests.plain import HARDEST, lix, prose

NEW = "/my-expectations/new/"
MINE = "/my-expectations/"


def sent(user, **fields):
    return {"slip": drafts.new_slip(user), **fields}


@pytest.fixture
def accepted(cast):
    """Bo has Anna at his meetings."""
    return tell(cast.annas, Topic.MEETINGS, action="take_part", by=cast.mette)


# Their own wishes


def test_a_relative_writes_a_wish_that_staff_and_the_resident_read(
    cast, accepted, sign_in
):
    client = sign_in(cast.anna)
    assert NEW in client.get(MINE).content.decode()
    form = sent(cast.anna, whose=str(cast.annas.uuid), text="Ring om søndagen")

    for _press in range(2):
        assert client.post(NEW, form).status_code == 302

    wish = Expectation.objects.get(text="Ring om søndagen")
    assert (wish.relation, wish.recorded_by) == (cast.annas, cast.anna)
    assert wish.is_by_themselves
    for person, page in (
        (cast.anna, MINE),
        (cast.bos, MINE),
        (cast.mette, reverse("meetings:expectations", args=[cast.bo.uuid])),
    ):
        assert wish.text in sign_in(person).get(page).content.decode()
    tell(cast.rikkes, Topic.MEETINGS, action="take_part", by=cast.mette)
    assert wish.text not in sign_in(cast.rikke).get(MINE).content.decode()


@pytest.mark.parametrize("person", ["karen", "clara"])
def test_a_wish_waits_on_the_managers_start_page_until_it_is_answered(
    cast, accepted, sign_in, person
):
    sign_in(cast.anna).post(
        NEW, sent(cast.anna, whose=str(cast.annas.uuid), text="Ring om søndagen")
    )
    wish = Expectation.objects.get(text="Ring om søndagen")
    address = reverse("meetings:expectation-answer", args=[wish.uuid])
    heard = reverse("meetings:expectation-answer", args=[cast.hope.uuid])
    client = sign_in(getattr(cast, person))
    page = client.get("/").content.decode()
    assert address in page
    # What staff have written down themselves waits in its own list.
    assert heard not in page
    for other in (cast.tim, cast.anna, cast.bos):
        assert address not in sign_in(other).get("/").content.decode()

    client = sign_in(cast.mette)
    client.post(address, sent(cast.mette, kind="can", because=""))

    client = sign_in(getattr(cast, person))
    assert address not in client.get("/").content.decode()


def test_who_is_accepted_no_more_writes_no_wish(cast, accepted, sign_in):
    client = sign_in(cast.anna)
    wish = ExpectationFactory(
        resident=cast.bo, party="relatives", relation=cast.annas, recorded_by=cast.anna
    )
    consents.withdraw(accepted, by=cast.mette, how="staff")

    form = sent(cast.anna, whose=str(cast.annas.uuid), text="Sent")
    assert client.post(NEW, form).status_code == 404
    end = reverse("meetings:my-expectation-end", args=[wish.uuid])
    assert client.post(end).status_code == 404
    assert not Expectation.objects.filter(text="Sent").exists()


def test_a_wish_for_somebody_elses_resident_is_none(cast, accepted, sign_in):
    form = sent(cast.anna, whose=str(cast.idas.uuid), text="Wrong")

    response = sign_in(cast.anna).post(NEW, form)

    assert "whose" in response.context["form"].errors


def test_a_relative_takes_back_their_own_wish_alone(cast, accepted, sign_in):
    own = ExpectationFactory(
        resident=cast.bo, party="relatives", relation=cast.annas, recorded_by=cast.mette
    )
    others = ExpectationFactory(
        resident=cast.bo, party="relatives", relation=cast.rikkes
    )
    client = sign_in(cast.anna)

    for wish, status in ((own, 302), (others, 404), (cast.jenss_hope, 404)):
        end = reverse("meetings:my-expectation-end", args=[wish.uuid])
        assert client.post(end).status_code == status

    own.refresh_from_db()
    assert own.ended_by == cast.anna
    assert not others.ended_at


# Mails


@pytest.fixture
def talk(cast):
    """Bo's conversation is still to come."""
    Conversation.objects.filter(pk=cast.talk.pk).update(
        status="declined", declined_by="resident", declined_why="Senere"
    )
    return ConversationFactory(resident=cast.bo, chair=cast.karen, place="Køkkenet")


def invite(cast, talk, consent):
    planning.choose_participants(
        talk,
        relatives={cast.annas: {"consent": consent, "accepted_on": clock.today()}},
        colleagues={},
        others=[],
        by=cast.karen,
    )


def test_who_is_invited_gets_one_mail_that_tells_nothing(cast, talk, accepted):
    for _saved in range(2):
        invite(cast, talk, accepted)

    gathered()
    postman.empty_outbox()

    [letter] = mail.outbox
    assert letter.to == [cast.anna.email]
    for secret in ("Bo", "Køkkenet", "indflyt"):
        assert secret not in words_of(letter).replace("Botilbud", "")


def test_the_mail_is_stopped_by_a_no(cast, talk, accepted):
    invite(cast, talk, accepted)
    consents.withdraw(accepted, by=cast.mette, how="staff")

    gathered()
    postman.empty_outbox()

    assert mail.outbox == []


@pytest.fixture
def handed(cast):
    """An extract in the portal, in which something is Anna's to read."""
    tell(cast.annas, Topic.DAILY, by=cast.mette)
    question = cast.talk.template.sections.get(key="wishes").questions.first()
    said = Said(question, 0, text="Ro", answered_by="resident")
    save_answers(cast.talk, said=[said], by=cast.mette)
    version = printing.print_record(cast.talk, by=cast.karen)
    return handing.hand_to_relative(
        version, relation=cast.annas, how="portal", uuid=uuid.uuid4(), by=cast.karen
    )


def test_an_extract_in_the_portal_is_told_of_once(cast, handed):
    handing.hand_to_relative(
        handed.printout,
        relation=cast.annas,
        how="portal",
        uuid=handed.uuid,
        by=cast.karen,
    )

    for _round in range(2):
        gathered()
    postman.empty_outbox()

    assert [letter.to for letter in mail.outbox] == [[cast.anna.email]]
    assert "Bo" not in words_of(mail.outbox[0]).replace("Botilbud", "")


@pytest.mark.parametrize("stop", ["consent", "closed"])
def test_no_mail_leaves_about_what_may_be_read_no_more(cast, handed, stop):
    if stop == "closed":
        handing.close(handed, why="Den forkerte", by=cast.karen)
    else:
        for consent in cast.annas.consents.all():
            consents.withdraw(consent, by=cast.mette, how="staff")

    gathered()
    postman.empty_outbox()

    assert not any(cast.anna.email in letter.to for letter in mail.outbox)


# Closed by hand


def test_what_is_closed_opens_for_nobody_but_stays_on_the_list(cast, sign_in):
    found = cast.extract
    relative = found.relation.relative.user
    address = reverse("meetings:extract", args=[found.uuid])
    assert sign_in(relative).get(address).status_code == 200
    close = reverse("meetings:extract-close", args=[found.uuid])
    manager = sign_in(cast.karen)
    assert "why" in manager.post(close, sent(cast.karen)).context["form"].errors

    for why in ("Den forkerte version", "Igen"):
        assert manager.post(close, sent(cast.karen, why=why)).status_code == 302

    page = manager.get(reverse("meetings:version", args=[found.printout.uuid]))
    assert "Den forkerte version" in page.content.decode()
    reader = sign_in(relative)
    assert reader.get(address).status_code == 404
    paper = reverse("meetings:extract-paper", args=[found.uuid])
    assert reader.get(paper).status_code == 404
    assert address not in reader.get("/").content.decode()
    found.refresh_from_db()
    assert found.closed_by == cast.karen
    assert AuditEvent.objects.filter(verb="conversation.hand_out_closed").count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"closed_at": None, "closed_by": None, "closed_why": ""},
        {"closed_why": "Another"},
    ],
)
def test_what_is_closed_is_not_opened_again(cast, change):
    handing.close(cast.extract, why="Den forkerte", by=cast.karen)

    with pytest.raises(IntegrityError), transaction.atomic():
        HandOut.objects.filter(pk=cast.extract.pk).update(**change)


def test_nothing_is_closed_without_a_name_and_a_reason(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOut.objects.filter(pk=cast.extract.pk).update(
            closed_at=clock.now(), closed_by=cast.karen
        )


def test_the_database_itself_shows_nobody_what_is_closed(cast, sign_in):
    if connection.vendor != "postgresql":
        pytest.skip("Only PostgreSQL has walls.")
    relative = cast.extract.relation.relative.user
    handing.close(cast.extract, why="Den forkerte", by=cast.karen)

    with walls.seen_by(relative):
        assert not HandOut.objects.filter(pk=cast.extract.pk).exists()


# The lent screen


def test_the_resident_writes_on_a_screen_that_opens_nothing_else(cast, talk, sign_in):
    client = sign_in(cast.mette)
    response = client.post(reverse("meetings:prepare-lend", args=[talk.uuid]))
    address = reverse("meetings:together-prepare", args=[cast.bo.uuid])
    assert response.url == address
    assert client.get(address).status_code == 200
    assert client.get("/").url == reverse("consent:together", args=[cast.bo.uuid])

    client.post(address, sent(cast.mette, like="Is"))

    one = talk.preparations.get()
    assert (one.on_lent_screen, one.together, one.written_by) == (
        True,
        True,
        cast.mette,
    )
    assert one.answers.get().text == "Is"
    other = reverse("meetings:together-prepare", args=[cast.ida.uuid])
    assert client.get(other).status_code in (302, 404)


def test_without_a_lent_screen_the_page_is_not_there(cast, talk, sign_in):
    address = reverse("meetings:together-prepare", args=[cast.bo.uuid])

    for person in (cast.mette, cast.bos, cast.anna):
        assert sign_in(person).get(address).status_code == 404


def test_after_the_talk_no_screen_is_lent_for_it(cast, sign_in):
    lend = reverse("meetings:prepare-lend", args=[cast.talk.uuid])

    assert sign_in(cast.mette).post(lend).status_code == 404


def test_a_relatives_preparation_is_none_of_the_lent_screen(cast, talk):
    with pytest.raises(IntegrityError, match="lent_screen"), transaction.atomic():
        Preparation.objects.create(
            conversation=talk,
            relation=cast.annas,
            written_by=cast.anna,
            together=True,
            on_lent_screen=True,
        )


@pytest.mark.parametrize("page", [MINE, NEW])
def test_a_relatives_page_is_plain(cast, accepted, sign_in, page):
    html = sign_in(cast.anna).get(page).content.decode()

    assert lix(" ".join(prose(html))) <= HARDEST["relatives"]


@pytest.mark.parametrize("page", ["questions", "question-section-add", "question-add"])
def test_the_managers_page_is_plain(cast, sign_in, page):
    names = ["economy"] if page == "question-add" else []
    html = sign_in(cast.clara).get(reverse(f"meetings:{page}", args=names))

    assert lix(" ".join(prose(html.content.decode()))) <= HARDEST["staff"]
