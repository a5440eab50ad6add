"""The invitation on paper: for a relative whom no mail reaches."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import translation

from consent import actions as consents
from meetings.actions import inviting, planning
from meetings.models import Conversation
from meetings.papers import invitation
from portal import clock, drafts, pdf
from portal.models import AuditEvent
from relatives.models import Contact, Relative
from residents.models import AccessEvent
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import ConversationFactory
from tests.papers import archival, silence, words
from tests.plain import HARDEST, lix, prose


@pytest.fixture
def invited(cast):
    """Bo's conversation is to come; he has Rikke and Anna there. Rikke has no e-mail."""
    Conversation.objects.filter(pk=cast.talk.pk).update(
        status="declined", declined_by="resident", declined_why="Later"
    )
    talk = ConversationFactory(resident=cast.bo, chair=cast.karen, place="Køkkenet")
    for relation in (cast.rikkes, cast.annas):
        consent = tell(relation, Topic.MEETINGS, action="take_part", by=cast.mette)
        talk.participants.create(
            relation=relation, consent=consent, accepted_on=clock.today()
        )
    Relative.objects.filter(pk=cast.rikkes.relative_id).update(
        email="", user=None, address="Havnegade 4", postcode="8000", city="Aarhus"
    )
    return talk.participants.get(relation=cast.rikkes)


def at(participant, page="letter"):
    relation = participant.relation
    return reverse(
        f"meetings:{page}", args=[participant.conversation.uuid, relation.uuid]
    )


def given(client, participant, user, **fields):
    form = {"slip": drafts.new_slip(user), "how": "post"} | fields
    return [client.post(at(participant), form) for _press in range(2)]


def test_it_says_when_where_what_about_how_to_prepare_and_whom_to_call(
    cast, invited, sign_in, caplog
):
    with silence(caplog):
        response = sign_in(cast.karen).get(at(invited, "letter-paper"))

    paper = words(response.content)
    for told in (
        *("Havnegade 4", "8000 Aarhus", "Køkkenet", cast.bo.short_name),
        *("Økonomi", "Sundhed og medicin", str(cast.karen), cast.solgaarden.phone),
        invitation.words(invited, by=cast.karen)["when"].split()[0],
    ):
        assert told in paper
    assert "Side 1 af 1" in paper
    about = archival(response.content)
    for name in (cast.bo, cast.rikkes.relative):
        assert str(name) not in about + str(response.headers)


def test_nobody_else_of_the_family_is_named_in_it(cast, invited):
    told = str(invitation.words(invited, by=cast.karen))

    assert str(cast.annas.relative) not in told
    assert cast.annas.relative.given_name not in told


def test_a_protected_address_stands_on_no_paper(cast, invited):
    relative = invited.relation.relative
    relative.protected_address = True

    assert "Havnegade" not in str(invitation.words(invited, by=cast.karen))


def test_it_is_easy_to_read(cast, invited):
    with translation.override("da"):
        html = pdf.html(invitation.TEMPLATE, invitation.words(invited, by=cast.karen))

    assert lix(" ".join(prose(html))) <= HARDEST["relatives"]


def test_that_it_was_given_is_noted_once_everywhere(cast, invited, sign_in):
    client = sign_in(cast.karen)
    page = reverse("meetings:move-in", args=[cast.bo.uuid])
    assert invited.wants_a_letter
    assert client.get(page).context["can_invite"]

    given(client, invited, cast.karen)

    invited.refresh_from_db()
    assert (invited.letter, invited.letter_by) == ("post", cast.karen)
    contact = Contact.objects.get(relative=invited.relation.relative, topic="meetings")
    assert contact.direction == Contact.Direction.TO_RELATIVE
    event = AccessEvent.objects.get(relation_id=invited.relation_id, way="print")
    assert (event.user, event.topic) == (cast.karen, Topic.MEETINGS)
    assert AuditEvent.objects.filter(verb="conversation.invited_by_letter").count() == 1


def test_when_the_day_is_moved_the_letter_is_told_to_be_old(cast, invited, sign_in):
    client = sign_in(cast.karen)
    given(client, invited, cast.karen)

    moved = invited.conversation.planned_at + dt.timedelta(days=1)
    planning.move(invited.conversation, by=cast.karen, planned_at=moved)

    page = client.get(at(invited))
    assert page.context["person"].letter_is_old
    given(client, invited, cast.karen, how="hand")
    assert not client.get(at(invited)).context["person"].letter_is_old


def test_whom_the_resident_no_longer_wants_there_gets_none(cast, invited, sign_in):
    client = sign_in(cast.karen)
    consents.withdraw(cast.rikkes.consents.get(action="take_part"), by=cast.mette)

    for page in ("letter", "letter-paper"):
        assert client.get(at(invited, page)).status_code == 404
    assert [one.status_code for one in given(client, invited, cast.karen)] == [404] * 2
    invited = type(invited).objects.get(pk=invited.pk)
    with pytest.raises(inviting.NotInvited):
        inviting.give_letter(invited, how="post", uuid=uuid.uuid4(), by=cast.karen)
    assert not Contact.objects.filter(topic="meetings").exists()


@pytest.mark.parametrize("person", ["tim", "ole", "anna", "bos"])
def test_for_everybody_else_there_is_no_letter(cast, invited, sign_in, person):
    client = sign_in(getattr(cast, person))

    assert client.get(at(invited)).status_code == 404
    assert client.get(at(invited, "letter-paper")).status_code == 404


def test_a_care_worker_who_does_not_lead_it_does_not_invite(cast, invited, sign_in):
    assert sign_in(cast.mette).get(at(invited)).status_code == 403
