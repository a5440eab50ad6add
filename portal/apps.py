from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("portal")

    def ready(self):
        from portal import checks, clock  # noqa: F401, PLC0415 -- needs the app registry

        connection_created.connect(clock.teach)
