"""The portal's own settings, and two pages more."""

from portal.settings import *  # noqa: F403, TID251 -- all of them

INSTALLED_APPS += ["bench"]  # noqa: F405
ROOT_URLCONF = "bench.urls"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
