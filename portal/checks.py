"""What must be true in production, with what to do about it: `manage.py check --deploy`."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.checks import Warning as Caution

SENDS = "django.core.mail.backends.smtp.EmailBackend"


@register(Tags.security, deploy=True)
def no_demo_in_earnest(app_configs, **kwargs):
    """A demo lets people in on a password alone."""
    if settings.TRYING_OUT and settings.SECURE:
        yield Error(
            "DEMO or DEBUG is set together with an https address: everybody would be "
            "let in on a password alone.",
            hint="Unset DEMO and DEBUG.",
            id="portal.E001",
        )


@register(deploy=True)
def mail_leaves(app_configs, **kwargs):
    """Nobody gets in without an invitation, and it comes by mail."""
    if settings.EMAIL_BACKEND != SENDS or not settings.EMAIL_HOST:
        yield Error(
            "No mail can leave: nobody could be invited.",
            hint="Set EMAIL_URL, for example to smtp+tls://user:password@mail.example.dk:587.",
            id="portal.E002",
        )
    elif settings.DEFAULT_FROM_EMAIL.endswith("localhost>"):
        yield Error(
            "Mails would come from localhost, and be taken for spam.",
            hint="Set DEFAULT_FROM_EMAIL, for example to 'The Home <portal@example.dk>'.",
            id="portal.E003",
        )


@register(Tags.security, deploy=True)
def mitid_is_asked_over_tls(app_configs, **kwargs):
    """What comes from the broker's own address is believed as it stands."""
    if settings.MITID_BROKER and urlsplit(settings.MITID_ISSUER).scheme != "https":
        yield Error(
            "MITID_ISSUER is no https address, and anybody between could say who somebody is.",
            hint="Use the address with https:// that the broker gave you.",
            id="portal.E005",
        )


@register(Tags.database, deploy=True)
def database_is_a_server(app_configs, **kwargs):
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield Caution(
            "SQLite serves one machine and one writer at a time.",
            hint="Set DATABASE_URL to a PostgreSQL database. docs/operations.md says "
            "what a small home may do with SQLite all the same.",
            id="portal.W001",
        )


@register(deploy=True)
def work_has_a_queue(app_configs, **kwargs):
    if not settings.REDIS_URL:
        yield Caution(
            "Without Redis the web process sends the mails and sweeps the rooms.",
            hint="Set REDIS_URL, and run a worker and a beat as docs/operations.md says.",
            id="portal.W002",
        )


@register(Tags.urls, deploy=True)
def address_is_a_host_alone(app_configs, **kwargs):
    """Cookies and links hold for the whole host: the portal cannot live in a folder."""
    if urlsplit(settings.PORTAL_URL).path:
        yield Error(
            "PORTAL_URL has a path, and the portal has to have a host of its own.",
            hint="For example https://portal.example.dk.",
            id="portal.E004",
        )
