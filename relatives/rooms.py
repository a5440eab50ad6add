from django.utils.translation import gettext as _


def role(user):
    return _("relative") if getattr(user, "relative", None) else ""


def home(user):
    relative = getattr(user, "relative", None)
    return relative.home if relative else None
