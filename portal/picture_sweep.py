"""Takes pictures out of the folder that no row has taken up: a form that was left."""

import time

from django.apps import apps
from django.conf import settings
from django.db import connection

from portal import pictures
from portal.models.pictures import Picture

# Longer than a form remembers what was chosen in it.
AFTER = 2 * 24 * 60 * 60


def sweep():
    """Never behind a wall, which would hide the rows and give up all their pictures."""
    if getattr(connection, "reader", None) is not None:
        raise RuntimeError("Pictures are swept by the worker alone.")
    models = [one for one in apps.get_models() if issubclass(one, Picture)]
    before = time.time() - AFTER
    for folder in (settings.DATA_DIR / "pictures").glob("??"):
        old = {
            path.name.partition("-")[0]
            for path in folder.iterdir()
            if path.stat().st_mtime < before
        }
        for model in models:
            rows = model._base_manager.filter(file__in=old)
            old -= set(rows.values_list("file", flat=True))
        for name in old:
            pictures.remove(name)
