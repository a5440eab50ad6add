"""What the broker sends is believed only when it is signed, meant for us, and the answer to what
this very browser has asked (OpenID Connect Core 1.0, 3.1.3.7; OWASP ASVS 9.1 and 10.5).

allauth trusts the connection to the broker instead, as the standard allows; we ask for both.
"""

import base64
import hashlib
import hmac

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import (
    OAuth2CallbackView,
    OAuth2LoginView,
)
from allauth.socialaccount.providers.openid_connect.views import (
    OpenIDConnectOAuth2Adapter,
)
from django.contrib.auth.decorators import login_not_required
from django.http import Http404

# Public keys alone: a broker's secret, which we know too, must not sign what we believe.
SIGNED_WITH = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384"]


def challenge_of(verifier):
    """What the ID token must repeat, from what this browser's state keeps (RFC 7636, 4.2)."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class Broker(OpenIDConnectOAuth2Adapter):
    @property
    def openid_config(self):
        known = super().openid_config
        wished = self.get_provider().app.settings["server_url"]
        if known["issuer"].rstrip("/") != wished:
            raise OAuth2Error(
                "The broker calls itself something else than we were told."
            )
        return known

    def get_access_token_data(self, request, app, client, pkce_code_verifier=None):
        self._nonce = challenge_of(pkce_code_verifier)
        return super().get_access_token_data(request, app, client, pkce_code_verifier)

    def _decode_id_token(self, app, id_token):
        try:
            claims = jwt.decode(
                id_token,
                self._key_of(id_token),
                algorithms=SIGNED_WITH,
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                options={"require": ["exp", "iat", "sub"]},
            )
        except (jwt.PyJWTError, TypeError) as error:
            raise OAuth2Error("The broker's token is not to be believed.") from error
        jwtkit.verify_jti(claims)
        if not hmac.compare_digest(str(claims.get("nonce")), self._nonce):
            raise OAuth2Error("The broker's token answers something else.")
        return claims

    def _key_of(self, id_token):
        """The broker's key that the token names; its only one, if it names none."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        name = jwt.get_unverified_header(id_token).get("kid")
        for key in keys:
            if key.key_id == name or (name is None and len(keys) == 1):
                return key.key
        raise jwt.InvalidTokenError("The broker has no such key.")


def _page(view):
    @login_not_required
    def page(request, provider_id):
        try:
            return view.adapter_view(Broker(request, provider_id))(request)
        except SocialApp.DoesNotExist:
            raise Http404 from None

    return page


# To the broker, by a press on a button; and back.
login, callback = _page(OAuth2LoginView), _page(OAuth2CallbackView)
