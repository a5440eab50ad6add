"""The home's own questions: written in a draft, put into use as a version, then frozen."""

import json
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from meetings import own_questions, papers, sheet, template_files
from meetings.actions import issuing
from meetings.actions import preparing as preparations
from meetings.actions import questions as actions
from meetings.actions.holding import PassedOver, Said, save_answers
from meetings.models import Conversation, Question, Template
from meetings.models.questions import OWN
from portal import clock, drafts, refusals
from portal.models import AuditEvent
from tests.factories import (
    ConversationFactory,
    HomeFactory,
    ResidentFactory,
    answer_minimum,
)

WORDS = {"intro": "", "minors_only": False}
ASKED = {"audience": "topic", "topic": "daily", "kind": "text"}


def sent(user, **fields):
    return {"slip": drafts.new_slip(user), **fields}


def at(page, *names):
    return reverse(f"meetings:{page}", args=names)


@pytest.fixture
def home(cast):
    return cast.aakanden.home


@pytest.fixture
def music(cast, home):
    """A section of the home's own with one question, in the draft."""
    section = actions.add_section(
        home, key="ours-music", after="leisure", title="Musik", **WORDS, by=cast.clara
    )
    return actions.add_question(
        home,
        section=section.key,
        key="ours-band",
        text="Hvad spiller du?",
        by=cast.clara,
        **ASKED,
    )


def issue(home, by):
    draft = Template.objects.draft_of(home)
    return issuing.issue(home, before=actions.seen(draft), by=by)[0]


def planned(cast):
    resident = ResidentFactory(department=cast.aakanden)
    return ConversationFactory(
        resident=resident,
        chair=cast.karen,
        template=Template.objects.for_home(cast.aakanden.home),
    )


def keys(template):
    return [section.key for section in template.sections.asked()]


def test_a_manager_adds_a_section_and_a_question_and_puts_them_into_use(
    cast, home, sign_in
):
    client = sign_in(cast.clara)
    form = sent(cast.clara, title=" Musik ", intro="Lyt.", after="leisure", seen="")
    for _press in range(2):
        response = client.post(at("question-section-add"), form)
        assert response.status_code == 302
    section = Template.objects.draft_of(home).sections.get(title="Musik")
    form = sent(
        cast.clara,
        text="Hvad spiller du?",
        kind="choice",
        choices="Klaver\nTromme",
        readers="daily",
        lines=3,
        ask_before="",
    )
    for _press in range(2):
        added = client.post(at("question-add", section.key), form)
        assert added.status_code == 302

    question = section.questions.get()
    assert question.options == [("1", "Klaver"), ("2", "Tromme")]
    assert Template.objects.for_home(home).home is None
    page = client.get(at("question-issue"))
    assert "Musik: Hvad spiller du?" in page.content.decode()
    issued = client.post(at("question-issue"), {"mark": page.context["mark"]})
    assert issued.status_code == 302
    version = Template.objects.for_home(home)
    assert (version.home, str(version)) == (home, "2026-11-01.1")
    order = keys(version)
    assert order.index(section.key) == order.index("leisure") + 1
    # A second press finds nothing to do.
    client.post(at("question-issue"), {"mark": page.context["mark"]})
    assert home.templates.count() == 1


def test_what_has_begun_or_was_held_keeps_its_questions(cast, home, music):
    held, begun, prepared, fresh = cast.talk, *(planned(cast) for _ in range(3))
    common = fresh.template
    question = common.sections.get(key="wishes").questions.first()
    save_answers(begun, said=[Said(question, 0, text="Ro")], by=cast.mette)
    preparations.send(prepared, relation=None, answers={"like": "Is"}, by=cast.mette)

    version = issue(home, cast.clara)

    for conversation in (held, begun, prepared, fresh):
        conversation.refresh_from_db()
    assert {held.template, begun.template, prepared.template} == {common}
    assert fresh.template == version
    assert planned(cast).template == version
    assert AuditEvent.objects.filter(verb="questions.issued").exists()


