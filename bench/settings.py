"""The portal's own settings, and one page more."""

from portal.settings import *  # noqa: F403, TID251 -- all of them

ROOT_URLCONF = "bench.urls"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
