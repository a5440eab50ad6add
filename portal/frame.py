"""What stands around every page: the menu, who one is here, and the home's name."""

from django.conf import settings

from portal import rooms
from portal.accounts import idle
from portal.models import Home

# The home that stood on the latest page of this process: whom to call when there is no
# database to ask.
_last_known: dict[str, Home | None] = {}


def last_known_home():
    """The home to name on a page that may ask the database nothing, or None."""
    return _last_known.get("home")


class Frame:
    """What base.html draws around every page. Asks only for what is drawn."""

    def __init__(self, user, path, *, held=False):
        # Held: somebody else sits at the screen, and no door leads away from them.
        self.user, self.path, self.held = user, path, held

    @property
    def doors(self):
        shown = self.user.is_authenticated and not self.held
        return rooms.doors(self.user) if shown else []

    @property
    def searches(self):
        """Whether the search field is there. Where somebody sits by, no way leads out."""
        return self.user.is_authenticated and not self.held

    @property
    def role(self):
        return rooms.role(self.user)

    @property
    def knows_the_house(self):
        """Not who only reads its logs: they have nobody here to turn to."""
        if not self.user.is_authenticated or self.held:
            return False
        return bool(self.role) and bool(
            self.user.is_employed or not self.user.homes_protected
        )

    @property
    def home(self):
        if not hasattr(self, "_home"):
            self._home = _last_known["home"] = rooms.home_of(self.user)
        return self._home


def frame(request):
    """Context processor. An error before log-in was looked at has no user."""
    user = getattr(request, "user", None)
    held = bool(getattr(request, "held", None))
    return {
        "frame": Frame(user, request.path, held=held) if user is not None else None,
        "demo": settings.DEMO,
        "mitid_is_offered": bool(settings.MITID_BROKER),
        "staff_idp_is_offered": bool(settings.SAML_IDP_ENTITY),
        # How long one may look at a page before the log-in ends by itself. Whoever is
        # lent the screen has no log-in to keep.
        "idle_seconds": idle.limit(request)
        if user is not None and user.is_authenticated and not held
        else 0,
        # Whoever sees this page through somebody else's eyes is told so on it.
        "looking": getattr(request, "looking", None),
    }
