"""The staff's own identity provider, by SAML 2.0: the municipality's, or KOMBIT's.

It says who a colleague is, and lets nobody in by that: only somebody with a job in force,
whose log-in it is tied to by a number for the person. What it says of its own accord is
refused; its assertions must be signed. Of what it tells, only the level is kept.
"""

import base64
import hashlib
import logging
import re

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.saml import views as saml
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from allauth.socialaccount.sessions import LoginSession
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt

from portal import invitations
from portal.accounts import brokers
from portal.models import Employment, User

PROVIDER = brokers.STAFF
# OIOSAML 3 and NSIS 2: what level the log-in there had.
LEVEL = "https://data.gov.dk/concept/core/nsis/loa"
CPR = "https://data.gov.dk/model/core/eid/cprNumber"
# In the session: this log-in was two factors over there.
STRONG = "staff-idp-strong"
# How many seconds the answer may lie between the two pages that take it.
ON_THE_WAY = 60
SESSION = ("saml_acs_session", "saml-acs-session")
log = logging.getLogger(__name__)


class Refused(Exception):
    """Somebody may not come in by it. `why` is a word for the page that says so."""

    def __init__(self, why, about=None):
        super().__init__(why)
        self.why, self.about = why, about


def is_offered():
    return bool(settings.SAML_IDP_ENTITY)


class StaffIdP(SAMLProvider):
    """What it says, with nothing kept of it but the person's number there and the level."""

    def extract_uid(self, data):
        number = _first(data, settings.SAML_PERSON_ID)
        if not number:
            raise Refused("staff-unknown")
        return number

    def extract_extra_data(self, data):
        return {"level": re.split(r"[:/]", _first(data, LEVEL))[-1].casefold()}

    def extract_common_fields(self, data):
        return {}

    def extract_email_addresses(self, data):
        return []

    def sociallogin_from_response(self, request, response):
        login = super().sociallogin_from_response(request, response)
        login.cpr = _first(response, CPR)
        login.email = _first(response, settings.SAML_EMAIL)
        return login


def _first(data, name):
    values = data.get_attributes().get(name) or [""]
    return str(values[0] or "").strip()


def let_in(request, login, *, invitation):
    """Tie the log-in to whom it is for, if it is not tied yet. Raises Refused."""
    known = login.user if login.is_existing else None
    level = login.account.extra_data["level"]
    if level not in brokers.ENOUGH and (level or settings.SAML_DEMANDS_LEVEL):
        raise Refused("staff-level", known)
    ties_it = login.state.get("process") == AuthProcess.CONNECT
    person = known or (request.user if ties_it else _expected(login, invitation))
    if person is None:
        raise Refused("staff-unknown")
    if not Employment.objects.in_force().filter(user=person).exists():
        raise Refused("staff-no-job", person)
    if not known and not ties_it:
        if invitation:
            invitations.accept(invitation)
        login.connect(request, person)
    request.session[STRONG] = level in brokers.ENOUGH


def _expected(login, invitation):
    """Whose invitation brought them here; or whose address it is, where that is believed."""
    if invitation:
        if not invitations.is_for(invitation, login.cpr):
            raise Refused("another", invitation.user)
        return invitation.user
    if not settings.SAML_TRUST_EMAIL or not login.email:
        return None
    person = User.objects.filter(email__iexact=login.email, is_active=True).first()
    # An address that has passed to another colleague must not open the first one's log-in.
    is_tied = SocialAccount.objects.filter(user=person, provider=PROVIDER).exists()
    return None if is_tied else person


def _fernets():
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        digest = hashlib.sha256(b"portal.staff_idp:" + secret.encode()).digest()
        yield Fernet(base64.urlsafe_b64encode(digest))


@method_decorator((csrf_exempt, login_not_required), name="dispatch")
class Arrival(saml.ACSView):
    """Lays the answer aside for the next page, which has the browser's session.

    It may tell a CPR number, so it lies there sealed.
    """

    def dispatch(self, request, organization_slug):
        self.get_app(organization_slug)
        response = super().dispatch(request, organization_slug)
        store = LoginSession(request, *SESSION).store
        sealed = next(_fernets()).encrypt(store["request"].encode())
        store["request"] = sealed.decode()
        store.set_expiry(ON_THE_WAY)
        store.save()
        return response


@method_decorator(login_not_required, name="dispatch")
class Answer(saml.FinishACSView):
    """Believes the answer, or says in words why not."""

    def dispatch(self, request, organization_slug):
        store = LoginSession(request, *SESSION).store
        if "request" in store:
            store["request"] = _opened(store["request"])
        try:
            return super().dispatch(request, organization_slug)
        except ImmediateHttpResponse as answer:
            return answer.response
        except (PermissionDenied, Refused) as error:
            log.warning("The staff's log-in was refused: %s", error)
        return render_authentication_error(
            request, self.get_provider(organization_slug)
        )


def _opened(sealed):
    for fernet in _fernets():
        try:
            return fernet.decrypt(sealed.encode(), ttl=ON_THE_WAY).decode()
        except InvalidToken:
            continue
    return None


arrival = Arrival.as_view()
answer = Answer.as_view()
