"""Where somebody is logged in, and when it ends by itself."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from portal import actions
from portal.accounts import idle, sessions
from portal.models import AuditEvent
from tests.portal.test_log_in import PASSWORD, log_in, mette  # noqa: F401 -- a fixture

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"
PC = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36 Edg/131.0"
HERE = reverse("my-sessions")


@pytest.fixture
def later(monkeypatch):
    """Let so many seconds pass for everybody's log-in."""
    clock = {"now": 1_800_000_000}
    monkeypatch.setattr(idle.time, "time", lambda: clock["now"])

    def pass_by(seconds):
        clock["now"] += seconds

    return pass_by


@pytest.fixture
def phone(mette):  # noqa: F811
    """Mette is logged in on her telephone."""
    client = Client(HTTP_USER_AGENT=PHONE)
    log_in(client, mette)
    return client


@pytest.fixture
def pc(mette):  # noqa: F811
    """And on the PC of the staff room."""
    client = Client(HTTP_USER_AGENT=PC)
    log_in(client, mette)
    return client


def is_in(client):
    return client.get(reverse("my-account")).status_code == 200


def places(client):
    return [(p.device, p.is_here) for p in client.get(HERE).context["places"]]


def test_one_sees_where_one_is_logged_in_as_one_would_call_it(phone, pc, cast):
    log_in(Client(HTTP_USER_AGENT=PC), cast.karen)

    assert places(pc) == [("Edge på Windows", True), ("Safari på iPhone", False)]


@pytest.mark.parametrize("name", ["", "\x00", "x" * 5000, "<script>", "Mozilla/5.0"])
def test_a_browser_may_call_itself_anything(name):
    assert sessions.device(name)


def test_one_log_in_is_ended_and_the_others_are_not(phone, pc):
    number = UserSession.objects.get(user_agent=PHONE).pk

    pc.post(HERE, {"place": number})

    assert (is_in(phone), is_in(pc)) == (False, True)
    assert places(pc) == [("Edge på Windows", True)]


def test_all_but_this_one_are_ended_by_one_press(phone, pc):
    pc.post(HERE, {"place": "others"})

    assert (is_in(phone), is_in(pc)) == (False, True)
    ended = AuditEvent.objects.get(verb="user.sessions_ended")
    assert ended.facts == {"count": 1}


@pytest.mark.parametrize("place", ["", "-1", "٣", "9" * 40, "x"])
def test_whatever_is_sent_ends_no_log_in_but_ones_own(phone, cast, sign_in, place):
    number = UserSession.objects.get().pk
    client = sign_in(cast.karen)

    for sent in (place, number):
        assert client.post(HERE, {"place": sent}).status_code == 302

    assert is_in(phone)


def test_a_lost_telephone_is_logged_out_with_its_codes(phone, cast, mette):  # noqa: F811
    Authenticator.objects.create(user=mette, type="totp", data={"secret": "x"})

    actions.forget_second_factor(mette, by=cast.clara)

    assert not is_in(phone)


def test_a_log_in_that_nobody_uses_ends_by_itself(client, mette, later):  # noqa: F811
    log_in(client, mette)
    later(30 * 60)
    assert is_in(client)
    later(30 * 60)
    assert is_in(client)
    later(30 * 60 + 1)
    assert not is_in(client)

    page = client.get(reverse("account_login"))
    assert "ikke er sket noget" in page.content.decode()


def test_where_others_use_the_computer_it_ends_sooner(client, mette, later):  # noqa: F811
    client.post(
        reverse("account_login"),
        {"login": mette.email, "password": PASSWORD, "shared": "on"},
    )
    later(10 * 60 + 1)

    assert not is_in(client)
    box = client.get(reverse("account_login")).context["form"]["shared"]
    assert box.value() is True


def test_nobody_stays_longer_than_a_shift_however_busy(client, mette, later):  # noqa: F811
    log_in(client, mette)
    for _quarter in range(8 * 4):
        later(15 * 60)
        assert is_in(client)
    later(1)

    assert not is_in(client)


def test_to_be_there_is_enough_to_stay(client, mette, later):  # noqa: F811
    log_in(client, mette)
    later(29 * 60)

    assert client.get(reverse("account-stay")).status_code == 204

    later(29 * 60)
    assert is_in(client)


def test_using_it_writes_once_a_minute_and_no_more(
    client,
    mette,  # noqa: F811
    later,
    django_assert_num_queries,
):
    log_in(client, mette)
    stay = reverse("account-stay")
    client.get(stay)
    later(59)
    with django_assert_num_queries(2):
        client.get(stay)
    later(1)
    with django_assert_num_queries(5):
        client.get(stay)


def test_a_session_that_never_began_is_none(client, mette):  # noqa: F811
    log_in(client, mette)
    session = client.session
    del session[idle.SEEN]
    session.save()

    assert not is_in(client)


@pytest.mark.parametrize("page", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
def test_anothers_passkey_is_not_there(client, mette, cast, page):  # noqa: F811
    key = Authenticator.objects.create(
        user=cast.karen, type="webauthn", data={"name": "Karens"}
    )
    log_in(client, mette)

    for method in (client.get, client.post):
        assert method(reverse(page, args=[key.pk])).status_code == 404
    assert Authenticator.objects.get().wrap().name == "Karens"


@pytest.mark.parametrize(("name", "status"), [("Min telefon", 302), ("x" * 101, 200)])
def test_a_passkey_is_called_what_its_owner_calls_it(client, mette, name, status):  # noqa: F811
    log_in(client, mette)
    key = Authenticator.objects.create(user=mette, type="webauthn", data={"name": "-"})

    answer = client.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": name})

    assert answer.status_code == status
    kept = Authenticator.objects.get().wrap().name
    assert kept == (name if status == 302 else "-")


def test_a_password_that_was_wrong_is_written_down_and_the_password_not(client, mette):  # noqa: F811
    log_in(client, mette, password="et helt forkert kodeord")
    log_in(client, type(mette)(email="nobody@example.dk"), password="x")

    failed = AuditEvent.objects.get(verb="user.sign_in_failed")
    assert (failed.subject, failed.actor) == (f"portal.user:{mette.pk}", None)
    assert failed.facts == {}


def test_how_somebody_came_in_is_written_down(client, mette):  # noqa: F811
    log_in(client, mette)

    assert AuditEvent.objects.get(verb="user.signed_in").facts == {
        "by_means_of": ["password"]
    }


@pytest.mark.parametrize(("password", "is_new"), [(PASSWORD, True), ("wrong", False)])
def test_who_has_shown_once_more_who_they_are_has_a_new_session(pc, password, is_new):
    thief = Client()
    thief.cookies = pc.cookies.copy()

    pc.post(reverse("account_reauthenticate"), {"password": password})

    assert is_in(pc)
    assert is_in(thief) is not is_new
    assert places(pc) == [("Edge på Windows", True)]


def test_one_sees_when_somebody_tried_in_vain(pc, mette, cast):  # noqa: F811
    assert pc.get(HERE).context["tries"] == []

    log_in(Client(), mette, password="et helt forkert kodeord")
    log_in(Client(), cast.karen, password="et helt forkert kodeord")

    page = pc.get(HERE)
    assert len(page.context["tries"]) == 1
