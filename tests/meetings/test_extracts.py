"""What one relative gets of a record: item by item, as long as the resident shares it."""

import uuid
from io import BytesIO

import pikepdf
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from consent import actions as consent
from meetings import papers
from meetings.actions import handing, holding, planning, printing
from meetings.models import (
    ExpectationReply,
    ExtractItem,
    HandOut,
    Question,
)
from meetings.papers import extract
from portal import clock, mail, pdf
from relatives.models import Agreement, Relative
from residents.models import AccessEvent
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import (
    AgreementFactory,
    DisagreementFactory,
    ExpectationFactory,
    PartFactory,
    ReviewFactory,
)
from tests.letters import gathered, words_of
from tests.papers import unbroken, words

HOW = HandOut.How


@pytest.fixture
def version(cast):
    """A version with a word of its own in every answer and every agreement."""
    said = [
        holding.Said(question=question, seen=0, text=f"ord{question.pk}slut")
        for question in Question.objects.filter(section__template=cast.talk.template)
        if question.kind == Question.Kind.TEXT
    ]
    holding.save_answers(cast.talk, said=said, by=cast.mette)
    planning.choose_participants(
        cast.talk,
        relatives={
            relation: {"accepted_on": clock.today()}
            for relation in (cast.annas, cast.jenss)
        },
        colleagues={},
        others=[("Fremmedord", "Fagord")],
        by=cast.karen,
    )
    for topic in Topic:
        agreement = AgreementFactory(
            resident=cast.bo,
            topic=topic,
            text=f"aftale{topic.value}slut",
            responsible="relative",
            responsible_relative=cast.jenss.relative,
            recorded_by=cast.mette,
        )
        holding.link_agreement(cast.talk, agreement=agreement, by=cast.mette)
    _together(cast)
    Relative.objects.update(phone="70707070", email="hemmelig@example.org")
    for relation, word in ((cast.jenss, "jensord"), (cast.rikkes, "rikkeord")):
        Relative.objects.filter(pk=relation.relative_id).update(family_name=word)
        relation.relative.refresh_from_db()
    cast.talk.participation_note = "Deltagerord"
    cast.talk.save()
    return printing.print_record(cast.talk, by=cast.karen)


def _together(cast):
    """Wishes with answers and other views, helpers and results, each a word of its own."""
    for party, relation in (
        ("resident", None),
        ("home", None),
        ("annas", cast.annas),
        ("jenss", cast.jenss),
    ):
        wish = ExpectationFactory(
            resident=cast.bo,
            party="relatives" if relation else party,
            relation=relation,
            text=f"ønske{party}slut",
            recorded_by=cast.mette,
        )
        ExpectationReply.objects.create(
            expectation=wish,
            kind="cannot",
            because=f"fordi{party}slut",
            recorded_by=cast.mette,
        )
        DisagreementFactory(
            expectation=wish,
            their_words=f"deres{party}slut",
            our_words=f"vores{party}slut",
        )
    for agreement in Agreement.objects.filter(text__startswith="aftale"):
        topic = agreement.topic
        for who, relation in (("jenss", cast.jenss), ("annas", cast.annas)):
            PartFactory(
                agreement=agreement,
                who="relative",
                relative=relation.relative,
                task=f"opgave{who}{topic}slut",
            )
        ReviewFactory(agreement=agreement, was_kept="not", why=f"hvorfor{topic}slut")
        Agreement.objects.filter(pk=agreement.pk).update(goal=f"formål{topic}slut")


def hand_to(relation, version, cast, how=HOW.PORTAL):
    return handing.hand_to_relative(
        version, relation=relation, how=how, uuid=uuid.uuid4(), by=cast.karen
    )


def everything_in(paper):
    """Every word a program finds in the file, also where nobody looks."""
    with pikepdf.open(BytesIO(paper)) as file:
        assert not file.attachments
        with file.open_outline() as outline:
            titles = [item.title for item in outline.root]
        about = [str(file.docinfo), str(file.open_metadata()), *titles]
        return " ".join([words(paper), unbroken(paper), *about])


def test_only_what_is_shared_with_the_relative_is_in_the_extract(cast, version):
    hand_out = hand_to(cast.annas, version, cast)
    items = list(ExtractItem.objects.visible_to(cast.anna).filter(hand_out=hand_out))

    paper = everything_in(pdf.render(extract.TEMPLATE, extract.words(hand_out, items)))

    for question in Question.objects.filter(section__template=cast.talk.template):
        about_others = question.section.key in ("contact", "involvement")
        if question.kind == Question.Kind.TEXT:
            shared = question.topic == Topic.HEALTH and not about_others
            assert (f"ord{question.pk}slut" in paper) == shared, question
    for topic in Topic:
        assert (f"aftale{topic.value}slut" in paper) == (topic == Topic.HEALTH)
    for word in (
        *("jensord", "rikkeord", "Jens", "Rikke", "70707070", "hemmelig"),
        *("Fremmedord", "Fagord", "Deltagerord", "samtykke", "okonomi", "Økonomi"),
    ):
        assert word not in paper
    agreement = next(item.content for item in items if not item.section)
    assert agreement["responsible"] == "en anden pårørende"
    assert "Uddrag" in paper


