"""The paper twin of the resident's page, and the receipt: words, code, and entering."""

from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from consent import actions, texts
from consent.models import ConsentTalk, PrintedQuestions
from consent.paper import codes
from consent.record import words
from portal import pdf
from relatives.models import Relation
from residents.topics import Topic
from tests.conftest import tell
from tests.consent.test_asking import days
from tests.consent.test_scans import PDF
from tests.papers import archival, drawings, silence
from tests.papers import words as text_of

ALL = [topic.value for topic in Topic]


@pytest.fixture
def silent(caplog):
    with silence(caplog):
        yield


def answers(client, printed, **changes):
    form = client.get(enter(printed)).context["form"]
    return {
        "slip": form["slip"].value(),
        "stood": form["stood"].value(),
        "given_by": "self",
        "until": days(90),
        "earlier_too": "on",
        "how_informed": form["how_informed"].value(),
        "how_expressed": form["how_expressed"].value(),
        "capacity": "clear",
        "scan": SimpleUploadedFile("a.pdf", PDF),
        "answer_daily": "yes",
        "answer_health": "no",
        **changes,
    }


def enter(printed):
    return reverse("consent:paper-enter", args=[printed.uuid])


# The code


def test_every_slip_of_one_character_and_every_change_of_places_is_seen():
    code = codes.new()

    wrong = {
        code[:place] + other + code[place + 1 :]
        for place in range(codes.LENGTH)
        for other in codes.ALPHABET
    } | {
        code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        for place in range(codes.LENGTH - 1)
    }
    for other in wrong - {code}:
        with pytest.raises(codes.WrongCode):
            codes.read(other)


@pytest.mark.parametrize("typed", ["", "7KM3", "ÆØÅ12345", "0OO0-0000", "1" * 20])
def test_what_is_no_code_is_said_to_be_wrong(cast, sign_in, typed):
    response = sign_in(cast.mette).post(
        reverse("consent:paper-code"), {"code": typed, "slip": ""}
    )

    assert "code" in response.context["form"].errors


def test_the_code_is_read_however_it_is_typed(cast, sign_in):
    printed = cast.asked_on_paper
    client = sign_in(cast.mette)
    shown = codes.shown(printed.code)

    for typed in (shown, shown.lower(), shown.replace("-", " "), printed.code):
        found = client.post(reverse("consent:paper-code"), {"code": typed})
        assert found.url == enter(printed)


def test_a_code_of_another_departments_resident_is_as_if_it_were_none(cast, sign_in):
    client = sign_in(cast.mette)
    for code in (cast.idas_questions.code, codes.new()):
        found = client.post(reverse("consent:paper-code"), {"code": code})
        assert found.status_code == 404


# The paper


def test_the_paper_asks_the_chosen_questions_in_the_words_of_the_page(
    cast, sign_in, silent
):
    path = reverse("consent:paper-print", args=[cast.annas.uuid])
    client = sign_in(cast.mette)

    assert client.post(path, {"topics": []}).context["form"].errors
    assert client.post(path, {"topics": ["everything"]}).context["form"].errors
    made = client.post(path, {"topics": ["daily", "photos"]})
    paper = client.get(made.url)

    printed = PrintedQuestions.objects.get(topics=["daily", "photos"])
    text = text_of(paper.content)
    with translation.override("da"):
        for topic in ("daily", "photos"):
            assert texts.question(topic, "Anna") in text
        assert texts.question("health", "Anna") not in text
        assert texts.introduction("Anna") in text
    assert codes.shown(printed.code) in text
    assert cast.bo.family_name not in made.url + paper["Content-Disposition"]
    # Each question has its picture, and one an answer; and so has the relative.
    assert drawings(paper.content) == 2 * 4 + 1
    about = archival(paper.content)
    assert cast.bo.family_name not in about
    assert "Anna" not in about


def test_a_printed_paper_never_changes(cast, sign_in):
    path = reverse("consent:paper", args=[cast.asked_on_paper.uuid])
    client = sign_in(cast.mette)
    before = client.get(path).content
    relative = cast.annas.relative
    relative.given_name = "Annalise"
    relative.save()

    assert client.get(path).content == before


# Entering


