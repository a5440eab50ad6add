import json
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand

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
            "--reset", action="store_true", help="Empty the demo's database first."
        )

    def handle(self, *, reset, verbosity, **options):
        if not settings.DEMO:
            raise CommandError("There are demo people only where DEMO=1 is set.")
        built = Home.objects.filter(uuid=number("home", "Botilbuddet Solgården"))
        if not built.exists() and (Home.objects.exists() or User.objects.exists()):
            raise CommandError(
                "The database holds a home that is not the demo. Use another database."
            )
        if built.exists() and not reset:
            if verbosity:
                self.stdout.write("The demo is already there. Its data is kept.")
            return
        if built.exists():
            call_command("flush", interactive=False, verbosity=0)
        build()
        if verbosity:
            self._welcome()

    def _welcome(self):
        self.stdout.write(self.style.SUCCESS("Botilbuddet Solgården is ready."))
        for account in json.loads(ACCOUNTS.read_text()):
            self.stdout.write("{role:32} {email:36} {password}".format(**account))