def test_of_wishes_and_helpers_only_the_relatives_own_are_in_it(cast, version):
    tell(cast.annas, Topic.MEETINGS, by=cast.mette)
    hand_out = hand_to(cast.annas, version, cast)
    items = list(ExtractItem.objects.visible_to(cast.anna).filter(hand_out=hand_out))

    paper = everything_in(pdf.render(extract.TEMPLATE, extract.words(hand_out, items)))

    for party in ("resident", "home", "annas", "jenss"):
        for word in ("ønske", "fordi", "deres", "vores"):
            assert (f"{word}{party}slut" in paper) == (party == "annas"), word
    for topic in Topic:
        is_shared = topic in (Topic.HEALTH, Topic.MEETINGS)
        for word in ("formål", "hvorfor", "opgaveannas", "opgavejenss"):
            assert (f"{word}{topic.value}slut" in paper) == is_shared, (word, topic)
    for name in ("jensord", "Jens"):
        assert name not in paper
    assert "enandenpårørende:opgavejenss" in paper
    assert [item.content["talk"] for item in items if "talk" in item.content] == [14]
    rows = str([item.content for item in items])
    for key in ("'relative'", "'relation'", "'wish'"):
        assert key not in rows


def test_what_the_relatives_said_is_for_those_of_them_who_were_there(cast, version):
    tell(cast.annas, Topic.MEETINGS, by=cast.mette)

    def got():
        items = hand_to(cast.annas, version, cast).items.all()
        return {item.content.get("question") for item in items}

    theirs = {
        str(question)
        for question in Question.objects.filter(
            section__template=cast.talk.template,
            section__key="expectations",
            key__in=("relatives", "good-life"),
        )
    }
    row = cast.talk.participants.filter(relation=cast.annas)

    for attendance in ("absent", "apologies", ""):
        row.update(attendance=attendance)
        assert not got() & theirs
    for attendance in ("came", "online"):
        row.update(attendance=attendance)
        assert got() >= theirs
    assert len(theirs) == 2


def test_the_residents_copy_has_it_all(cast, version):
    hand_out = handing.hand_to_resident(
        version, how=HOW.PORTAL, uuid=uuid.uuid4(), by=cast.karen
    )

    paper = everything_in(
        pdf.render(extract.TEMPLATE, extract.words(hand_out, hand_out.items.all()))
    )

    for party in ("resident", "home", "annas", "jenss"):
        for word in ("ønske", "fordi", "deres", "vores"):
            assert f"{word}{party}slut" in paper


def test_the_extract_is_marked_on_every_page_and_named_after_nobody(cast, version):
    for topic in Topic:
        if topic != Topic.HEALTH:
            tell(cast.annas, topic, by=cast.mette)
    hand_out = hand_to(cast.annas, version, cast)
    items = list(hand_out.items.all())

    paper = pdf.render(extract.TEMPLATE, extract.words(hand_out, items))

    with pikepdf.open(BytesIO(paper)) as file:
        count = len(file.pages)
        about = str(file.docinfo) + str(file.open_metadata())
    assert count > 1
    assert words(paper).count("Uddrag · til Anna Holm · Version") == count
    for name in ("Anna", "Holm", cast.bo.given_name, cast.bo.family_name):
        assert f"{name} " not in about


def test_a_withdrawn_consent_closes_the_link_at_once(cast, version, sign_in):
    hand_out = hand_to(cast.annas, version, cast)
    client = sign_in(cast.anna)
    pages = [
        reverse(name, args=[hand_out.uuid])
        for name in ("meetings:extract", "meetings:extract-paper")
    ]
    listed = reverse("relatives:my-residents")
    assert client.get(pages[0]).status_code == 200
    assert pages[0] in client.get(listed).content.decode()

    consent.withdraw(cast.annas.consents.get(), by=cast.mette)

    for page in pages:
        assert client.get(page).status_code == 404
    assert pages[0] not in client.get(listed).content.decode()


def test_what_is_taken_back_of_it_is_gone_and_the_rest_stays(cast, version, sign_in):
    economy = tell(cast.annas, Topic.ECONOMY, by=cast.mette)
    hand_out = hand_to(cast.annas, version, cast)
    page = reverse("meetings:extract", args=[hand_out.uuid])
    client = sign_in(cast.anna)
    assert "aftaleeconomyslut" in client.get(page).content.decode()

    consent.withdraw(economy, by=cast.mette)

    read = client.get(page).content.decode()
    assert "aftaleeconomyslut" not in read
    assert "aftalehealthslut" in read


