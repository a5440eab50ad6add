import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = get_wsgi_application()

from portal import postman  # noqa: E402 -- after the settings and the app registry

# With Redis, too: it may be gone when something is due.
postman.start()