def test_the_own_question_is_written_printed_and_prepared_for(cast, home, music):
    actions.change(
        home,
        section="ours-music",
        question="ours-band",
        before=actions.seen(music),
        by=cast.clara,
        ask_before="both",
    )
    issue(home, cast.clara)
    talk = planned(cast)
    page = next(p for p in sheet.of(talk) if p.section.key == "ours-music")
    said = Said(page.lines[0].question, 0, text="Klaver", answered_by="resident")
    save_answers(talk, said=[said], by=cast.mette)

    talk.status, talk.held_at = "held", talk.planned_at
    talk.participation = "whole"
    record = papers.record(talk, by=cast.karen, at=talk.planned_at)
    blank = papers.blank(talk.template, home)

    spoken = [line for one in record["sections"] for line in one["lines"]]
    assert [(line["topic"], line["text"]) for line in spoken] == [("daily", "Klaver")]
    assert "Musik" in [one["title"] for one in blank["sections"]]
    assert blank["version"] == "2026-11-01.1"


def test_an_own_question_is_asked_of_whom_it_says_beforehand(
    cast, home, music, sign_in
):
    actions.change(
        home,
        section="ours-music",
        question="ours-band",
        before=actions.seen(music),
        by=cast.clara,
        ask_before="resident",
    )
    issue(home, cast.clara)
    Conversation.objects.filter(pk=cast.talk.pk).update(
        status="declined", declined_by="resident", declined_why="Senere"
    )
    talk = ConversationFactory(
        resident=cast.bo, template=Template.objects.for_home(home), chair=cast.karen
    )
    client = sign_in(cast.bos)

    client.post(at("prepare", talk.uuid), sent(cast.bos, **{"ours-band": "Tromme"}))

    assert talk.preparations.get().answers.get().text == "Tromme"
    staff = sign_in(cast.mette)
    assert "Tromme" in staff.get(at("prepared", talk.uuid)).content.decode()
    beside = staff.get(at("section", talk.uuid, "ours-music")).content.decode()
    assert "Tromme" in beside


def test_what_was_prepared_for_a_question_left_out_is_read_on_the_first_page(
    cast, home, sign_in
):
    actions.leave_out(home, section="leisure", by=cast.clara)
    issue(home, cast.clara)
    talk = planned(cast)
    preparations.send(talk, relation=None, answers={"like": "Is"}, by=cast.mette)
    client = sign_in(cast.mette)

    first, second = keys(talk.template)[:2]

    assert ">Is<" in client.get(at("section", talk.uuid, first)).content.decode()
    assert ">Is<" not in client.get(at("section", talk.uuid, second)).content.decode()


def test_what_is_left_out_is_asked_nowhere_and_can_be_put_back(cast, home, sign_in):
    client = sign_in(cast.clara)
    out = {"section": "pictures", "question": "", "do": "leave-out"}
    client.post(at("question-change"), out)
    draft = Template.objects.draft_of(home)
    assert "pictures" not in keys(draft)
    assert "Billeder" not in str(papers.blank(draft, home))

    client.post(at("question-change"), out | {"do": "put-back"})

    assert keys(draft) == keys(draft.based_on)
    with pytest.raises(issuing.NothingNew):
        issue(home, cast.clara)


