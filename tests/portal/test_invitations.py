import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from dateutil.relativedelta import relativedelta
from django.core import mail
from django.urls import reverse

from portal import clock, invitations, postman
from portal.models import AuditEvent, Invitation, User
from relatives.actions.people import CannotBeInvited, invite_relative
from tests.factories import RelativeFactory

GOOD = "tre grønne heste i regnvejr"


@pytest.fixture
def anton(db, cast):
    return User.objects.create_user("anton@example.com", "Anton Krogh")


def path_of(invitation):
    return invitations.link(invitation).removeprefix("http://127.0.0.1:8000")


def test_an_invited_person_chooses_a_password_and_is_in(client, cast, anton):
    invitation = invitations.invite(anton, by=cast.clara)
    postman.empty_outbox()
    [letter] = mail.outbox
    link = re.search(r"http://127.0.0.1:8000(\S+)", letter.body)[1]

    page = client.get(link)
    answer = client.post(link, {"password": GOOD}, follow=True)

    assert "Clara" in page.content.decode()
    assert answer.redirect_chain == [("/", 302)]
    assert answer.context["request"].user == anton
    anton.refresh_from_db()
    assert anton.check_password(GOOD)
    assert EmailAddress.objects.get(user=anton).verified
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", "actor__name"))[
        -3:
    ] == [
        ("user.invited", "Clara"),
        ("user.accepted_invitation", "Anton Krogh"),
        ("user.signed_in", "Anton Krogh"),
    ]
    assert Invitation.objects.get(pk=invitation.pk).used_at


def test_the_mail_names_no_resident(cast):
    invitations.invite(cast.anna, by=cast.mette)
    postman.empty_outbox()

    text = mail.outbox[0].subject + mail.outbox[0].body

    assert "Bo" not in re.findall(r"\w+", text)
    assert "Ida" not in re.findall(r"\w+", text)


def test_an_invitation_opens_once(client, cast, anton):
    path = path_of(invitations.invite(anton, by=cast.clara))
    client.post(path, {"password": GOOD})
    client.logout()

    again = client.get(path)

    assert again.status_code == 410
    assert client.post(path, {"password": "noget helt andet 123"}).status_code == 410
    anton.refresh_from_db()
    assert anton.check_password(GOOD)


def test_an_invitation_runs_out(client, cast, anton):
    path = path_of(invitations.invite(anton, by=cast.clara))
    Invitation.objects.update(expires_at=clock.now())

    assert client.get(path).status_code == 410


def test_a_new_invitation_closes_the_earlier(client, cast, anton):
    first = invitations.invite(anton, by=cast.clara)
    Invitation.objects.update(invited_at=clock.now() - dt.timedelta(hours=1))

    second = invitations.invite(anton, by=cast.clara)

    assert client.get(path_of(first)).status_code == 410
    assert client.get(path_of(second)).status_code == 200
    postman.empty_outbox()
    assert len(mail.outbox) == 1


def test_two_presses_of_the_button_are_one_invitation(cast, anton):
    assert invitations.invite(anton, by=cast.clara) == invitations.invite(
        anton, by=cast.clara
    )


@pytest.mark.parametrize("token", ["x", "a:b", "%00", "..%2f", "IjEi:1xyz:abc"])
def test_a_link_that_somebody_made_up_opens_nothing(client, db, token):
    assert client.get(f"/invitation/{token}/").status_code in (404, 410)


def test_who_may_not_log_in_is_not_let_in_by_an_old_invitation(client, cast, anton):
    path = path_of(invitations.invite(anton, by=cast.clara))
    User.objects.filter(pk=anton.pk).update(is_active=False)

    assert client.get(path).status_code == 410
    anton.is_active = False
    with pytest.raises(ValueError, match="not invited"):
        invitations.invite(anton, by=cast.clara)


@pytest.mark.parametrize("password", ["", "kort", "password1234", "anton krogh 12"])
def test_a_password_that_is_easily_guessed_is_refused(client, cast, anton, password):
    path = path_of(invitations.invite(anton, by=cast.clara))

    answer = client.post(path, {"password": password})

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert Invitation.objects.open().count() == 1


def test_an_invitation_opened_on_a_shared_pc_logs_the_other_out(sign_in, cast, anton):
    client = sign_in(cast.mette)

    answer = client.post(
        path_of(invitations.invite(anton, by=cast.clara)),
        {"password": GOOD},
        follow=True,
    )

    assert answer.context["request"].user == anton


def test_without_trying_out_the_second_factor_is_set_up_next(
    client, cast, anton, settings
):
    settings.TRYING_OUT = False
    path = path_of(invitations.invite(anton, by=cast.clara))

    answer = client.post(path, {"password": GOOD}, follow=True)

    assert answer.redirect_chain == [("/", 302), (reverse("mfa_index"), 302)]
    assert answer.status_code == 200


def test_a_relative_under_15_is_not_invited(cast):
    relative = RelativeFactory(
        user=None,
        email="child@example.com",
        born_on=clock.today() - relativedelta(years=15) + dt.timedelta(days=1),
    )

    with pytest.raises(CannotBeInvited):
        invite_relative(relative, by=cast.karen)

    relative.born_on -= dt.timedelta(days=1)
    relative.save()
    assert invite_relative(relative, by=cast.karen).email == "child@example.com"
