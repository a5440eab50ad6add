"""What nobody sees in a text is not kept, whichever form it was written in."""

import pkgutil
from importlib import import_module

import pytest
from django import forms
from django.apps import apps
from django.urls import reverse

from community.models import Idea
from news.models import DiaryEntry, HouseEvent, NewsItem
from portal.drafts import new_slip
from portal.models import User
from portal.plain import ONE_LINE, PlainForm, on_one_line, plain

MARKS = "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))) + (
    "\u200b\u200e\u200f\u061c\u2060\ufeff\u00ad\x01\x08\x1b\x7f\x9f\U000e0041"
)
FAMILY = "👩\u200d👩\u200d👧\u200d👦 ❤\ufe0f"


def forms_of_ours():
    """Every class of a form in the project, wherever it was written."""
    for app in apps.get_app_configs():
        if app.name.partition(".")[0] not in OURS:
            continue
        for module in pkgutil.walk_packages(app.module.__path__, f"{app.name}."):
            if "migrations" not in module.name and "management" not in module.name:
                import_module(module.name)
    found, waiting = set(), [forms.BaseForm]
    while waiting:
        for one in waiting.pop().__subclasses__():
            waiting.append(one)
            if one.__module__.partition(".")[0] in OURS:
                found.add(one)
    return found


OURS = ("portal", "residents", "relatives", "consent", "meetings") + (
    "news",
    "community",
    "knowledge",
)


def guarding():
    """Those in which somebody writes a password or a code, and nothing that others read."""
    ways_in = ("portal.accounts.forms", "portal.accounts.invited")
    return {one for one in forms_of_ours() if one.__module__ in ways_in}


def test_one_rule_holds_for_every_form():
    bare = {
        one
        for one in forms_of_ours() - guarding()
        if not issubclass(one, PlainForm)
        or one._widget_data_value is not PlainForm._widget_data_value
    }

    assert bare == set()


def test_every_field_for_text_is_of_one_line_or_of_several():
    for form in forms_of_ours() - guarding():
        for name, field in form.base_fields.items():
            if type(field) is forms.CharField:
                assert type(field.widget) in ONE_LINE or isinstance(
                    field.widget, forms.Textarea | forms.HiddenInput | forms.RadioSelect
                ), f"{form}: {name}"


class _Form(PlainForm):
    title = forms.CharField(max_length=10)
    text = forms.CharField(widget=forms.Textarea, required=False)
    secret = forms.CharField(widget=forms.PasswordInput, required=False, strip=False)


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_that_nobody_sees_is_gone_before_anything_is_counted(mark):
    form = _Form({"title": f"Bo{mark * 20}", "text": f"a{mark}b\n\nc", "secret": mark})

    assert form.is_valid()
    assert form.cleaned_data == {"title": "Bo", "text": "ab\n\nc", "secret": mark}
    assert form["title"].value() == "Bo"


@pytest.mark.parametrize("mark", MARKS)
def test_marks_alone_are_nothing(mark):
    assert "title" in _Form({"title": mark}).errors


def test_what_is_written_from_right_to_left_stays_and_so_does_a_family():
    for text in ("مرحبا بالعالم", "שלום", FAMILY, "می\u200cخواهم", "Æble ½ €"):
        assert plain(text) == text


@pytest.mark.parametrize("end", ["\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_a_line_ends_as_lines_do_and_a_headline_is_one_line(end):
    assert plain(f"a{end}ATTENDEE:b\r\nc\nd") == "a\nATTENDEE:b\r\nc\nd"
    assert on_one_line(f"a{end}b\r\n c") == "a b c"
    assert _Form({"title": f"a{end}b"})["title"].value() == "a b"


def test_nul_is_no_text_and_is_said():
    assert "title" in _Form({"title": "a\x00b"}).errors


# In what issue after issue has added


def test_a_glimpse_is_plain(cast, sign_in):
    where = reverse("news:entry-write", args=[cast.bo.uuid])
    sign_in(cast.mette).post(
        where,
        {
            "slip": new_slip(cast.mette),
            "text": f"We{MARKS} sang\u2028and danced",
            "title": f"A song\r\nBcc: all{MARKS}",
            "topic": "daily",
            "happened_on": "2026-01-02",
        },
    )

    entry = DiaryEntry.objects.latest("pk")
    assert (entry.text, entry.title) == ("We sang\nand danced", "A song Bcc: all")


def test_why_something_is_taken_back_is_plain(cast, sign_in):
    where = reverse("news:entry-recall", args=[cast.purse.address])
    sign_in(cast.mette).post(where, {"reason": f"Wrong{MARKS} one"})

    cast.purse.refresh_from_db()
    assert cast.purse.recall_reason == "Wrong one"


def test_house_news_and_events_are_plain(cast, sign_in):
    words = {"title": f"Lun{MARKS}ch", "text": f"So{MARKS}up", "readers": "all"}
    client = sign_in(cast.karen)
    client.post(
        reverse("news:news-write"),
        {**words, "slip": new_slip(cast.karen), "audience": cast.aakanden.uuid},
    )
    client.post(
        reverse("news:event-write"),
        {
            **words,
            "slip": new_slip(cast.karen),
            "place_of": cast.aakanden.uuid,
            "place": f"The ro\rom{MARKS}",
            "starts_at": "2026-12-24T12:00",
            "ends_at": "2026-12-24T13:00",
        },
    )

    item, event = NewsItem.objects.latest("pk"), HouseEvent.objects.latest("pk")
    assert (item.title, item.text) == (event.title, event.text) == ("Lunch", "Soup")
    assert event.place == "The ro om"


def test_an_idea_is_plain(cast, sign_in):
    sign_in(cast.anna).post(
        reverse("community:idea-new"),
        {"slip": new_slip(User.objects.get(pk=cast.anna.pk)), "text": f"A{MARKS} pool"},
    )

    assert Idea.objects.latest("pk").text == "A pool"
