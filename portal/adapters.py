import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from portal import audit


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up on their own: accounts begin with an invitation."""

    def is_open_for_signup(self, request):
        return False

    def pre_login(self, request, user, **kwargs):
        # update_last_login comes later and overwrites what "last time" was.
        user.previous_login = user.last_login
        user.save(update_fields=["previous_login"])
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request, user, **kwargs):
        audit.record("user.signed_in", by=user, about=user)
        return super().post_login(request, user, **kwargs)


class MFAAdapter(DefaultMFAAdapter):
    """Seeds of second factors are encrypted; allauth keeps them in clear by itself."""

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