@pytest.mark.parametrize("question", ["", "bank"])
def test_the_minimum_standard_is_left_out_by_no_button(cast, home, sign_in, question):
    client = sign_in(cast.clara)

    client.post(
        at("question-change"),
        {"section": "economy", "question": question, "do": "leave-out"},
    )

    assert not Template.objects.draft_of(home)
    assert "economy" in keys(Template.objects.for_home(home))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda rows, _q: rows.update(left_out=True),
        lambda rows, _q: rows.update(minimum=False),
        lambda rows, _q: rows.update(minors_only=True),
        lambda rows, _q: rows.delete(),
        lambda _s, rows: rows.update(left_out=True),
        lambda _s, rows: rows.update(text="Hvad som helst?"),
        lambda _s, rows: rows.update(audience="staff", topic=""),
        lambda _s, rows: rows.update(kind="date"),
        lambda _s, rows: rows.delete(),
    ],
)
def test_the_database_takes_no_version_without_the_minimum(cast, home, music, spoil):
    draft = Template.objects.draft_of(home)
    section = draft.sections.filter(key="economy")
    spoil(section, Question.objects.filter(section__in=section, key="bank"))

    with pytest.raises(IntegrityError, match="minimum standard"), transaction.atomic():
        issue(home, cast.clara)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE meetings_question SET text = 'X' WHERE key = 'ours-band'",
        "DELETE FROM meetings_question WHERE key = 'ours-band'",
        "UPDATE meetings_section SET title = 'X' WHERE key = 'ours-music'",
        "UPDATE meetings_section SET left_out = (1 = 1) WHERE key = 'ours-music'",
        "DELETE FROM meetings_section WHERE key = 'ours-music'",
        "UPDATE meetings_template SET issued_at = NULL WHERE home_id IS NOT NULL",
        "UPDATE meetings_template SET version = 'X' WHERE home_id IS NULL",
        "UPDATE meetings_question SET text = 'X' WHERE key = 'bank'",
        "DELETE FROM meetings_template WHERE home_id IS NOT NULL",
    ],
)
def test_a_version_in_use_is_never_changed(cast, home, music, sql):
    issue(home, cast.clara)

    with (
        pytest.raises(IntegrityError, match="is in use is never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_nothing_is_slipped_into_a_version_in_use(cast, home, music):
    version = issue(home, cast.clara)

    for add in (
        lambda: version.sections.create(number=90, key="ours-late", title="X"),
        lambda: music.section.questions.create(key="ours-late", text="X", **ASKED),
        lambda: Template.objects.create(
            home=home,
            based_on=version.based_on,
            version="X",
            issued_at=version.issued_at,
            issued_by=cast.clara,
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            add()


def test_a_draft_may_be_changed_and_thrown_away(cast, home, music, sign_in):
    draft = Template.objects.draft_of(home)
    client = sign_in(cast.clara)

    client.post(at("question-throw-away"), {"mark": "an old page"})
    assert Template.objects.draft_of(home) == draft
    client.post(at("question-throw-away"), {"mark": actions.seen(draft)})

    assert not home.templates.exists()
    assert Template.objects.for_home(home).home is None


def test_the_second_of_two_managers_sees_both_texts(cast, home, music, sign_in):
    client = sign_in(cast.clara)
    address = at("question-edit", "ours-music", "ours-band")
    form = sent(
        cast.clara,
        text="Hvilken musik?",
        kind="text",
        readers="daily",
        lines=2,
        seen=actions.seen(music),
    )
    Question.objects.filter(pk=music.pk).update(text="Hvad synger du?")

    response = client.post(address, form)

    page = response.content.decode()
    assert response.status_code == 409
    assert "Hvad synger du?" in page
    assert 'value="Hvilken musik?"' in page
    form["seen"] = response.context["form"]["seen"].value()
    assert client.post(address, form).status_code == 302
    music.refresh_from_db()
    assert music.text == "Hvilken musik?"


def test_a_page_opened_before_it_was_issued_writes_in_the_next_draft(
    cast, home, music, sign_in
):
    client, mark = sign_in(cast.clara), actions.seen(music)
    version = issue(home, cast.clara)
    form = sent(
        cast.clara, text="Hvad hører du?", kind="text", readers="daily", lines=2
    )

    client.post(at("question-edit", "ours-music", "ours-band"), form | {"seen": mark})

    assert music.section.questions.get().text == "Hvad spiller du?"
    draft = Template.objects.draft_of(home)
    assert draft != version
    assert draft.sections.get(key="ours-music").questions.get().text == "Hvad hører du?"


def test_a_draft_changed_meanwhile_is_looked_over_before_it_is_issued(
    cast, home, music, sign_in
):
    client = sign_in(cast.clara)
    mark = client.get(at("question-issue")).context["mark"]
    actions.leave_out(home, section="pictures", by=cast.clara)

    response = client.post(at("question-issue"), {"mark": mark})

    assert response.status_code == 409
    assert not Template.objects.for_home(home).home
    assert "Billeder" in response.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", "x" * 20_000),
        ("text", "Hvad\x00?"),
        ("text", "\u202e"),
        ("text", "   "),
        ("text", "hvad SPILLER du?"),
        ("help", "x" * 20_000),
        ("kind", "poem"),
        ("readers", ""),
        ("readers", "meetings-and-more"),
        ("lines", "900"),
        ("ask_before", "mayor"),
    ],
)
def test_bad_input_is_said_at_the_field_and_nothing_is_lost(
    cast, home, music, sign_in, field, value
):
    form = sent(
        cast.clara, text="En ny?", help="Kort", kind="text", readers="daily", lines=2
    )
    client = sign_in(cast.clara)

    response = client.post(at("question-add", "ours-music"), form | {field: value})

    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert music.section.questions.count() == 1
    if field != "help":
        assert "Kort" in response.content.decode()


@pytest.mark.parametrize(
    "choices", ["", "En", "En\nen", "x" * 61 + "\nto", "\n".join("abcdefghijklm")]
)
def test_choices_are_some_and_each_is_another(cast, home, music, sign_in, choices):
    form = sent(
        cast.clara, text="Ny?", kind="choice", choices=choices, readers="daily", lines=2
    )

    response = sign_in(cast.clara).post(at("question-add", "ours-music"), form)

    assert "choices" in response.context["form"].errors


def test_what_is_for_staff_only_is_asked_of_nobody_beforehand(
    cast, home, music, sign_in
):
    form = sent(
        cast.clara, text="Ny?", kind="text", readers="staff", lines=2, ask_before="both"
    )

    response = sign_in(cast.clara).post(at("question-add", "ours-music"), form)

    assert "ask_before" in response.context["form"].errors
    with pytest.raises(IntegrityError, match="staff_only"), transaction.atomic():
        music.section.questions.create(
            number=9, key="ours-x", text="X", audience="staff", ask_before="both"
        )


@pytest.mark.parametrize("title", ["Økonomi", "x" * 200, "", "\u2067"])
def test_a_section_has_a_title_of_its_own(cast, home, sign_in, title):
    form = sent(cast.clara, title=title, intro="", after="leisure")

    response = sign_in(cast.clara).post(at("question-section-add"), form)

    assert "title" in response.context["form"].errors
    assert not home.templates.exists()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"section": "economy\x00", "do": "up", "stood": "1"},
        {"section": "economy", "do": "up", "stood": "first"},
        {"section": "economy", "do": "up", "stood": "9" * 5000},
        {"section": "economy", "question": "ours-band", "do": "put-back"},
        {"section": "economy", "do": "explode"},
    ],
)
def test_a_button_that_is_none_does_nothing(cast, home, sign_in, data):
    response = sign_in(cast.clara).post(at("question-change"), data)

    assert response.status_code in (302, 404)
    assert keys(Template.objects.for_home(home))[0] == "wishes"
    draft = Template.objects.draft_of(home)
    assert not draft or keys(draft) == keys(draft.based_on)


