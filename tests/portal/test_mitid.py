"""MitID, tried against an OpenID provider that really answers."""

import json
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect.views import (
    OpenIDConnectOAuth2Adapter,
)
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from portal import actions, invitations
from portal.accounts import brokers, oidc
from portal.models import AuditEvent
from tests import mitid
from tests.factories import UserFactory
from tests.mitid import CPR

LOGIN = reverse("openid_connect_login", kwargs={"provider_id": "mitid"})


@pytest.fixture(scope="module")
def provider():
    with mitid.running() as address:
        yield address


@pytest.fixture(autouse=True)
def broker(settings, provider):
    """The home has an agreement with a broker, and no log-in is a demo's."""
    settings.TRYING_OUT = False
    settings.MITID_BROKER = "idura"
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
        | {"APPS": [brokers.app("idura", issuer=provider, client_id="us", secret="s")]}
    }


@pytest.fixture
def anton(db):
    return UserFactory(name="Anton", password="")


def path_of(invitation):
    return urlsplit(invitations.link(invitation)).path


def come_back(answer, who):
    """What stands in the browser's address when MitID sends it back."""
    said = {"action": "deny"} if who is None else {"sub": f"{{{who}}}"}
    there = answer.headers["Location"]
    back = requests.post(there, data=said, allow_redirects=False, timeout=10)
    where = urlsplit(back.headers["Location"])
    if who is None:
        # RFC 6749, 4.1.2.1: the state comes back with a no too; this provider forgets it.
        return f"{where.path}?{where.query}&state={parse_qs(urlsplit(there).query)['state'][0]}"
    return f"{where.path}?{where.query}"


def accept(client, invitation, who):
    answer = client.post(path_of(invitation) + "mitid/")
    return client.get(come_back(answer, who))


def log_in(client, who):
    return client.get(come_back(client.post(LOGIN), who))


@pytest.fixture
def with_mitid(client, anton):
    """Anton came in by an invitation, with MitID."""
    accept(Client(), invitations.invite(anton, by=None), "anna")
    return anton


def user_of(client):
    return client.get(reverse("my-account")).wsgi_request.user


def test_an_invitation_and_mitid_are_enough(client, anton):
    answer = accept(client, invitations.invite(anton, by=None), "anna")

    assert answer.headers["Location"] == "/"
    assert client.get("/").status_code == 200
    anton.refresh_from_db()
    assert user_of(client) == anton
    assert not anton.has_usable_password()
    assert invitations.states([anton]) == {anton: invitations.State.IN}
    signed_in = AuditEvent.objects.get(verb="user.signed_in")
    assert signed_in.facts == {"by_means_of": ["socialaccount"]}


def test_nothing_of_the_person_stays_but_a_pseudonym(client, with_mitid):
    log_in(client, "anna")

    account = SocialAccount.objects.get()
    assert (account.uid, account.provider) == ("{anna}", "mitid")
    assert account.extra_data == {"broker": "idura", "level": "substantial"}
    sessions = [session.get_decoded() for session in Session.objects.all()]
    assert sessions
    written = json.dumps(sessions) + json.dumps(
        list(AuditEvent.objects.values("facts"))
    )
    for secret in (CPR, CPR.replace("-", ""), "Navn"):
        assert secret not in written


def test_who_has_come_in_once_needs_no_invitation_again(client, with_mitid):
    assert log_in(client, "anna").headers["Location"] == "/"

    assert user_of(client) == with_mitid


@pytest.mark.parametrize("who", ["low", "unsaid"])
def test_a_level_below_substantial_lets_nobody_in(client, anton, who):
    invitation = invitations.invite(anton, by=None)

    answer = accept(client, invitation, who)

    assert answer.status_code == 403
    assert not SocialAccount.objects.exists()
    assert client.get("/").status_code == 302


def test_the_level_is_asked_each_time(client, anton, provider):
    accept(Client(), invitations.invite(anton, by=None), "annas-app")
    mitid.tell(provider, "annas-app", mitid.person("annas-app", "low"))

    answer = log_in(client, "annas-app")

    assert answer.status_code == 403
    assert client.get("/").status_code == 302
    failed = AuditEvent.objects.get(verb="user.sign_in_failed")
    assert (failed.subject, failed.facts) == (
        f"portal.user:{anton.pk}",
        {"why": "mitid-level"},
    )