def test_what_is_shared_later_is_not_in_what_was_handed_out(cast, version, sign_in):
    hand_out = hand_to(cast.annas, version, cast)
    tell(cast.annas, Topic.ECONOMY, by=cast.mette)

    page = sign_in(cast.anna).get(reverse("meetings:extract", args=[hand_out.uuid]))

    assert "aftaleeconomyslut" not in page.content.decode()


def test_the_relative_hears_that_there_is_something_to_read_while_it_may_be(
    cast, version, sign_in
):
    handed = hand_to(cast.annas, version, cast)
    address = reverse("meetings:extract", args=[handed.uuid])
    message = gathered().get(template="extract-handed", facts={"hand_out": handed.pk})
    assert message.to == cast.anna
    assert "Bo" not in words_of(mail.compose(message))
    assert address in sign_in(cast.anna).get("/").content.decode()

    consent.withdraw(cast.annas.consents.get(), by=cast.mette)

    assert address not in sign_in(cast.anna).get("/").content.decode()
    assert mail.compose(message) is None


def test_nothing_is_handed_to_whom_nothing_is_shared_with(cast, version):
    with pytest.raises(handing.NothingToHandOut):
        hand_to(cast.jenss, version, cast)
    assert not HandOut.objects.filter(relation=cast.jenss).exists()


def test_paper_gives_only_what_staff_may_tell_and_is_in_the_access_log(cast, version):
    tell(cast.annas, Topic.ECONOMY, by=cast.mette)
    tell(cast.annas, Topic.ECONOMY, action="be_told", answer="no", by=cast.mette)

    hand_out = hand_to(cast.annas, version, cast, how=HOW.PAPER)

    assert {item.topic for item in hand_out.items.all()} == {Topic.HEALTH}
    event = AccessEvent.objects.get(relation_id=cast.annas.pk, way="print")
    assert (event.user, event.topic) == (cast.karen, Topic.HEALTH)
    # What was handed over on paper is not opened in the portal.
    assert not HandOut.objects.visible_to(cast.anna).filter(pk=hand_out.pk).exists()


def test_it_is_known_who_got_it_when_how_and_on_which_consent(cast, version, sign_in):
    client = sign_in(cast.karen)
    address = reverse("meetings:hand-out", args=[version.uuid, cast.annas.uuid])
    page = client.get(address)
    assert dict(page.context["left_out"])
    assert "aftalehealthslut" in page.content.decode()
    assert "aftaleeconomyslut" not in page.content.decode()
    sent = {"how": "portal", "slip": page.context["form"]["slip"].value()}

    for _twice in range(2):
        client.post(address, sent)

    hand_out = HandOut.objects.get(printout=version)
    given = cast.annas.consents.get()
    assert hand_out.grounds == [[Topic.HEALTH, "consent", given.pk]]
    shown = client.get(reverse("meetings:version", args=[version.uuid]))
    [line] = shown.context["hand_outs"]
    assert line.row == hand_out
    assert "helbred" in line.why[0]


def test_the_whole_record_goes_to_the_resident_or_by_law(cast, version, sign_in):
    client = sign_in(cast.karen)
    address = reverse("meetings:hand-out-whole", args=[version.uuid])

    def send(**fields):
        slip = client.get(address).context["form"]["slip"].value()
        return client.post(address, {"slip": slip, **fields})

    refused = send(to="other", how="portal")
    assert set(refused.context["form"].errors) == {"name", "law", "how"}
    send(to="other", how="post", name="Aarhus Kommune", law="Serviceloven § 141")
    send(to="resident", how="portal")

    assert set(version.hand_outs.values_list("kind", flat=True)) == {
        "other",
        "resident",
    }
    own = version.hand_outs.get(kind="resident")
    page = sign_in(cast.bos).get(reverse("meetings:extract", args=[own.uuid]))
    assert "aftaleeconomyslut" in page.content.decode()


def test_what_was_handed_out_is_never_rewritten(cast, version):
    hand_out = hand_to(cast.annas, version, cast)

    for rewrite in (
        lambda: HandOut.objects.filter(pk=hand_out.pk).update(how="paper"),
        lambda: ExtractItem.objects.filter(hand_out=hand_out).update(topic="daily"),
        lambda: ExtractItem.objects.filter(hand_out=hand_out).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rewrite()


def test_every_answer_of_the_record_is_decided_about(cast, version):
    content = papers.record(cast.talk, by=cast.karen, at=clock.now())

    counted = sum(len(section["lines"]) for section in content["sections"])
    others = len(content["wishes"]) + len(content["first_talks"])
    assert content["wishes"]
    assert content["first_talks"]
    assert len(list(extract.everything(content))) == counted + len(Topic) + others
