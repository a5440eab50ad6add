import json
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import connection

from demo.build import build
from demo.house import number
from portal.models import Home, User

ACCOUNTS = Path(__file__).resolve().parents[2] / "accounts.json"


class Command(BaseCommand):
    help = (
        "Fills an empty database with Botilbuddet Solgården, a home of invented people."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--reset", action="store_true", help="Begin again in an empty database."
        )

    def handle(self, *, reset, verbosity, **options):
        if not settings.DEMO:
            raise CommandError("There are demo people only where DEMO=1 is set.")
        ours = Home.objects.filter(uuid=number("home", "Botilbuddet Solgården"))
        built = ours.exists()
        if not built and (Home.objects.exists() or User.objects.exists()):
            raise CommandError(
                "The database holds a home that is not the demo. Use another database."
            )
        if built and not reset:
            if verbosity:
                self.stdout.write("The demo is already there. Its data is kept.")
            return
        if built:
            _begin_again()
        build()
        if verbosity:
            self._welcome()

    def _welcome(self):
        self.stdout.write(self.style.SUCCESS("Botilbuddet Solgården is ready."))
        for account in json.loads(ACCOUNTS.read_text()):
            self.stdout.write("{role:22} {email:32} {password}".format(**account))


def _begin_again():
    """Drop every table and make them anew: migrations put rows of their own in some."""
    with connection.cursor() as cursor:
        tables = connection.introspection.get_table_list(cursor)
    with connection.schema_editor() as editor:
        # Views first, for they stand on the tables.
        for table in sorted(tables, key=lambda table: table.type != "v"):
            name = editor.quote_name(table.name)
            if table.type == "v":
                editor.execute(f"DROP VIEW {name}")
            else:
                editor.execute(editor.sql_delete_table % {"table": name})
    call_command("migrate", verbosity=0)
