"""Every form of the conversation and its agreements, and everything that can be wrong with it.

Refused in words, with what was written still in its field; or kept as it was written and
drawn harmlessly. Never an error page, never a lost text.
"""

import datetime as dt
import uuid

import pytest
from django import forms
from django.db import transaction
from django.urls import reverse

from meetings import sheet
from meetings.actions import holding, printing
from portal import clock, drafts
from portal.plain import on_one_line
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import (
    AgreementReplyFactory,
    ConversationFactory,
    RelationFactory,
    ResidentFactory,
    UserFactory,
)
from tests.papers import words

TEXTS = {
    "long": "Æble " * 4_000,
    "quotes": "> " * 60 + "<blockquote>" * 60 + "inderst",
    "emoji and Arabic": "👩\u200d👩\u200d👧\u200d👦🎂 مرحبا بالعالم",
    "NUL": "før\x00efter",
    "right to left": "for\u202eslut\u2066x\u200f bagfra",
    "a script": "<img src=x onerror=alert(1)><script>alert(1)</script>",
    "a template": "{{ 7|add:7 }} {% load x %} %(name)s {0.__class__}",
    "a line of blanks": " \t\r\n\u2028" * 50,
}
DAYS = ("0001-01-01", "2027-02-30", "30.02.2027", "9999-12-31", "10000-01-01", "-1", "x\x00", "٢٠٢٧-٠١-٠١")  # fmt: skip
# Summer time begins in the first and ends in the second.
HOURS = (("2027-03-28", "02:30"), ("2026-10-25", "02:30"))
TIMES = ("25:00", "14:99", "x\x00", "-1", "")
NUMBERS = ("-1", "0", "9" * 30, "1e9", "NaN", "١٢", "1.5", "\x00")


def choices(cast):
    """No choice at all, and people of other residents and other homes."""
    return (
        "x",
        "\x00",
        "'; DROP TABLE",
        "9" * 300,
        str(uuid.UUID(int=0)),
        str(cast.ole.uuid),
        f"relative:{cast.stranger.relative.uuid}",
        f"relative:{cast.stranger.uuid}",
    )


def page(name, *args):
    return lambda cast: reverse(name, args=[find(cast) for find in args])


def of(*names):
    def find(cast):
        for name in names:
            cast = getattr(cast, name)
        return cast

    return find


TALK, BO = of("talk", "uuid"), of("bo", "uuid")
PLANNED, EXPECTED = of("planned", "uuid"), of("expected", "uuid")
HOPE, DENTIST = of("hope", "uuid"), of("dentist", "uuid")
ANNAS, PRINTED = of("annas", "uuid"), of("printed", "uuid")

# Nobody helps.
ALONE = {"part_0_task": ""}

# What it is, whose page, where, and what must be filled in otherwise than any form.
FORMS = {
    "plan": ("karen", page("meetings:plan", EXPECTED), {}),
    "decline": ("karen", page("meetings:decline", EXPECTED), {}),
    "move": ("karen", page("meetings:move", PLANNED), {}),
    "participants": ("karen", page("meetings:participants", PLANNED), {"others": ""}),
    **{
        f"section {key}": (
            "mette",
            page("meetings:section", TALK, lambda _cast, key=key: key),
            {},
        )
        for key in ("wishes", "contact", "follow-up")
    },
    "agreement of it": ("mette", page("meetings:agreement", TALK), ALONE),
    "finish": ("karen", page("meetings:finish", TALK), {"participation": "part"}),
    "wish": ("mette", page("meetings:expectation-add", BO), {}),
    "answer": ("mette", page("meetings:expectation-answer", HOPE), {"kind": "partly"}),
    "disagree": ("mette", page("meetings:expectation-disagree", HOPE), {}),
    "talked": ("mette", page("meetings:disagreement-talked", of("differ", "uuid")), {}),
    "prepare": ("anna", page("meetings:prepare", PLANNED), {}),
    "prepare, easy": ("newcomers", page("meetings:prepare", PLANNED), {}),
    "prepare together": ("mette", page("meetings:prepare-together", PLANNED), {}),
    "first talk": ("mette", page("meetings:first-talk", of("first_talk", "uuid")), {}),
    "days": ("clara", page("meetings:days"), {"days": "14, 42"}),
    "hand out": ("karen", page("meetings:hand-out", PRINTED, ANNAS), {}),
    "hand out whole": (
        "karen",
        page("meetings:hand-out-whole", PRINTED),
        {"to": "other", "how": "post"},
    ),
    "record": ("mette", page("relatives:agreement-record", BO), ALONE),
    "change": ("mette", page("relatives:agreement-change", DENTIST), ALONE),
    "follow up": (
        "mette",
        page("relatives:agreement-follow-up", DENTIST),
        {"was_kept": "partly", "next_on": "later"},
    ),
    "ask": ("anna", page("relatives:agreement-ask", DENTIST), {}),
    "answer her": ("mette", page("relatives:change-answer", of("wished", "uuid")), {}),
    "chain": ("mette", page("relatives:chain-change", ANNAS), {}),
}


