"""Every page and paper that a resident reads is easy, as it stands on the screen.

The messages one by one are in tests/test_messages.py; here they are whole pages, with names
and dates in them.
"""

import datetime as dt

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from consent import actions
from consent.models import Consent, ConsentTalk, TalkWish
from consent.paper import words as paper
from consent.record import words
from portal import clock
from relatives.models import Representation
from residents.topics import Topic
from tests.conftest import tell
from tests.plain import HARDEST, lix, prose

A_DAY = dt.timedelta(days=1)


def hard(html, reader="residents", part="main"):
    """What is over the bound; "" of a page that is not."""
    sentences = prose(html, part)
    if not sentences:
        return ""
    found = lix(" ".join(sentences))
    return "" if found <= HARDEST[reader] else f"{found:.1f}: {sentences}"


@pytest.fixture
def answered(cast):
    """Of each answer one, one that has been stopped, and one that the law gives."""
    for topic, answer in (("daily", "yes"), ("goals", "no"), ("social", "not_yet")):
        tell(cast.jenss, topic, by=cast.mette, answer=answer)
    for action in ("be_told", "be_contacted", "take_part"):
        tell(cast.jenss, Topic.MEETINGS, by=cast.mette, action=action)
    actions.withdraw(
        tell(cast.jenss, Topic.PHOTOS, by=cast.mette), by=cast.bos, how="portal"
    )
    Representation.objects.create(
        relation=cast.jenss, kind="economic", starts_on=dt.date(2020, 1, 1)
    )
    return cast


def pages_of(cast, name):
    """The resident's pages; `name` as in consent.urls, alone or together."""
    own = [cast.bo.uuid] if name == "together" else []

    def at(page="", *arguments):
        return reverse(f"consent:{name}{page and '-'}{page}", args=[*own, *arguments])

    relations = [cast.jenss, cast.annas]
    yield at()
    yield at("talk")
    for relation in relations:
        yield at("person", relation.uuid)
        for topic in Topic:
            yield at("question", relation.uuid, topic)
        for consent in relation.consents.filter(action=Consent.Action.SEE):
            yield at("answer", consent.uuid)


def pages_beside(cast):
    yield reverse("consent:my-changes")
    yield reverse("consent:my-disclosures")
    yield reverse("consent:who-has-looked")
    yield reverse("consent:what-would-change", args=[cast.annas.uuid])
    for talk in ConsentTalk.objects.filter(resident=cast.bo):
        yield reverse("consent:receipt", args=[talk.uuid])


def pages_of_relatives(cast):
    for name in ("home", "news:everyday", "relatives:my-residents"):
        yield reverse(name)
    yield reverse("relatives:my-agreements")
    yield reverse("relatives:confidentiality")


def pages_of_staff(cast):
    about, bo, paper = cast.annas.uuid, cast.bo.uuid, cast.asked_on_paper.uuid
    for name in ("renewals", "changes-soon", "may-i-say-it", "paper-code"):
        yield reverse(f"consent:{name}")
    for name in ("consents", "what-changes", "disclosures", "disclosure-record"):
        yield reverse(f"consent:{name}", args=[bo])
    for name in ("consent-ask", "what-would-change", "history", "paper-print"):
        yield reverse(f"consent:{name}", args=[about])
    yield reverse("consent:may-i-tell", args=[about])
    yield reverse("consent:paper-enter", args=[paper])
    yield reverse("consent:talk-wish", args=[cast.talk_wish.uuid])
    yield reverse("consent:passed-on", args=[bo])


def all_hard(client, pages, reader="residents"):
    found = {}
    for path in pages:
        response = client.get(path, follow=True)
        assert response.status_code == 200, path
        if said := hard(response.content.decode(), reader):
            found[path] = said
    return found


def test_alone_with_the_questions(answered, sign_in):
    client = sign_in(answered.bos)

    assert all_hard(client, pages_of(answered, "mine")) == {}


def test_beside_them(answered, sign_in):
    sign_in(answered.anna).get("/")
    sign_in(answered.mette).get("/")
    client = sign_in(answered.bos)

    assert all_hard(client, pages_beside(answered)) == {}


def test_after_a_stop_and_a_wish(answered, sign_in):
    client = sign_in(answered.bos)
    everything = reverse("consent:mine-stop-all", args=[answered.jenss.uuid])
    stopped = client.post(everything, follow=True)
    wished = client.post(reverse("consent:mine-talk"), follow=True)

    assert TalkWish.objects.exists()
    assert hard(stopped.content.decode()) == ""
    assert hard(wished.content.decode()) == ""
    assert hard(client.get(reverse("consent:mine")).content.decode()) == ""


def test_together_and_when_it_is_over(answered, sign_in):
    client = sign_in(answered.mette)
    client.post(reverse("consent:together-start", args=[answered.bo.uuid]))

    assert all_hard(client, pages_of(answered, "together")) == {}
    over = client.post(
        reverse("consent:together-end", args=[answered.bo.uuid]), follow=True
    )
    assert hard(over.content.decode()) == ""


@pytest.mark.parametrize("relative", ["anna", "jens"])
def test_what_relatives_read(answered, sign_in, relative):
    client = sign_in(getattr(answered, relative))

    assert all_hard(client, pages_of_relatives(answered), "relatives") == {}
    gone = client.get(reverse("news:entry", args=[answered.bo.uuid]))
    assert gone.status_code == 404
    assert hard(gone.content.decode(), "relatives") == ""


def test_what_staff_read(answered, sign_in):
    client = sign_in(answered.mette)

    assert all_hard(client, pages_of_staff(answered), "staff") == {}


def test_on_paper(answered):
    content = paper.questions(
        answered.jenss,
        list(Topic.values),
        code="7KM39QXT",
        at=clock.now(),
        by=answered.mette,
    )
    talk = ConsentTalk.objects.filter(resident=answered.bo).last()
    with translation.override("da"):
        questions = render_to_string("pdf/questions.html", content)
        receipt = render_to_string("pdf/receipt.html", words.receipt(talk))

    assert hard(questions, part="body") == ""
    assert hard(receipt, part="body") == ""
