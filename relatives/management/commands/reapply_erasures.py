from django.core.management.base import BaseCommand, CommandError

from portal import erasing
from portal.models import User
from relatives.actions import StillNeeded, erase_relative
from relatives.models import Relative


class Command(BaseCommand):
    help = "After an old backup is restored: erase again those who are erased."

    def add_arguments(self, parser):
        parser.add_argument("--by", required=True, help="e-mail of who restores")

    def handle(self, *args, by, **options):
        user = User.objects.filter(email__iexact=by).first()
        if user is None:
            raise CommandError("Nobody has that e-mail.")
        back = erasing.entered(Relative.objects.filter(erased_at=None))
        for relative in back:
            try:
                erase_relative(relative, by=user)
            except StillNeeded as error:
                raise CommandError(
                    f"Relative {relative.uuid} acts for a resident by law."
                    " End that first, then run this again."
                ) from error
        self.stdout.write(f"{len(back)} erased again.")