@pytest.fixture
def people(cast):
    """The cast, and two who move in next week: one asked, one with a day and invitations."""
    next_week = {
        "department": cast.aakanden,
        "moved_in_on": clock.today() + dt.timedelta(days=7),
    }
    cast.expected = ResidentFactory(**next_week)
    newcomer = ResidentFactory(**next_week, user=UserFactory())
    cast.newcomers = newcomer.user
    tie = RelationFactory(resident=newcomer, relative=cast.annas.relative)
    yes = tell(tie, Topic.MEETINGS, action="take_part", by=cast.mette)
    cast.planned = ConversationFactory(resident=newcomer, chair=cast.karen)
    cast.planned.participants.create(
        relation=tie, consent=yes, accepted_on=clock.today()
    )
    cast.stranger = RelationFactory(resident=cast.ida)
    cast.wished = AgreementReplyFactory(
        agreement=cast.dentist, relative=cast.annas.relative
    )
    cast.talk.participants.create(name="Fatima", role="Interpreter")
    for one in sheet.of(cast.talk):
        said = [
            holding.Said(question=line.question, seen=0, text="x", answered_by="staff")
            for line in one.lines
        ]
        holding.save_answers(cast.talk, said=said, by=cast.mette)
    cast.printed = printing.print_record(cast.talk, by=cast.karen)
    return cast


class Filled:
    """A form as somebody would send it, and what its fields are."""

    def __init__(self, people, client, name):
        who, address, special = FORMS[name]
        self.user, self.client = getattr(people, who), client
        self.address = address(people)
        self.form = client.get(self.address).context["form"]
        self.fields = {n: f for n, f in self.form.fields.items() if n != "slip"}
        self.good = {n: self._good(n, f) for n, f in self.fields.items()} | special
        self.good = {n: v for n, v in self.good.items() if v is not None}
        later = (clock.today() + dt.timedelta(days=9)).isoformat()
        self.good = {n: later if v == "later" else v for n, v in self.good.items()}

    def _good(self, name, field):
        value = self.form[name].value()
        if isinstance(field, forms.BooleanField):
            return "on" if value else None
        if value not in (None, "", []):
            return value
        if isinstance(field, forms.DateField):
            return clock.today().isoformat() if field.required else ""
        if isinstance(field, forms.TimeField):
            return "10:00"
        if isinstance(field, forms.ChoiceField):
            return self._first(field)
        if isinstance(field, forms.IntegerField):
            return ""
        return "staff" if name == "answered_by" else "Ord"

    def _first(self, field):
        if isinstance(field, forms.MultipleChoiceField):
            return []
        if not field.required:
            return "staff" if field is self.fields.get("answered_by") else ""
        values = (str(value) for value, _label in field.choices)
        return next(v for v in values if v and "(" not in v)

    def of_kind(self, kind, *, but=()):
        return [
            name
            for name, field in self.fields.items()
            if isinstance(field, kind) and not isinstance(field, but)
        ]

    @property
    def texts(self):
        return [
            name
            for name, field in self.fields.items()
            if type(field) is forms.CharField
        ]

    def send(self, **fields):
        """What the page answers; afterwards nothing of it has happened."""
        slip = fields.pop("slip", drafts.new_slip(self.user))
        with transaction.atomic():
            answer = self.client.post(
                self.address, {"slip": slip, **self.good, **fields}
            )
            if answer.status_code == 302:
                led = self.client.get(answer.url)
                assert led.status_code == 200
                assert "<script>alert" not in led.content.decode()
                answer.led = led
            transaction.set_rollback(True)
        return answer

    def is_refused_in_words(self, answer, sent):
        """Or taken. What was sent is in its fields: all of it that can be seen."""
        if answer.status_code == 302:
            return
        assert answer.status_code in (200, 409)
        shown = answer.content.decode()
        form = answer.context["form"]
        assert form.errors, "refused without a word"
        assert 'role="alert"' in shown
        assert "<script>alert" not in shown
        for name, value in sent.items():
            assert on_one_line(form[name].value()) == on_one_line(value), name


