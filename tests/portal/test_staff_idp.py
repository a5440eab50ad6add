"""The staff's own identity provider: whom it lets in, and all the ways in which it does not."""

import datetime as dt
import json

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from portal import clock, invitations
from portal.accounts import brokers
from portal.models import AuditEvent
from tests import saml
from tests.saml import Says

LOGIN = reverse("saml_login", args=["staff"])
NUMBER = "010180-0000"


@pytest.fixture(autouse=True)
def provider(settings):
    """The home's municipality has one, and no log-in is a demo's."""
    settings.TRYING_OUT = False
    settings.SAML_IDP_ENTITY = saml.ENTITY
    settings.SOCIALACCOUNT_PROVIDERS = settings.SOCIALACCOUNT_PROVIDERS | {
        "saml": settings.SOCIALACCOUNT_PROVIDERS["saml"]
        | {
            "APPS": [
                brokers.staff_app(
                    name="Kommunen",
                    entity=saml.ENTITY,
                    sso_url=saml.SSO,
                    certificate=saml.key_pair("idp")[1],
                    portal=saml.BASE,
                )
            ]
        }
    }


@pytest.fixture
def browser():
    return lambda: Client(headers={"host": "127.0.0.1:8000"})


def come_back(client, question, says):
    """From the provider's page, by the browser, to ours and on to the next."""
    posted = client.post(
        reverse("saml_acs", args=["staff"]),
        {"SAMLResponse": saml.response(question, says)},
    )
    return client.get(posted.headers["Location"])


def log_in(client, says):
    return come_back(client, saml.asked(client.post(LOGIN)), says)


def tie(client, user, says):
    """By an invitation that is answered with it."""
    link = invitations.link(invitations.invite(user, by=None))
    path = link.removeprefix(saml.BASE) + "work/"
    return come_back(client, saml.asked(client.post(path)), says)


@pytest.fixture
def mette(cast, browser):
    """A colleague who came in by an invitation, with her log-in at work."""
    tie(browser(), cast.mette, Says())
    return cast.mette


def who(client):
    user = client.get(reverse("my-account")).wsgi_request.user
    return user if user.is_authenticated else None


@pytest.mark.parametrize("level", ["Substantial", "High"])
def test_a_colleague_comes_in_by_it_and_needs_no_other_factor(browser, mette, level):
    client = browser()
    answer = log_in(client, Says(level=level))

    assert answer.headers["Location"] == "/"
    assert who(client) == mette
    # No page asks for a second factor: it had two over there.
    assert client.get(reverse("residents:residents")).status_code == 200


def test_nothing_is_kept_but_the_persons_number_and_the_level(browser, mette):
    client = browser()
    question = saml.asked(client.post(LOGIN))
    told = {saml.CPR: NUMBER, saml.EMAIL: "mette@kommune.dk"}
    posted = client.post(
        reverse("saml_acs", args=["staff"]),
        {"SAMLResponse": saml.response(question, Says(told=told))},
    )
    # Also not between the two pages that take it.
    halfway = [session.get_decoded() for session in Session.objects.all()]
    client.get(posted.headers["Location"])
    after = [session.get_decoded() for session in Session.objects.all()]

    assert who(client) == mette
    account = SocialAccount.objects.get()
    assert (account.provider, account.uid) == ("staff", "7b1f")
    assert account.extra_data == {"level": "substantial"}
    events = list(AuditEvent.objects.values("facts"))
    written = json.dumps([halfway, after, events], default=str)
    for secret in (NUMBER, NUMBER.replace("-", ""), "kommune.dk", "SAMLResponse"):
        assert secret not in written


@pytest.mark.parametrize(
    ("says", "why"),
    [
        (Says(level="Low"), "staff-level"),
        (Says(level=""), "staff-level"),
        (Says(is_signed=False), "failed"),
        (Says(by="somebody else"), "failed"),
        (Says(audience="https://another.example.dk"), "failed"),
        (Says(seconds=-600), "failed"),
        (Says(person="another"), "staff-unknown"),
        (Says(person=""), "failed"),
    ],
    ids=[
        *("low", "unsaid", "unsigned", "signed by another", "for another", "expired"),
        *("uninvited", "nobody"),
    ],
)
def test_whom_it_does_not_let_in_is_told_why(browser, mette, says, why):
    client = browser()
    answer = log_in(client, says)

    assert answer.status_code == 403
    assert who(client) is None
    assert answer.context["why"] == why


def test_what_it_says_of_its_own_accord_is_refused(browser, mette):
    client = browser()

    assert come_back(client, None, Says()).status_code == 403
    assert who(client) is None


