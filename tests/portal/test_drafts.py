"""Nothing somebody has written is lost, and nobody else ever sees it."""

import datetime as dt
import json

import pytest
from django.core import signing
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from portal import clock, drafts
from portal.forms import KeptForm
from portal.models import Draft

PAGE = "/contacts/new/"
TEXT = "Kirsten called about the dentist."


def signed_in(user):
    client = Client()
    client.force_login(user, "portal.backends.Backend")
    return client


def keep(client, user, text=TEXT, page=PAGE, **more):
    slip = more.pop("slip", None) or drafts.new_slip(user)
    return client.post(
        reverse("draft"), {"slip": slip, "draft_of": page, "note": text, **more}
    )


def shown(client, page=PAGE):
    """What stands in the note when the form is opened."""
    return client.get(page).context["form"]["note"].value() or ""


def test_a_draft_is_filled_in_when_its_author_comes_back(cast):
    keep(signed_in(cast.mette), cast.mette)

    assert shown(signed_in(cast.mette)) == TEXT


def test_nobody_else_sees_a_draft_on_the_same_pc(cast):
    browser = signed_in(cast.mette)
    keep(browser, cast.mette)
    browser.logout()
    browser.force_login(cast.karen, "portal.backends.Backend")

    page = browser.get(PAGE)

    assert TEXT not in page.content.decode()
    assert shown(signed_in(cast.mette)) == TEXT


def test_autosave_answers_in_words(cast):
    answer = signed_in(cast.mette).post(
        reverse("draft"),
        {"slip": drafts.new_slip(cast.mette), "draft_of": PAGE, "note": TEXT},
        headers={"Accept": "application/json"},
    )

    assert "kl" in answer.json()["said"] or "at" in answer.json()["said"]


def test_a_text_sent_after_the_session_ran_out_waits_behind_the_log_in(cast):
    slip = drafts.new_slip(cast.mette)

    answer = Client().post(PAGE, {"slip": slip, "draft_of": PAGE, "note": TEXT})

    assert answer.url == f"/account/login/?next={PAGE}"
    assert shown(signed_in(cast.mette)) == TEXT
    assert shown(signed_in(cast.karen)) == ""


def test_the_log_in_says_that_the_text_is_kept_and_only_to_who_sent_it(cast):
    browser = Client(headers={"Accept-Language": "en"})
    sent = {"slip": drafts.new_slip(cast.mette), "draft_of": PAGE, "note": TEXT}

    browser.post(PAGE, sent, headers={"Accept": "application/json"})
    said = [str(m) for m in browser.get("/account/login/").context["messages"]]
    assert said == []

    login = browser.post(PAGE, sent).url
    said = [str(m) for m in browser.get(login).context["messages"]]
    assert len(said) == 1
    assert TEXT not in said[0]

    browser.post(PAGE, {"slip": "forged", "draft_of": PAGE, "note": TEXT})
    assert not list(browser.get(login).context["messages"])


@pytest.mark.parametrize("address", ["draft", "draft-forget"])
def test_log_in_leads_back_to_the_form_and_never_to_a_button(cast, address):
    slip = drafts.new_slip(cast.mette)

    answer = Client().post(reverse(address), {"slip": slip, "draft_of": PAGE})

    assert answer.url == f"/account/login/?next={PAGE}"


def test_log_in_leads_back_to_the_page_with_a_button_that_needs_log_in(cast):
    done = reverse("relatives:follow-up", args=[cast.called.uuid])

    answer = Client().post(
        done, headers={"Referer": "http://testserver/contacts/to-follow-up/?whose=all"}
    )

    assert answer.url == ("/account/login/?next=/contacts/to-follow-up/%3Fwhose%3Dall")


def test_another_site_does_not_choose_where_log_in_leads(cast):
    answer = Client().post(PAGE, headers={"Referer": "https://evil.example/contacts/"})

    assert answer.url == f"/account/login/?next={PAGE}"


@pytest.mark.parametrize(
    "signed",
    [
        [1],
        [1, "not a number"],
        "text",
        {"a": 1},
        [0, "00000000-0000-4000-8000-000000000000"],
        None,
    ],
    ids=str,
)
def test_a_strange_slip_keeps_nothing(cast, signed):
    slip = signing.dumps(signed, salt=drafts.SALT)

    Client().post(PAGE, {"slip": slip, "draft_of": PAGE, "note": TEXT})

    assert not Draft.objects.exists()


