import sys

from django.core.management.base import BaseCommand, CommandError

from portal.chain import Head
from residents import log_check


class Command(BaseCommand):
    help = (
        "Walk along the audit log and below every seal of the access log. Says in one line"
        " that all holds, with the head to note elsewhere, or exactly where it breaks;"
        " exits 1 then."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--head",
            help="A head that was noted before, as it was printed: <number>:<hash>.",
        )

    def handle(self, *args, head=None, **options):
        try:
            noted = Head.read(head) if head else None
        except ValueError:
            raise CommandError(f"{head} is no head: <number>:<hash>.") from None
        verdict = log_check.check(noted)
        self.stdout.write(verdict.words)
        if not verdict.holds:
            sys.exit(1)