def test_an_answer_is_good_once_and_in_one_browser(browser, mette):
    mine, anothers = browser(), browser()
    question = saml.asked(mine.post(LOGIN))
    packed = saml.response(question, Says())

    def post(client):
        posted = client.post(
            reverse("saml_acs", args=["staff"]), {"SAMLResponse": packed}
        )
        return client.get(posted.headers["Location"])

    assert post(anothers).status_code == 403
    assert who(anothers) is None
    assert post(mine).status_code == 302
    assert who(mine) == mette
    mine.post(reverse("account_logout"))
    assert post(mine).status_code == 403
    assert who(mine) is None


def test_an_answer_that_lies_too_long_is_not_believed(browser, mette, monkeypatch):
    client = browser()
    monkeypatch.setattr("portal.accounts.staff_idp.ON_THE_WAY", -1)

    assert log_in(client, Says()).status_code == 403
    assert who(client) is None


def test_whose_job_has_ended_does_not_come_in(browser, mette):
    job = mette.employments.get()
    job.ends_on = clock.today() - dt.timedelta(days=1)
    job.save()
    client = browser()

    assert log_in(client, Says()).status_code == 403
    assert who(client) is None
    event = AuditEvent.objects.filter(verb="user.sign_in_failed").latest("pk")
    assert event.facts["why"].endswith("staff-no-job")


def test_a_relative_does_not_come_in_by_it(browser, cast):
    assert tie(browser(), cast.jens, Says()).status_code == 403
    assert not SocialAccount.objects.exists()
    assert cast.jens.invitations.open().exists()


def test_an_address_opens_nothing_unless_the_house_believes_it(browser, cast, settings):
    says = Says(told={saml.EMAIL: cast.mette.email.upper()})
    client = browser()
    assert log_in(client, says).status_code == 403

    settings.SAML_TRUST_EMAIL = True
    assert log_in(client, says).status_code == 302
    assert who(client) == cast.mette
    # Whoever is given the address after her does not come in as her.
    another = browser()
    assert log_in(another, Says(person="new", told=says.told)).status_code == 403
    assert who(another) is None


def test_where_no_level_is_said_and_none_is_asked_our_own_second_factor_is(
    browser, mette, settings
):
    settings.SAML_DEMANDS_LEVEL = False
    client = browser()
    log_in(client, Says(level=""))

    assert client.get("/").headers["Location"] == reverse("mfa_index")
    low = browser()
    assert log_in(low, Says(level="Low")).status_code == 403


def test_an_invitation_for_one_cpr_number_is_held_against_what_it_tells(browser, cast):
    def answered(number):
        link = invitations.link(
            invitations.invite(cast.mette, by=None, cpr_number="0101800000")
        )
        client = browser()
        path = link.removeprefix(saml.BASE) + "work/"
        says = Says(told={saml.CPR: number})
        come_back(client, saml.asked(client.post(path)), says)
        return who(client)

    assert answered("0202800000") is None
    assert answered("") is None
    assert answered(NUMBER) == cast.mette


def test_logged_in_one_ties_it_and_anothers_is_not_taken_over(
    browser, cast, mette, settings
):
    settings.TRYING_OUT = True
    client = browser()
    cast.tim.set_password("tre grønne heste")
    cast.tim.save()
    told = {"login": cast.tim.email, "password": "tre grønne heste"}
    client.post(reverse("account_login"), told)
    ask = {"process": "connect"}
    come_back(client, saml.asked(client.post(LOGIN, ask)), Says(person="tims"))
    assert SocialAccount.objects.get(uid="tims").user == cast.tim

    come_back(client, saml.asked(client.post(LOGIN, ask)), Says())
    assert SocialAccount.objects.get(uid="7b1f").user == mette


def test_without_the_setting_there_is_no_such_way_in(client, db, settings):
    settings.SAML_IDP_ENTITY = ""
    settings.SOCIALACCOUNT_PROVIDERS = settings.SOCIALACCOUNT_PROVIDERS | {
        "saml": settings.SOCIALACCOUNT_PROVIDERS["saml"] | {"APPS": []}
    }
    assert client.post(LOGIN).status_code == 404
    for page in ("saml_acs", "saml_finish_acs"):
        assert client.post(reverse(page, args=["staff"])).status_code == 404


def test_what_the_provider_must_know_of_us_can_be_fetched(browser, db):
    told = browser().get(reverse("saml_metadata", args=["staff"]))

    assert told.status_code == 200
    assert saml.ACS in told.content.decode()
    assert 'WantAssertionsSigned="true"' in told.content.decode()