def test_who_is_not_invited_is_told_so_and_no_user_is_made(client, anton):
    answer = log_in(client, "anna")

    assert answer.status_code == 403
    assert not SocialAccount.objects.exists()
    assert type(anton).objects.count() == 1


def test_an_invitation_for_one_cpr_number_opens_for_no_other(client, anton):
    invitation = invitations.invite(anton, by=None, cpr_number=CPR.replace("-", ""))

    refused = accept(client, invitation, "another")

    assert refused.status_code == 403
    assert not SocialAccount.objects.exists()
    invitation.refresh_from_db()
    assert invitation.used_at is None
    assert CPR not in invitation.cpr_digest

    assert accept(client, invitation, "anna").headers["Location"] == "/"


def test_whoever_stops_at_mitid_is_told_that_nothing_has_happened(client, anton):
    answer = accept(client, invitations.invite(anton, by=None), None)

    assert answer.status_code == 403
    assert answer.context["why"] == "cancelled"


def test_an_answer_is_good_once_and_in_its_own_browser(client, with_mitid):
    back = come_back(client.post(LOGIN), "anna")
    thief = Client()

    assert thief.get(back).context["why"] == "failed"
    assert thief.get("/").status_code == 302
    assert client.get(back).headers["Location"] == "/"
    assert client.get(back).context["why"] == "failed"
    assert thief.get(back).context["why"] == "failed"


def test_who_comes_after_on_the_same_computer_gets_no_invitation_of_anothers(
    client, anton
):
    accept(client, invitations.invite(anton, by=None), None)

    assert log_in(client, "another").context["why"] == "uninvited"
    assert not SocialAccount.objects.exists()


def test_an_address_alone_sends_nobody_to_mitid(client, db):
    answer = client.get(LOGIN)

    assert answer.status_code == 200
    assert "localhost" not in answer.content.decode()


def test_mitid_needs_no_code_beside_it(client, with_mitid):
    Authenticator.objects.create(user=with_mitid, type="totp", data={"secret": "x"})

    assert log_in(client, "anna").headers["Location"] == "/"
    assert user_of(client) == with_mitid


def test_a_closed_log_in_stays_closed(client, with_mitid):
    type(with_mitid).objects.update(is_active=False)

    log_in(client, "anna")

    assert client.get("/").status_code == 302


def test_whoever_is_logged_in_ties_mitid_to_it(client, anton, settings):
    settings.TRYING_OUT = True
    anton.set_password("tre grønne heste i regnvejr")
    anton.save()
    said = {"login": anton.email, "password": "tre grønne heste i regnvejr"}
    client.post(reverse("account_login"), said)

    back = come_back(client.post(LOGIN, {"process": "connect"}), "anna")
    answer = client.get(back)

    assert answer.headers["Location"] == reverse("mfa_index")
    assert SocialAccount.objects.get().user == anton
    assert client.get(reverse("mfa_index")).context["has_mitid"]


def test_in_earnest_mitid_is_tied_instead_of_a_second_factor(client, anton):
    anton.set_password("tre grønne heste i regnvejr")
    anton.save()
    said = {"login": anton.email, "password": "tre grønne heste i regnvejr"}
    client.post(reverse("account_login"), said)
    assert client.get("/").headers["Location"] == reverse("mfa_index")

    client.get(come_back(client.post(LOGIN, {"process": "connect"}), "anna"))

    assert client.get("/").status_code == 200


def test_a_broker_that_does_not_answer_is_no_error(client, anton, settings):
    [app] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    app["settings"]["server_url"] = "http://localhost:9"

    for path in (LOGIN, path_of(invitations.invite(anton, by=None)) + "mitid/"):
        answer = client.post(path)
        assert (answer.status_code, answer.context["why"]) == (403, "failed")


def test_anothers_mitid_is_not_taken_over(client, with_mitid, settings):
    settings.TRYING_OUT = True
    other = UserFactory(name="Bente")
    client.force_login(other, "portal.backends.Backend")

    client.get(come_back(client.post(LOGIN, {"process": "connect"}), "anna"))

    assert SocialAccount.objects.get().user == with_mitid


