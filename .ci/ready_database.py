"""A plugin of pytest for `make mutants`: the database is a copy, not migrated anew.

Migrations take longer than the tests. Whatever the code says beside them, and a mutant
may have broken, is made as the code has it: views, refusals and walls.
"""

import os
import sqlite3
from contextlib import closing

from django.core import management
from django.db import connection

COPIED_FROM = "SAMSPIL_READY_DATABASE"


def pytest_configure(config):
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = os.environ[COPIED_FROM]
    management.call_command = _instead_of(management.call_command)


def _instead_of(call_command):
    def call(name, *args, **kwargs):
        if name != "migrate":
            return call_command(name, *args, **kwargs)
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(os.environ[COPIED_FROM])) as ready:
                ready.backup(connection.connection)
        _as_the_code_says()
        return None

    return call


def _as_the_code_says():
    # Needs the app registry.
    from consent import grants  # noqa: PLC0415
    from portal import refusals, walls, workplaces  # noqa: PLC0415

    views = (grants.V2, grants.TELLING_V3, grants.IN_FORCE_V1, workplaces.V1)
    walls.take_down(using="default")
    with connection.schema_editor() as editor:
        for view in views:
            view.drop(None, editor)
            view.create(None, editor)
    for guard in (refusals, walls):
        guard.put_up(using="default")