@pytest.mark.parametrize("slip", ["", "forged", "WzEsIjEiXQ:1abcde:forged"])
def test_a_forged_slip_keeps_nothing(cast, slip):
    answer = Client().post(PAGE, {"slip": slip, "draft_of": PAGE, "note": TEXT})

    assert answer.status_code == 302
    assert not Draft.objects.exists()


def test_nobody_who_may_no_longer_log_in_keeps_anything(cast):
    slip = drafts.new_slip(cast.mette)
    cast.mette.is_active = False
    cast.mette.save()

    Client().post(PAGE, {"slip": slip, "draft_of": PAGE, "note": TEXT})

    assert not Draft.objects.exists()


def test_a_form_left_open_over_the_weekend_asks_once_more_and_loses_nothing(
    cast, monkeypatch
):
    client = signed_in(cast.mette)
    slip = drafts.new_slip(cast.mette)
    monkeypatch.setattr(drafts, "GOOD_FOR", dt.timedelta(seconds=-1))

    page = client.post(
        PAGE, {**contact(cast), "slip": slip, "draft_of": PAGE, "note": TEXT}
    )

    assert page.context["form"].errors["slip"]
    assert page.context["form"]["note"].value() == TEXT
    assert page.context["form"]["slip"].value() != slip
    assert cast.bo.contacts.count() == 1


def contact(cast):
    """What the quick log's form would send besides the text."""
    return {
        "resident": str(cast.bo.uuid),
        "relative": str(cast.annas.relative.uuid),
        "channel": "phone",
        "direction": "from_relative",
        "topic": "health",
        "follow_up": "none",
    }


def test_its_text_is_rescued_too_when_the_session_ran_out_meanwhile(cast, monkeypatch):
    slip = drafts.new_slip(cast.mette)
    monkeypatch.setattr(drafts, "GOOD_FOR", dt.timedelta(seconds=-1))

    Client().post(PAGE, {"slip": slip, "draft_of": PAGE, "note": TEXT})

    assert shown(signed_in(cast.mette)) == TEXT


def test_a_slip_much_too_old_rescues_nothing(cast, monkeypatch):
    slip = drafts.new_slip(cast.mette)
    monkeypatch.setattr(drafts, "RESCUED_FOR", dt.timedelta(seconds=-1))

    Client().post(PAGE, {"slip": slip, "draft_of": PAGE, "note": TEXT})

    assert not Draft.objects.exists()


def test_a_form_of_one_person_sent_by_the_next_on_the_pc_goes_to_its_author(cast):
    slip = drafts.new_slip(cast.mette)
    karen = signed_in(cast.karen)

    answer = karen.post(
        PAGE, {**contact(cast), "slip": slip, "draft_of": PAGE, "note": TEXT}
    )

    assert answer.url == "/"
    assert TEXT not in karen.get(PAGE).content.decode()
    assert shown(signed_in(cast.mette)) == TEXT
    assert cast.bo.contacts.count() == 1


def test_autosave_from_a_form_of_somebody_else_goes_to_its_author(cast):
    keep(signed_in(cast.karen), cast.mette)

    assert shown(signed_in(cast.karen)) == ""
    assert shown(signed_in(cast.mette)) == TEXT


def test_a_form_from_before_a_new_log_in_is_filled_in_again(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.mette, "portal.backends.Backend")

    answer = client.post(
        PAGE,
        {
            **contact(cast),
            "slip": drafts.new_slip(cast.mette),
            "draft_of": PAGE,
            "note": TEXT,
            "csrfmiddlewaretoken": "old",
        },
    )

    assert answer.url == PAGE
    page = client.get(PAGE)
    assert page.context["form"]["note"].value() == TEXT
    assert len(page.context["messages"]) == 1


def test_a_form_from_before_somebody_else_logged_in_goes_to_its_author(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.karen, "portal.backends.Backend")

    answer = client.post(
        PAGE, {"slip": drafts.new_slip(cast.mette), "draft_of": PAGE, "note": TEXT}
    )

    assert answer.status_code == 403
    assert TEXT not in answer.content.decode()
    assert shown(signed_in(cast.karen)) == ""
    assert shown(signed_in(cast.mette)) == TEXT