def test_a_new_address_is_a_new_beginning(client, with_mitid, cast):
    actions.change_person(
        with_mitid, name="Anton", email="new@example.com", by=cast.clara
    )

    assert log_in(client, "anna").status_code == 403
    assert invitations.states([with_mitid]) == {with_mitid: invitations.State.OPEN}


def test_a_home_without_a_broker_has_no_such_pages(client, anton, settings):
    settings.MITID_BROKER = ""
    settings.SOCIALACCOUNT_PROVIDERS = {}

    assert client.post(LOGIN).status_code == 404
    path = path_of(invitations.invite(anton, by=None))
    assert client.post(path + "mitid/").status_code == 404
    assert "MitID" not in client.get(path).content.decode()


@pytest.mark.parametrize(
    ("broker", "claims", "level", "cpr"),
    [
        ("idura", {"authenticationtype": "urn:grn:authn:dk:mitid:high"}, "high", ""),
        ("idura", {"cprNumberIdentifier": "1"}, "", "1"),
        ("signicat", {"mitid_loa": "SUBSTANTIAL", "nin": "2"}, "substantial", "2"),
        ("signicat-express", {"mitid.loa": "LOW", "mitid.cpr": "3"}, "low", "3"),
        (
            "signaturgruppen",
            {"loa": "https://data.gov.dk/concept/core/nsis/High", "dk_ssn": "4"},
            "high",
            "4",
        ),
    ],
)
def test_each_broker_is_read_in_its_own_words(broker, claims, level, cpr):
    assert (brokers.level(broker, claims), brokers.cpr(broker, claims)) == (level, cpr)


@pytest.fixture
def forger(monkeypatch):
    """Lets a test write the token that the broker is to have sent: claims, key, algorithm."""
    ours = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    real = oidc.Broker.get_access_token_data

    def forge(*, key=ours, alg="RS256", **changed):
        def answer(self, request, app, client, pkce_code_verifier=None):
            data = real(self, request, app, client, pkce_code_verifier)
            claims = jwt.decode(data["id_token"], options={"verify_signature": False})
            data["id_token"] = jwt.encode(claims | changed, key, alg)
            return data

        monkeypatch.setattr(oidc.Broker, "get_access_token_data", answer)
        # So that nothing but what is changed can be wrong with it.
        monkeypatch.setattr(
            oidc.Broker, "_key_of", lambda self, id_token: ours.public_key()
        )

    return forge


def test_a_token_in_order_is_believed(client, with_mitid, forger):
    forger()

    assert log_in(client, "anna").headers["Location"] == "/"


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "another-service"},
        {"iss": "https://another.example"},
        {"exp": 1_000_000_000},
        {"nonce": "of-another-question"},
        {"nonce": None},
        {"key": rsa.generate_private_key(public_exponent=65537, key_size=2048)},
        {"key": "s" * 64, "alg": "HS256"},
        {"key": None, "alg": "none"},
    ],
    ids=["audience", "issuer", "expired", "nonce", "none", "key", "shared", "unsigned"],
)
def test_a_token_that_is_not_to_be_believed_lets_nobody_in(
    client, with_mitid, forger, changed
):
    forger(**changed)

    assert log_in(client, "anna").context["why"] == "failed"
    assert client.get("/").status_code == 302


def test_a_signature_of_none_of_the_brokers_keys_lets_nobody_in(
    client, with_mitid, monkeypatch
):
    others = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    key = jwt.algorithms.RSAAlgorithm.to_jwk(others.public_key(), as_dict=True)
    monkeypatch.setattr(
        "portal.accounts.oidc.jwt.PyJWKSet.from_dict",
        lambda said: jwt.PyJWKSet([key | {"use": "sig", "alg": "RS256"}]),
    )

    assert log_in(client, "anna").context["why"] == "failed"


def test_a_broker_by_another_name_is_not_asked(client, anton, monkeypatch):
    monkeypatch.setattr(
        OpenIDConnectOAuth2Adapter,
        "openid_config",
        {"issuer": "https://another.example", "authorization_endpoint": "x"},
    )

    answer = client.post(path_of(invitations.invite(anton, by=None)) + "mitid/")

    assert answer.status_code == 403
    assert answer.context["why"] == "failed"
