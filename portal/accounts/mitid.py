"""MitID, by any broker that speaks OpenID Connect.

MitID says who somebody is, and lets nobody in by that: it is tied to a log-in that exists, by
an invitation or by the person when logged in. Each time the level is asked anew (NSIS:
Substantial or High). A CPR number comes by here and is held against the invitation; it is
written down nowhere (databeskyttelsesloven § 11).
"""

import logging

import requests
from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import (
    OpenIDConnectProvider,
)
from django.conf import settings
from django.db import transaction
from django.shortcuts import render
from django.urls import reverse

from portal import audit, invitations
from portal.accounts import brokers, oidc, staff_idp
from portal.accounts.adapters import tell_of_change
from portal.models import Invitation

log = logging.getLogger(__name__)


def is_offered():
    return bool(settings.MITID_BROKER)


def is_tied_to(user, provider=brokers.PROVIDER):
    return SocialAccount.objects.filter(user=user, provider=provider).exists()


def logged_in_by(request, user):
    """Whether this very log-in was by MitID, which is two factors by itself; or by the
    staff's own identity provider, where that has said as much."""
    enough = {brokers.PROVIDER}
    if request.session.get(staff_idp.STRONG):
        enough.add(staff_idp.PROVIDER)
    return any(
        record.get("method") == "socialaccount" and record.get("provider") in enough
        for record in get_authentication_records(request, user)
    )


class MitID(OpenIDConnectProvider):
    """What the broker says, with nothing kept of it but the pseudonym and the level."""

    oauth2_adapter_class = oidc.Broker

    def extract_uid(self, data):
        return str(data["id_token"]["sub"])

    def extract_extra_data(self, data):
        claims = data["id_token"]
        broker = self.app.settings["broker"]
        return {"broker": broker, "level": brokers.level(broker, claims)}

    def extract_common_fields(self, data):
        return {}

    def extract_email_addresses(self, data):
        return []

    def get_pkce_params(self):
        asked = super().get_pkce_params()
        # What the ID token repeats: bound to this question, and to this browser's state.
        return asked | {"nonce": oidc.challenge_of(asked["code_verifier"])}

    def redirect(self, request, process, next_url=None, data=None, **kwargs):
        try:
            return super().redirect(request, process, next_url, data, **kwargs)
        except (requests.RequestException, OAuth2Error):
            log.exception("The broker does not answer as itself")
            return _refused(request, "failed")

    def sociallogin_from_response(self, request, response):
        if "id_token" not in response:
            raise OAuth2Error("The broker has sent no ID token.")
        login = super().sociallogin_from_response(request, response)
        login.cpr = brokers.cpr(self.app.settings["broker"], response["id_token"])
        return login


class Adapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request, sociallogin):
        return False

    def pre_social_login(self, request, sociallogin):
        """Raises ImmediateHttpResponse with a page that says why somebody may not in."""
        if sociallogin.account.provider == staff_idp.PROVIDER:
            self._of_staff(request, sociallogin)
            return
        known = sociallogin.user if sociallogin.is_existing else None
        level = sociallogin.account.extra_data["level"]
        if level not in brokers.ENOUGH:
            _refuse(request, "level", about=known)
        if sociallogin.state.get("process") == AuthProcess.CONNECT or known:
            return
        invitation = _opened(sociallogin.state.get("data"))
        if invitation is None:
            _refuse(request, "uninvited")
        if not invitations.is_for(invitation, sociallogin.cpr):
            _refuse(request, "another", about=invitation.user)
        try:
            with transaction.atomic():
                user = invitations.accept(invitation)
                sociallogin.connect(request, user)
        except invitations.NoLongerOpen:
            _refuse(request, "uninvited")

    def _of_staff(self, request, sociallogin):
        invitation = _opened(sociallogin.state.get("data"))
        try:
            with transaction.atomic():
                staff_idp.let_in(request, sociallogin, invitation=invitation)
        except staff_idp.Refused as error:
            _refuse(request, error.why, about=error.about)
        except invitations.NoLongerOpen:
            _refuse(request, "uninvited")

    def get_connect_redirect_url(self, request, socialaccount):
        if socialaccount.user_id == request.user.pk:
            # Who has tied it has just shown that they have it.
            record_authentication(
                request,
                request.user,
                "socialaccount",
                provider=socialaccount.provider,
                uid=socialaccount.uid,
            )
        return reverse("mfa_index")

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        tell_of_change(user, template_prefix.rpartition("/")[2])

    def on_authentication_error(
        self, request, provider, error=None, exception=None, extra_context=None
    ):
        _refuse(request, "cancelled" if error == AuthError.CANCELLED else "failed")


class SecondFactorStage(AuthenticateStage):
    """Asks no code of whoever has just shown with MitID that it is them."""

    def handle(self):
        user = self.login.user
        if user is not None and logged_in_by(self.request, user):
            return None, True
        return super().handle()


def to_answer(request, invitation, *, provider=brokers.PROVIDER):
    """Send whoever has opened the invitation to MitID, or to the staff's own log-in. Which it was travels with the way
    there and back, and not with the browser: others may use it too."""
    way = get_adapter().get_provider(request, provider)
    return way.redirect(request, AuthProcess.LOGIN, data=str(invitation.uuid))


def _opened(number):
    if number is None:
        return None
    return (
        Invitation.objects.open()
        .select_related("user")
        .filter(uuid=number, user__is_active=True)
        .first()
    )


def _refuse(request, why, *, about=None):
    """To a page that says in words what was wrong, and what to do."""
    if about is not None:
        audit.record("user.sign_in_failed", by=None, about=about, why=f"mitid-{why}")
    raise ImmediateHttpResponse(_refused(request, why))


def _refused(request, why):
    return render(request, "account/mitid_refused.html", {"why": why}, status=403)
