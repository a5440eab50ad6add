"""All settings, in one file. What differs between machines comes from the environment.

Safe by default: without DEBUG or DEMO the portal refuses to start until it has been
told its secret and its address, and it lets nobody in on a password alone.
Every variable has a line in docs/operations.md.
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from portal.accounts import brokers

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
# A home to click around in: password-only log-ins, a banner on every page.
DEMO = env.bool("DEMO", default=False)
TRYING_OUT = DEBUG or DEMO


def needed(name, example, *, otherwise=None):
    """The variable, or a sentence that says which one is missing."""
    value = env(name, default=otherwise if TRYING_OUT else None)
    if not value:
        raise ImproperlyConfigured(
            f"Samspil does not start without {name}. Set it, for example to {example}."
        )
    return value


SECRET_KEY = needed(
    "SECRET_KEY",
    "50 random characters, kept secret",
    otherwise="only-for-development-" + "x" * 40,
)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
PORTAL_URL = needed(
    "PORTAL_URL", "https://portal.example.dk", otherwise="http://127.0.0.1:8000"
).rstrip("/")
_address = urlsplit(PORTAL_URL)
if _address.scheme != "https" and not TRYING_OUT:
    raise ImproperlyConfigured("PORTAL_URL must begin with https:// outside DEMO.")
SECURE = _address.scheme == "https"
ALLOWED_HOSTS = [_address.hostname, *env.list("ALLOWED_HOSTS", default=[])]
if TRYING_OUT:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PORTAL_URL]

# Everything the portal writes on disk when it has no other place for it.
DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "portal",
    "residents",
    "relatives",
    "consent",
    "meetings",
    "news",
    "community",
    "knowledge",
    "guardian",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "allauth.usersessions",
    "csp",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
if DEMO:
    INSTALLED_APPS += ["demo"]

MIDDLEWARE = [
    "portal.log_lines.numbered",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.middleware.private_pages",
    "portal.middleware.OnlyFromHere",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.once.remembering",
    "portal.middleware.danish_first",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.middleware.behind_the_wall",
    "portal.middleware.KeepWhatWasWritten",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "portal.middleware.SecondFactorMiddleware",
    "consent.together.HoldMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal.accounts.idle.ends_by_itself",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # Innermost: a page is finished when it is written down who was shown what.
    "residents.middleware.reads_are_logged",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.frame.frame",
            ],
            "builtins": ["portal.templatetags.portal"],
        },
    }
]
FORM_RENDERER = "portal.forms.Renderer"

# What each app adds to the frame of every page and to the start page. Names, not
# imports: portal/ is the ground and knows no other app.
ROOMS = [
    "portal.house",
    "residents.rooms",
    "residents.everything",
    "relatives.rooms",
    "relatives.unreached",
    "relatives.everything",
    "relatives.opened",
    "relatives.register.rooms",
    "consent.rooms",
    "consent.looking.rooms",
    "consent.record.rooms",
    "consent.ahead.rooms",
    "consent.disclosing.rooms",
    "consent.protecting.rooms",
    "meetings.rooms",
    "news.rooms",
    "community.rooms",
    "knowledge.rooms",
    "news.events.rooms",
]

DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR}/samspil.sqlite3")
}
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Without these two, writers that meet get "database is locked" instead of a turn.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # And without the last, INSERT OR REPLACE removes rows that may not be removed.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        " PRAGMA recursive_triggers=ON;",
    }
else:
    # Planning how to read the grants takes longer than reading them: a connection plans
    # a statement that it has seen five times once and for all.
    DATABASES["default"]["OPTIONS"] = {
        "server_side_binding": True,
        "prepare_threshold": 5,
        # The wall's conditions look dear to the planner and are hardly ever asked: compiling
        # them took a second where the answer takes a millisecond.
        "options": "-c jit=off",
        # What the address itself asks for (?sslmode=require), which must not be lost.
        **DATABASES["default"].get("OPTIONS", {}),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In the database, so that limits on log-in hold across processes and without Redis.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        # Few entries are thrown out at random when it is full: a limit that an attacker
        # can wash away by trying many addresses is none.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

AUTH_USER_MODEL = "portal.User"
AUTHENTICATION_BACKENDS = [
    # Also answers for Django's own model permissions.
    "portal.backends.Backend",
    "guardian.backends.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "portal.passwords.NotEasyToGuess"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

ANONYMOUS_USER_NAME = None
GUARDIAN_RAISE_403 = True
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_MONKEY_PATCH_GROUP = False

ACCOUNT_ADAPTER = "portal.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_RATE_LIMITS = {
    # One address is a whole municipality at shift change; one account is a person.
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    # Calendars ask by themselves, and many of them from one large provider's address.
    "calendar_feed": "240/m/ip",
    # The code on a letter is short. Who has it may try who they are only so often.
    "invitation": "60/m/ip",
    "invitation_proof": "5/5m/key",
}
ACCOUNT_FORMS = {
    "login": "portal.accounts.forms.LoginForm",
    "reset_password": "portal.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "portal.accounts.forms.ResetPasswordKeyForm",
    "change_password": "portal.accounts.forms.ChangePasswordForm",
    "reauthenticate": "portal.accounts.forms.ReauthenticateForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_ADAPTER = "portal.accounts.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "portal.accounts.forms.AuthenticateForm",
    "reauthenticate": "portal.accounts.forms.MFAReauthenticateForm",
    "activate_totp": "portal.accounts.forms.ActivateForm",
    "add_webauthn": "portal.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "portal.accounts.forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A passkey is two factors only if the device asks for a finger, a face or a PIN.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# Browsers know http://localhost as safe; there is no other place without https.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = TRYING_OUT
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
MFA_TOTP_ISSUER = "Samspil"
# A telephone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}
# MitID, through whichever broker the home has an agreement with (portal/accounts/brokers.py).
MITID_BROKER = env("MITID_BROKER", default="")
SOCIALACCOUNT_ADAPTER = "portal.accounts.mitid.Adapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_REQUIRED = False
# An address that somebody is led to must log nobody in: it takes a press on a button.
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "portal.accounts.mitid.MitID",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [],
    }
}
if MITID_BROKER:
    MITID_ISSUER = needed("MITID_ISSUER", "https://solgaarden.criipto.id").rstrip("/")
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        brokers.app(
            MITID_BROKER,
            issuer=MITID_ISSUER,
            client_id=needed("MITID_CLIENT_ID", "urn:samspil"),
            secret=needed("MITID_SECRET", "what the broker gave you"),
        )
    ]
    # Browsers follow a form to where its answer leads, and ask this of both.
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(MITID_ISSUER)
# The staff's own identity provider, by SAML (portal/accounts/staff_idp.py).
SAML_IDP_ENTITY = env("SAML_IDP_ENTITY", default="")
# Which attribute is the person's number there; of no use to anybody who does not have it.
SAML_PERSON_ID = env(
    "SAML_PERSON_ID",
    default="https://data.gov.dk/model/core/eid/professional/uuid/persistent",
)
SAML_EMAIL = env("SAML_EMAIL", default="https://data.gov.dk/model/core/eid/email")
# Only where nobody gets an address over there that somebody else has had.
SAML_TRUST_EMAIL = env.bool("SAML_TRUST_EMAIL", default=False)
SAML_DEMANDS_LEVEL = env.bool("SAML_DEMANDS_LEVEL", default=True)
SOCIALACCOUNT_PROVIDERS["saml"] = {
    "provider_class": "portal.accounts.staff_idp.StaffIdP",
    "APPS": [],
}
if SAML_IDP_ENTITY:
    SAML_IDP_SSO_URL = needed("SAML_IDP_SSO_URL", "https://idp.example.dk/sso")
    SOCIALACCOUNT_PROVIDERS["saml"]["APPS"] = [
        brokers.staff_app(
            name=env("SAML_NAME", default="SSO"),
            entity=SAML_IDP_ENTITY,
            sso_url=SAML_IDP_SSO_URL,
            certificate=needed("SAML_IDP_CERTIFICATE", "MIIC… in one line"),
            portal=PORTAL_URL,
        )
    ]
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(
        "{0.scheme}://{0.netloc}".format(urlsplit(SAML_IDP_SSO_URL))
    )
# The home's accessibility statement at was.digst.dk, if it has been written there.
WAS_URL = env("WAS_URL", default="")
# A whole shift at most, and less where nothing happens; least where others use the PC too.
SESSION_COOKIE_AGE = 8 * 60 * 60
IDLE_MINUTES = env.int("IDLE_MINUTES", default=30)
IDLE_MINUTES_SHARED = env.int("IDLE_MINUTES_SHARED", default=10)
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
if SECURE:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
else:
    # Two demos side by side on one machine must not log each other out.
    SESSION_COOKIE_NAME = f"session-{_address.port or 80}"
    CSRF_COOKIE_NAME = f"csrf-{_address.port or 80}"
# Not in a cookie: what just happened may name people, and the PC is shared.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "portal.errors.csrf_failure"
SECURE_HSTS_SECONDS = 63072000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_SSL_REDIRECT = SECURE
# The proxy's and the watchdog's own questions, which come without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_HANDLERS = [
    "portal.picture_forms.AtOnce",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["portal.formats"]
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True

# From the root, for the addresses of "see as" pages have a prefix of their own.
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(DATA_DIR / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

if TRYING_OUT:
    EMAIL_BACKEND = env(
        "EMAIL_BACKEND", default="django.core.mail.backends.filebased.EmailBackend"
    )
    EMAIL_FILE_PATH = DATA_DIR / "mails"
if env("EMAIL_URL", default=""):
    vars().update(env.email_url("EMAIL_URL"))
# So many seconds a mail server that hangs holds up the others' mails, and no page.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Samspil <samspil@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Without Redis the outbox is emptied by the process that filled it.
REDIS_URL = env("REDIS_URL", default="")
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 10}
CELERY_TIMEZONE = TIME_ZONE
# What is made the round of once an hour, also where there is no Redis.
ROUNDS = [
    "relatives.reminding.remind",
    "residents.sealing.seal",
    "residents.incidents.remind",
]
# What is swept once a day, also where there is no Redis.
SWEEPS = [
    "portal.drafts.sweep",
    "portal.drawing.sweep",
    "portal.picture_sweep.sweep",
    "portal.retention.sweep",
    "relatives.register.actions.forget_old_uploads",
    "residents.log_check.check_daily",
]
# What is kept for a time only, and for how long.
RETENTION = ["portal.retention.RULES", "news.retention.RULES"]
CELERY_BEAT_SCHEDULE = {
    "empty-outbox": {
        "task": "portal.tasks.empty_outbox",
        "schedule": 60.0,
        # Nobody to do it for an hour must not mean sixty to do at once.
        "options": {"expires": 55},
    },
    "forget-old-drafts": {
        "task": "portal.tasks.forget_old_drafts",
        "schedule": 24 * 3600.0,
    },
    "forget-old-drawings": {
        "task": "portal.tasks.forget_old_drawings",
        "schedule": 600.0,
    },
    "forget-stray-pictures": {
        "task": "portal.tasks.forget_stray_pictures",
        "schedule": 24 * 3600.0,
    },
    "forget-old-mails": {
        "task": "portal.tasks.forget_old_mails",
        "schedule": 24 * 3600.0,
    },
    "remind-of-agreements": {
        "task": "relatives.tasks.remind_of_agreements",
        "schedule": 3600.0,
    },
    "remind-of-incidents": {
        "task": "residents.tasks.remind_of_incidents",
        "schedule": 3600.0,
    },
    "seal-access-log": {
        "task": "residents.tasks.seal_access_log",
        "schedule": 3600.0,
    },
    "check-the-logs": {
        "task": "residents.tasks.check_the_logs",
        "schedule": 24 * 3600.0,
    },
    "forget-register-uploads": {
        "task": "relatives.tasks.forget_register_uploads",
        "schedule": 3600.0,
    },
}

# Where ClamAV listens on this machine: looks through the files that people give.
CLAMAV = env("CLAMAV", default="")

# What a paper may take of the process that draws it.
PAPER_SECONDS = env.int("PAPER_SECONDS", default=60)
PAPER_MEGABYTES = env.int("PAPER_MEGABYTES", default=700)
# How long a page waits for a paper before it says that it is on its way.
PAPER_WAIT = env.float("PAPER_WAIT", default=3.0)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "portal.log_lines.Lines"},
    },
    "filters": {"secrets": {"()": "portal.log_lines.WithoutSecrets"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            # What somebody tries out is invented, and read by whoever tries.
            "formatter": env("LOG_FORMAT", default="line" if TRYING_OUT else "json"),
            "filters": ["secrets"],
        }
    },
    "loggers": {
        "django": {"level": env("LOG_LEVEL", default="INFO")},
        # Both tell every step of every paper.
        "weasyprint": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
}
