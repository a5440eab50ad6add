from allauth.account.auth_backends import AuthenticationBackend

from portal import rooms
from portal.models import User


class Backend(AuthenticationBackend):
    """Reads with the person who signs in what every page asks of them: who they are."""

    def get_user(self, user_id):
        user = (
            User.objects.select_related(*rooms.read_with_user())
            .filter(pk=user_id)
            .first()
        )
        return user if user and self.user_can_authenticate(user) else None
