from django.core.management.base import BaseCommand
from django.utils import translation

from portal import retention


class Command(BaseCommand):
    help = "Forget what has been kept long enough. With --dry-run: only say how much."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args, dry_run, **options):
        done = retention.counts() if dry_run else retention.sweep_all()
        said = "would be forgotten" if dry_run else "forgotten"
        with translation.override("en"):
            for rule, number in done:
                self.stdout.write(f"{rule.name}: {number} {said} ({rule.after})")
