import time

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.urls import reverse

from portal import postman, privacy
from portal.models import User

PASSWORD = "tre grønne heste i regnvejr"


@pytest.fixture
def mette(cast):
    cast.mette.set_password(PASSWORD)
    cast.mette.save()
    privacy.shown(cast.mette)
    return cast.mette


@pytest.fixture
def in_earnest(settings):
    """As a real home has it: a password alone lets nobody in."""
    settings.TRYING_OUT = False


def log_in(client, person, *, password=PASSWORD, to="", **more):
    path = reverse("account_login") + (f"?next={to}" if to else "")
    return client.post(
        path, {"login": person.email, "password": password, "next": to}, **more
    )


def code_of(secret, steps=0):
    counter = int(time.time()) // 30 + steps
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def set_up_second_factor(client):
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    return secret, client.post(page.request["PATH_INFO"], {"code": code_of(secret)})


def test_a_password_lets_in_where_one_tries_things_out(client, mette):
    assert log_in(client, mette).headers["Location"] == "/"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "page",
    ["home", "residents:residents", "my-account", "account_change_password", "staff"],
)
def test_in_earnest_a_password_opens_no_page(client, mette, in_earnest, page):
    log_in(client, mette)

    answer = client.get(reverse(page))

    assert answer.headers["Location"] == reverse("mfa_index")


def test_in_earnest_a_password_sends_no_form(client, mette, in_earnest):
    log_in(client, mette)

    answer = client.post(reverse("draft"), {"note": "x"})

    assert answer.headers["Location"] == reverse("mfa_index")


def test_whoever_sets_up_codes_comes_on_to_the_page_they_wanted(
    client, mette, in_earnest
):
    wanted = reverse("residents:residents")
    log_in(client, mette)
    client.get(wanted)

    _secret, answer = set_up_second_factor(client)

    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(answer.headers["Location"]).status_code == 200
    assert client.get(reverse("account-continue")).headers["Location"] == wanted


def test_the_code_is_asked_for_at_the_next_log_in_and_next_is_kept(
    client, mette, in_earnest
):
    wanted = reverse("residents:residents")
    log_in(client, mette)
    secret, _answer = set_up_second_factor(client)
    client.logout()

    answer = log_in(client, mette, to=wanted)
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert client.get("/").status_code == 302
    code = code_of(secret, steps=1)
    answer = client.post(reverse("mfa_authenticate"), {"code": code})

    assert answer.headers["Location"] == wanted
    assert client.get(wanted).status_code == 200


def test_a_code_opens_once(client, mette):
    log_in(client, mette)
    secret, _answer = set_up_second_factor(client)
    code = code_of(secret, steps=1)
    statuses = []
    for _ in range(2):
        client.logout()
        log_in(client, mette)
        statuses.append(
            client.post(reverse("mfa_authenticate"), {"code": code}).status_code
        )

    assert statuses == [302, 200]


def test_the_seed_of_the_codes_is_not_kept_in_clear(client, mette):
    log_in(client, mette)

    secret, _answer = set_up_second_factor(client)

    kept = Authenticator.objects.get(user=mette, type="totp").data["secret"]
    assert secret not in kept


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
    ],
)
def test_the_way_on_from_log_in_leads_nowhere_else(client, mette, elsewhere):
    assert log_in(client, mette, to=elsewhere).headers["Location"] == "/"


def test_whether_an_address_is_known_is_not_told(client, mette):
    known = log_in(client, mette, password="wrong")
    mette.email = "stranger@example.com"
    unknown = log_in(client, mette, password="wrong")

    assert known.context["form"].errors == unknown.context["form"].errors
    for email in (User.objects.get(pk=mette.pk).email, "stranger@example.com"):
        answer = client.post(reverse("account_reset_password"), {"email": email})
        assert answer.headers["Location"] == reverse("account_reset_password_done")


def test_who_tries_many_times_is_paused(client, mette):
    for _ in range(5):
        log_in(client, mette, password="wrong")

    answer = log_in(client, mette)

    assert "_auth_user_id" not in client.session
    assert answer.status_code in (200, 429)


def test_a_new_password_comes_by_mail_and_holds(client, mette):
    client.post(reverse("account_reset_password"), {"email": mette.email})
    postman.empty_outbox()
    link = next(
        word for word in mail.outbox[0].body.split() if word.startswith("http://")
    )

    page = client.get(link.removeprefix("http://127.0.0.1:8000"), follow=True)
    answer = client.post(
        page.request["PATH_INFO"],
        {"password1": "fire blå køer på engen", "password2": "fire blå køer på engen"},
    )

    assert answer.status_code == 302, (link, answer.context["form"].errors)
    assert log_in(client, mette, password="fire blå køer på engen").status_code == 302
    postman.empty_outbox()
    assert len(mail.outbox) == 2


def test_a_closed_account_is_out_at_the_next_click(sign_in, mette):
    client = sign_in(mette)
    assert client.get("/").status_code == 200

    User.objects.filter(pk=mette.pk).update(is_active=False)

    assert client.get("/").status_code == 302


def test_a_changed_password_ends_the_other_sessions(client, mette):
    other = type(client)()
    log_in(other, mette)
    log_in(client, mette)

    client.post(
        reverse("account_change_password"),
        {
            "oldpassword": PASSWORD,
            "password1": "fire blå køer på engen",
            "password2": "fire blå køer på engen",
        },
    )

    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 302


def test_logging_out_leaves_nothing_in_the_browser(client, mette):
    log_in(client, mette)

    answer = client.post(reverse("account_logout"))

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert AUTHENTICATION_METHODS_SESSION_KEY not in client.session


@pytest.mark.parametrize(
    "page",
    [
        "account_login",
        "account_reset_password",
        "account_reset_password_done",
        "account_inactive",
        "account_reset_password_from_key_done",
    ],
)
def test_the_open_pages_are_ours(client, cast, page):
    answer = client.get(reverse(page))

    assert answer.status_code == 200
    assert "base.html" in [template.name for template in answer.templates]


@pytest.mark.parametrize(
    "page",
    [
        "my-account",
        "account_logout",
        "account_change_password",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "my-sessions",
        "mfa_generate_recovery_codes",
    ],
)
def test_the_pages_of_ones_log_in_are_ours(client, mette, page):
    log_in(client, mette)

    answer = client.get(reverse(page))

    assert answer.status_code == 200
    assert "base.html" in [template.name for template in answer.templates]