def test_a_form_itself_takes_no_slip_of_somebody_else(cast):
    data = QueryDict(mutable=True)
    data["slip"] = drafts.new_slip(cast.mette)

    form = KeptForm(data, by=cast.karen, path=PAGE)

    assert list(form.errors) == ["slip"]


def test_a_form_without_slip_and_token_is_refused(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.mette, "portal.backends.Backend")

    assert client.post(PAGE, {"note": TEXT}).status_code == 403
    assert not Draft.objects.exists()


def test_nul_is_left_out(cast):
    keep(signed_in(cast.mette), cast.mette, text="a\x00b", page="/contacts/new/\x00")

    assert shown(signed_in(cast.mette)) == "ab"


def test_a_hundred_kilobytes_are_kept_whole(cast):
    long = "å" * 100_000
    keep(signed_in(cast.mette), cast.mette, text=long)

    assert shown(signed_in(cast.mette)) == long


@pytest.mark.parametrize(
    "page", ["healthz", "//evil.example/", "https://evil.example/", "javascript:x", ""]
)
def test_a_draft_leads_back_to_nowhere_else(cast, page):
    answer = keep(signed_in(cast.mette), cast.mette, page=page)

    assert answer.url == reverse("draft")


def test_a_line_break_in_the_address_of_a_draft_is_no_header(cast):
    answer = keep(signed_in(cast.mette), cast.mette, page="/contacts/new/\r\nX: y")

    assert answer.status_code == 302
    assert "X" not in answer.headers


def test_forms_about_different_residents_have_drafts_of_their_own(cast):
    clara = signed_in(cast.clara)
    about_bo = f"{PAGE}?resident={cast.bo.uuid}"
    about_ida = f"{PAGE}?resident={cast.ida.uuid}"
    keep(clara, cast.clara, text="About Bo", page=about_bo)
    keep(clara, cast.clara, text="About Ida", page=about_ida)

    assert shown(clara, about_bo) == "About Bo"
    assert shown(clara, about_ida) == "About Ida"
    assert shown(clara) == ""


def test_where_one_came_from_makes_no_other_form(cast):
    mette = signed_in(cast.mette)
    keep(mette, cast.mette, page=f"{PAGE}?resident={cast.bo.uuid}")

    assert shown(mette, f"{PAGE}?next=/&resident={cast.bo.uuid}") == TEXT


def test_a_draft_goes_when_the_form_is_saved_and_autosave_cannot_bring_it_back(cast):
    mette = signed_in(cast.mette)
    slip = drafts.new_slip(cast.mette)
    keep(mette, cast.mette, slip=slip)

    mette.post(PAGE, {**contact(cast), "slip": slip, "draft_of": PAGE, "note": TEXT})
    keep(mette, cast.mette, slip=slip)

    assert shown(mette) == ""
    assert drafts.of(cast.mette, PAGE) is None
    assert TEXT not in json.dumps(list(Draft.objects.values_list("fields", flat=True)))


def test_the_next_text_is_kept_again(cast):
    mette = signed_in(cast.mette)
    slip = drafts.new_slip(cast.mette)
    mette.post(PAGE, {**contact(cast), "slip": slip, "draft_of": PAGE, "note": TEXT})

    keep(mette, cast.mette, text="Another")

    assert shown(mette) == "Another"


def test_a_draft_can_be_deleted(cast):
    mette = signed_in(cast.mette)
    keep(mette, cast.mette)

    mette.post(
        reverse("draft-forget"),
        {"slip": drafts.new_slip(cast.mette), "draft_of": PAGE, "note": TEXT},
    )

    assert shown(mette) == ""


def test_after_a_month_a_draft_is_forgotten(cast):
    mette = signed_in(cast.mette)
    keep(mette, cast.mette)
    keep(mette, cast.mette, page="/another/")
    Draft.objects.filter(form=PAGE).update(saved_at=clock.now() - dt.timedelta(days=31))

    drafts.sweep()

    assert [draft.form for draft in Draft.objects.all()] == ["/another/"]
