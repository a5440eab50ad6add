"""Several at once, on whichever database this is."""

import sqlite3
import threading
from contextlib import closing

import pytest
from django.db import connection, connections


@pytest.fixture
def apart(transactional_db, tmp_path):
    """Runs each task in a thread and on a connection of its own, all from one start.

    Returns what each gave back or raised. SQLite in memory knows no such thing, so the
    rows that are there when it is called move to a file.
    """

    def apart(*tasks):
        start, results = threading.Barrier(len(tasks)), [None] * len(tasks)

        def run(place, task):
            try:
                start.wait(timeout=60)
                results[place] = task()
            except Exception as error:
                results[place] = error
            finally:
                connections.close_all()

        threads = [
            threading.Thread(target=run, args=(place, task))
            for place, task in enumerate(tasks)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        return results

    settings = connections.databases["default"]
    before = settings["NAME"]
    yield lambda *tasks: (_move_to_a_file(settings, tmp_path), apart(*tasks))[1]
    settings["NAME"] = before


def _move_to_a_file(settings, folder):
    file = folder / "together.sqlite3"
    if connection.vendor == "sqlite" and not file.exists():
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        # As a portal's file always is; several who change it at once get in each other's way.
        with closing(sqlite3.connect(file)) as connected:
            connected.execute("PRAGMA journal_mode=WAL")
        settings["NAME"] = str(file)
