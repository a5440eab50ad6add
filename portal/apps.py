from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("portal")

    def ready(self):
        # Needs the app registry.
        from portal import (  # noqa: PLC0415
            chain,
            checks,  # noqa: F401
            clock,
            permits,
            refusals,
            walls,
        )
        from portal.accounts import idle, sessions  # noqa: PLC0415

        user_logged_in.connect(idle.begin)
        user_logged_out.connect(sessions.left)

        connection_created.connect(clock.teach)
        connection_created.connect(chain.teach)
        connection_created.connect(permits.teach)
        # Once each, with the ground: the others' turns come before and after.
        for guard in (chain, refusals, walls):
            pre_migrate.connect(guard.take_down, sender=self)
            post_migrate.connect(guard.put_up, sender=self)
        connection_created.connect(walls.raise_again)