@pytest.fixture(params=FORMS)
def form(request, people, sign_in):
    who, *_rest = FORMS[request.param]
    return Filled(people, sign_in(getattr(people, who)), request.param)


def test_nothing_that_can_be_sent_is_an_error_page_or_a_lost_text(form, people):
    as_it_should_be = form.send()
    assert as_it_should_be.status_code == 302, as_it_should_be.context["form"].errors
    send_texts_days_and_numbers(form)
    send_choices_that_are_none(form, people)
    send_empty_and_strangers_forms(form, people)


def send_texts_days_and_numbers(form):
    for text in TEXTS.values():
        sent = dict.fromkeys(form.texts, text)
        form.is_refused_in_words(form.send(**sent), sent)
    for day in DAYS:
        sent = dict.fromkeys(form.of_kind(forms.DateField), day)
        if sent:
            refused = form.send(**sent)
            assert refused.status_code == 200, day
            form.is_refused_in_words(refused, sent)
    for time in TIMES:
        sent = dict.fromkeys(form.of_kind(forms.TimeField), time)
        if sent:
            assert form.send(**sent).status_code == 200, time
    for number in NUMBERS:
        sent = dict.fromkeys(form.of_kind(forms.IntegerField), number)
        if sent:
            form.is_refused_in_words(form.send(**sent), sent)


def send_choices_that_are_none(form, people):
    """Nobody else's people can be chosen either."""
    chosen = form.of_kind(forms.ChoiceField)
    for value in choices(people):
        if chosen:
            refused = form.send(**dict.fromkeys(chosen, value))
            assert refused.status_code == 200, value
            assert refused.context["form"].errors.keys() >= set(chosen), value
    more = {
        f"r-{people.stranger.uuid}": "on",
        f"r-{people.stranger.uuid}-on": "2026-01-01",
    }
    form.send(**more, part_99_who="staff", x="y", **{"": ""})


def send_empty_and_strangers_forms(form, people):
    with transaction.atomic():
        for sent in (
            {},
            {"slip": ""},
            {"slip": ["x", "y"]},
            {"take": "x", "agree": "x"},
        ):
            assert form.client.post(form.address, sent).status_code == 200
        raw = form.client.generic(
            "POST",
            form.address,
            b"slip=%ED%A0%80&text=%FF%FE&day=%00&=&&a",
            content_type="application/x-www-form-urlencoded",
        )
        assert raw.status_code == 200
        transaction.set_rollback(True)
    refused = form.send(slip=drafts.new_slip(people.ole)[:-1])
    assert "slip" in refused.context["form"].errors
    # Somebody else's words are kept for them (portal.middleware), and saved as nobody's.
    assert form.send(slip=drafts.new_slip(people.ole)).url == "/"


@pytest.mark.parametrize(
    "sent", [{"x": "x" * 2_600_000}, {f"x{n}": "y" for n in range(1_100)}]
)
def test_what_is_much_too_much_is_answered_with_a_page(people, sign_in, sent):
    form = Filled(people, sign_in(people.mette), "section wishes")

    answer = form.client.post(form.address, sent)

    assert answer.status_code in (400, 413)
    assert "<main" in answer.content.decode()


@pytest.mark.parametrize("name", ["plan", "move", "finish"])
@pytest.mark.parametrize(("day", "hour"), HOURS)
def test_the_hour_that_is_not_there_and_the_one_that_is_twice(
    people, sign_in, name, day, hour
):
    form = Filled(people, sign_in(people.karen), name)

    refused = form.send(day=day, time=hour)

    assert "time" in refused.context["form"].errors
    assert refused.context["form"]["time"].value() == hour


def test_what_is_kept_is_drawn_word_for_word(people, sign_in):
    """What was typed as markup is read as it was typed, on the page and on the paper."""
    form = Filled(people, sign_in(people.mette), "section wishes")
    text = "\n".join((TEXTS["quotes"], TEXTS["emoji and Arabic"], TEXTS["a script"]))
    form.client.post(
        form.address,
        {"slip": drafts.new_slip(people.mette), **form.good, "matters-text": text},
    )

    again = form.client.get(form.address)
    assert again.context["form"]["matters-text"].value() == text
    assert "&lt;script&gt;alert" in again.content.decode()
    version = printing.print_record(people.talk, by=people.karen)
    assert "inderst" in words(printing.drawn(version))
