import base64
import hashlib
import uuid

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal import audit, outbox, privacy
from portal.accounts import sessions
from portal.models import User


def tell_of_change(user, what):
    """Whose log-in has changed is told by mail: was it you? And it is written down."""
    audit.record("user.log_in_changed", by=user, about=user, what=what)
    outbox.post("account-changed", to=user, key=f"{what}:{uuid.uuid4()}", what=what)


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up on their own: accounts begin with an invitation."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail address or the password is wrong."),
        "incorrect_password": _("The password is wrong."),
        "enter_current_password": _("This is not your present password."),
        "too_many_login_attempts": _(
            "There have been too many tries. Wait five minutes and try again."
        ),
        "rate_limited": _(
            "There have been too many tries. Wait five minutes and try again."
        ),
    }

    def is_open_for_signup(self, request):
        return False

    def pre_login(self, request, user, **kwargs):
        # update_last_login comes later and overwrites what "last time" was.
        user.previous_login = user.last_login
        user.save(update_fields=["previous_login"])
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request, user, **kwargs):
        methods = [
            record.get("type") or record["method"]
            for record in get_authentication_records(request, user)
        ]
        audit.record("user.signed_in", by=user, about=user, by_means_of=methods)
        # Whoever has just come in is not asked again at the next page who they are.
        record_authentication(request, user, method="login", reauthenticated=True)
        privacy.begin(request, user)
        return super().post_login(request, user, **kwargs)

    def authentication_failed(self, request, **credentials):
        """Somebody tried. Whose log-in it was to be is written down, and no password."""
        tried = User.objects.filter(email__iexact=credentials.get("email", "")).first()
        if tried:
            audit.record("user.sign_in_failed", by=None, about=tried)

    def send_password_reset_mail(self, user, email, context):
        # Through the outbox, so that an address that exists takes no longer to answer
        # than one that does not. The key is made when the mail leaves.
        outbox.post("password-reset", to=user, key=f"password-reset:{uuid.uuid4()}")

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        tell_of_change(user, template_prefix.rpartition("/")[2])

    def get_login_stages(self):
        asks_code = "allauth.mfa.stages.AuthenticateStage"
        ours = "portal.accounts.mitid.SecondFactorStage"
        return [
            ours if stage == asks_code else stage
            for stage in super().get_login_stages()
        ]

    def send_mail(self, template_prefix, email, context):
        """allauth's remaining mails are about what nobody can do here: signing up."""
        raise NotImplementedError(template_prefix)


class MFAAdapter(DefaultMFAAdapter):
    """Seeds of second factors are encrypted; allauth keeps them in clear by itself."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "The code is wrong. It changes every half minute: try the next one."
        ),
    }

    def generate_authenticator_name(self, user, type):  # noqa: A002 -- allauth's word
        return sessions.device(context.request.META.get("HTTP_USER_AGENT", ""))

    @staticmethod
    def _fernet(key):
        digest = hashlib.sha256(b"portal.mfa:" + key.encode()).digest()
        return Fernet(base64.urlsafe_b64encode(digest))

    def encrypt(self, text):
        return self._fernet(settings.SECRET_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
            try:
                return self._fernet(key).decrypt(encrypted_text.encode()).decode()
            except InvalidToken:
                continue
        raise InvalidToken