def test_a_second_press_moves_it_no_further(cast, home, sign_in):
    client = sign_in(cast.clara)
    down = {"section": "wishes", "question": "", "do": "down", "stood": "1"}

    for _press in range(2):
        client.post(at("question-change"), down)
    client.post(
        at("question-change"),
        {"section": "wishes", "question": "happy", "do": "up", "stood": "2"},
    )

    draft = Template.objects.draft_of(home)
    assert keys(draft)[:3] == ["communication", "wishes", "contact"]
    questions = draft.sections.get(key="wishes").questions.all()
    assert [row.key for row in questions][:2] == ["happy", "matters"]


@pytest.fixture
def newer(cast, home, music, monkeypatch, tmp_path):
    """The common questions have a new version, and the home has questions of its own."""
    actions.add_question(
        home, section="pictures", key="ours-sky", text="Drone?", by=cast.clara, **ASKED
    )
    actions.leave_out(home, section="home", by=cast.clara)
    actions.leave_out(home, section="visits", question="birthday", by=cast.clara)
    issue(home, cast.clara)
    whole = (template_files.FILES / "2026-11-01.json").read_text(encoding="utf-8")
    changed = (
        whole.replace('"key": "pictures"', '"key": "photos"')
        .replace("Hvad er vigtigt for mig?", "Hvad betyder mest for mig?")
        .replace('{"key": "keys",', '{"key": "keyring",')
    )
    (tmp_path / "2027-02-01.json").write_text(changed, encoding="utf-8")
    monkeypatch.setattr(template_files, "FILES", tmp_path)
    with refusals.lifted():
        return template_files.load("2027-02-01", apps)