def test_the_answers_are_recorded_in_the_words_that_were_printed(cast, sign_in):
    client = sign_in(cast.mette)
    printed = cast.asked_on_paper

    response = client.post(enter(printed), answers(client, printed))

    talk = ConsentTalk.objects.get(printed=printed)
    assert response.url == reverse("consent:receipt", args=[talk.uuid])
    assert (talk.form, talk.text_version) == ("paper", "test")
    assert printed.content["questions"][0]["question"] in talk.text_shown
    assert talk.scans.count() == 1
    assert set(talk.answers.values_list("topic", "answer")) == {
        ("daily", "yes"),
        ("health", "no"),
    }


def test_only_what_stands_on_the_paper_can_be_entered(cast, sign_in):
    client = sign_in(cast.mette)
    printed = cast.asked_on_paper

    client.post(
        enter(printed),
        answers(client, printed, answer_economy="yes", be_told_daily="yes-ongoing"),
    )

    recorded = printed.relation.consents.filter(talk__printed=printed)
    assert set(recorded.values_list("topic", "action")) == {
        ("daily", "see"),
        ("health", "see"),
    }


def test_a_paper_is_entered_once_and_says_when(cast, sign_in):
    client = sign_in(cast.mette)
    printed = cast.asked_on_paper
    other = answers(client, printed, answer_daily="no")
    first = answers(client, printed)

    client.post(enter(printed), first)
    # Pressed twice it is the same talk.
    first["scan"] = SimpleUploadedFile("a.pdf", PDF)
    assert client.post(enter(printed), first).status_code == 302
    # A form drawn before that, of which nobody knew.
    other["stood"] = (
        client.get(reverse("consent:consent-ask", args=[cast.annas.uuid]))
        .context["form"]["stood"]
        .value()
    )
    late = client.post(enter(printed), other)

    assert late.context["form"].non_field_errors()
    assert late.context["printed"].entered_at
    assert (
        ConsentTalk.objects.filter(answers__relation=cast.annas).distinct().count() == 2
    )
    assert "Mette" in client.get(enter(printed)).content.decode()


def test_what_is_wrong_leaves_the_paper_to_be_entered(cast, sign_in):
    client = sign_in(cast.mette)
    printed = cast.asked_on_paper

    for wrong in ({"scan": ""}, {"until": ""}, {"capacity": ""}):
        refused = client.post(enter(printed), answers(client, printed, **wrong))
        assert refused.context["form"].errors
    printed.refresh_from_db()
    assert printed.talk is None


def test_the_paper_about_somebody_whose_relation_has_ended_is_gone(cast, sign_in):
    Relation.objects.filter(pk=cast.annas.pk).update(
        ended_at=cast.annas.started_at, ended_by=cast.karen
    )

    assert sign_in(cast.mette).get(enter(cast.asked_on_paper)).status_code == 404


# The receipt


@pytest.mark.parametrize("answer", ["yes", "no", "not_yet"])
@pytest.mark.parametrize("action", ["see", "be_told", "be_contacted", "take_part"])
def test_every_answer_has_a_sentence_for_the_resident(cast, answer, action):
    for topic in Topic:
        consent = tell(cast.jenss, topic, by=cast.mette, answer=answer, action=action)
        said = words.sentence(consent, "Jens")
        assert "%" not in said
        assert said.endswith(".")


def test_the_receipt_is_one_page_for_all_topics_and_names_nobody(cast, silent):
    talk = actions.record_talk(
        resident=cast.bo,
        form="written",
        text_version="x",
        text_shown="x",
        by=cast.mette,
    )
    for topic in Topic:
        actions.record_answer(
            talk=talk, relation=cast.annas, topic=topic, answer="yes", by=cast.mette
        )
    with translation.override("da"):
        said = words.receipt(talk)

    paper = pdf.render("pdf/receipt.html", said)

    assert drawings(paper) == 2 * len(Topic) + 1
    about = archival(paper)
    with pikepdf.open(BytesIO(paper)) as file:
        assert len(file.pages) == 1
    assert cast.bo.family_name not in about
    text = text_of(paper)
    assert "Anna" in text
    assert said["until"] in text


def test_what_was_stopped_since_is_told_so_on_the_receipt(cast, sign_in):
    consent = cast.annas.consents.get()
    actions.withdraw(consent, by=cast.mette)

    page = sign_in(cast.bos).get(reverse("consent:receipt", args=[consent.talk.uuid]))

    assert [line["answer"] for line in page.context["said"]["lines"]] == ["stop"]
    assert page.context["said"]["until"] == ""
