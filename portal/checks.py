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


@register(Tags.security, deploy=True)
def staff_log_in_over_tls(app_configs, **kwargs):
    """Who is sent elsewhere to log in must not be led astray on the way."""
    if settings.SAML_IDP_ENTITY and urlsplit(settings.SAML_IDP_SSO_URL).scheme != (
        "https"
    ):
        yield Error(
            "SAML_IDP_SSO_URL is no https address.",
            hint="Use the address with https:// that the provider gave you.",
            id="portal.E020",
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


# A connection that does not leave the machine needs no TLS.
HERE = {"", None, "127.0.0.1", "localhost", "::1"}


@register(Tags.security, deploy=True)
def connections_are_private(app_configs, **kwargs):
    """What travels between machines is read by nobody on the way (GDPR art. 32)."""
    database = settings.DATABASES["default"]
    host = database.get("HOST", "")
    mode = database.get("OPTIONS", {}).get("sslmode")
    if host not in HERE and not host.startswith("/") and mode != "verify-full":
        yield Error(
            "The database stands on another machine, and the way there is not proved to be private.",
            hint="End DATABASE_URL with ?sslmode=verify-full.",
            id="portal.E006",
        )
    redis = urlsplit(settings.REDIS_URL)
    if redis.hostname not in HERE and redis.scheme != "rediss":
        yield Error(
            "Redis stands on another machine, and anybody on the way can read and write its queue.",
            hint="Let REDIS_URL begin with rediss://.",
            id="portal.E007",
        )
    if settings.EMAIL_HOST not in HERE and not (
        settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL
    ):
        yield Error(
            "Mails, and with them invitations, leave the machine in the open.",
            hint="Let EMAIL_URL begin with smtp+tls:// or smtp+ssl://.",
            id="portal.E008",
        )


@register(Tags.security, deploy=True)
def visitors_are_told_apart(app_configs, **kwargs):
    """Limits on log-ins count by address: behind a proxy all would come from one."""
    if settings.SECURE and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        yield Caution(
            "TRUSTED_PROXY_COUNT is 0, and all visitors seem to come from the proxy.",
            hint="Set it to the number of proxies in front of the portal, mostly 1.",
            id="portal.W003",
        )


@register(Tags.security, deploy=True)
def files_are_looked_through(app_configs, **kwargs):
    if not settings.CLAMAV:
        yield Caution(
            "Nobody looks for viruses in the files that people give.",
            hint="Install clamav-daemon, and set CLAMAV to its socket.",
            id="portal.W004",
        )


# Keeps whole pages for whoever asks next: six leaks of private data in Django in 2026 alone.
PAGES_KEPT = {
    "django.middleware.cache.UpdateCacheMiddleware",
    "django.middleware.cache.FetchFromCacheMiddleware",
    "django.middleware.cache.CacheMiddleware",
}
# Each closes a door that stands open in Django until somebody asks for it.
DOORS = {
    "portal.middleware.private_pages": "browsers keep pages about residents",
    "portal.middleware.OnlyFromHere": "other sites show what is private here",
    "portal.middleware.behind_the_wall": "the second wall is down",
    "django.contrib.auth.middleware.LoginRequiredMiddleware": "pages are open to all",
    "portal.middleware.SecondFactorMiddleware": "a password alone lets people in",
    "portal.accounts.idle.ends_by_itself": "log-ins never end",
    "csp.middleware.CSPMiddleware": "foreign scripts may run",
    "residents.middleware.reads_are_logged": "nobody is written down",
}


@register(Tags.security, deploy=True)
def doors_are_closed(app_configs, **kwargs):
    for missing in DOORS.keys() - set(settings.MIDDLEWARE):
        yield Error(
            f"{missing} is missing in MIDDLEWARE: {DOORS[missing]}.",
            id="portal.E009",
        )
    for keeps in PAGES_KEPT & set(settings.MIDDLEWARE):
        yield Error(
            f"{keeps} keeps pages, and hands one person's to the next.",
            id="portal.E010",
        )
    if settings.CACHES["default"]["BACKEND"].endswith(("LocMemCache", "DummyCache")):
        yield Error(
            "Limits on log-ins are counted in each process by itself, or not at all.",
            hint="Keep the cache in the database.",
            id="portal.E011",
        )