def test_a_new_common_version_is_shown_and_carried_over(cast, home, newer, sign_in):
    client = sign_in(cast.clara)
    before = keys(Template.objects.for_home(home))

    page = client.get(at("questions")).content.decode()
    assert "Hvad betyder mest for mig?" in page
    for _press in range(2):
        client.post(at("question-carry"))

    draft = Template.objects.draft_of(home)
    assert draft.based_on == newer
    assert draft.sections.get(key="home").left_out
    assert draft.sections.get(key="visits").questions.get(key="birthday").left_out
    assert (
        draft.sections.get(key="ours-music").questions.get().text == "Hvad spiller du?"
    )
    # What the home had added to a section that is common no more has one of its own.
    assert draft.sections.get(key="ours-pictures").questions.get().key == "ours-sky"
    assert keys(Template.objects.for_home(home)) == before
    version = issue(home, cast.clara)
    assert str(version) == "2027-02-01.2"
    assert not own_questions.of(home).is_behind


def test_the_questions_are_read_in_few_queries(
    cast, home, music, sign_in, django_assert_max_num_queries
):
    client = sign_in(cast.clara)
    client.get(at("questions"))

    with django_assert_max_num_queries(24):
        client.get(at("questions"))
    with django_assert_max_num_queries(12):
        client.get(at("question-section", "ours-music"))


def test_no_conversation_is_held_over_a_gap_in_the_minimum(cast):
    talk = planned(cast)
    gap = talk.template.sections.get(key="medicine").questions.first()
    answer_minimum(talk, cast.mette)
    for text in ("", "x"):
        save_answers(talk, said=[said_anew(talk, gap, text)], by=cast.mette)
        held = Conversation.objects.filter(pk=talk.pk)
        hold = {"status": "held", "held_at": clock.now(), "participation": "whole"}
        if not text:
            with refused():
                held.update(**hold)
        else:
            held.update(**hold)

    with pytest.raises(PassedOver):
        save_answers(talk, said=[said_anew(talk, gap, "")], by=cast.mette)
    with refused():
        talk.answers.create(question=gap, version=9, recorded_by=cast.mette)


@contextmanager
def refused():
    with pytest.raises(IntegrityError, match="a reason"), transaction.atomic():
        yield


def said_anew(talk, question, text):
    version = talk.answers.filter(question=question).count()
    return Said(question, version, text=text, answered_by="staff" if text else "")


def test_an_answer_of_the_minimum_is_not_emptied_afterwards(cast, sign_in):
    talk = planned(cast)
    answer_minimum(talk, cast.mette)
    Conversation.objects.filter(pk=talk.pk).update(
        status="held", held_at=clock.now(), participation="whole"
    )
    client, url = sign_in(cast.mette), at("section", talk.uuid, "doctor")
    page = client.get(url).context["form"]
    form = {name: page[name].value() or "" for name in page.fields}
    form |= {"slip": drafts.new_slip(cast.mette), "gp-text": "", "dentist-text": "Bo"}
    form = {k: v for k, v in form.items() if not k.endswith("skip")}

    response = client.post(url, form)

    assert "gp-text" in response.context["form"].errors
    assert "Bo" in response.content.decode()
    assert client.post(url, form | {"gp-text": "y"}).status_code == 302


def test_a_conversation_answers_its_own_questions_and_keeps_them(cast, home, music):
    talk = planned(cast)
    version = issue(home, cast.clara)
    talk.refresh_from_db()
    assert talk.template == version
    common = version.based_on.sections.first().questions.first()
    answer = {"version": 1, "text": "x", "recorded_by": cast.mette}

    with pytest.raises(IntegrityError, match="its own version"), transaction.atomic():
        talk.answers.create(question=common, **answer)
    talk.answers.create(question=music_of(version), **answer)
    for conversation in (talk, cast.talk):
        other = version.based_on if conversation == talk else version
        with pytest.raises(IntegrityError, match="keeps its"), transaction.atomic():
            Conversation.objects.filter(pk=conversation.pk).update(template=other)


def music_of(version):
    return version.sections.get(key="ours-music").questions.get()


def test_another_homes_questions_are_their_own(cast, home, music):
    issue(home, cast.clara)

    assert Template.objects.for_home(HomeFactory()).home is None


@pytest.mark.parametrize("file", list(template_files.FILES.glob("*.json")), ids=str)
def test_no_common_question_has_a_key_of_a_homes_own(file):
    sections = json.loads(file.read_text(encoding="utf-8"))

    rows = [*sections, *(row for one in sections for row in one["questions"])]
    assert rows
    assert not any(row["key"].startswith(OWN) for row in rows)
