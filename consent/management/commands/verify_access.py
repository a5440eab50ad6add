import sys

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import formats, translation
from django.utils.translation import gettext as _

from consent.verification import verify
from portal import clock

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Work out anew, by a second rule, who may see what about whom, and compare it with"
        " what the portal shows. Prints a report without names; exits 1 if they disagree."
    )

    def handle(self, *args, **options):
        found = verify()
        if found.disagreements:
            # Somebody changed something meanwhile, or a consent ended in between.
            found = verify()
        with translation.override(settings.LANGUAGE_CODE):
            for line in self._report(found):
                self.stdout.write(line)
        for one in found.disagreements[:SHOWN]:
            self.stderr.write(one)
        if found.disagreements:
            sys.exit(1)

    def _report(self, found):
        at = found.at.astimezone(clock.DENMARK)
        yield _("Who may see what? Checked %(when)s") % {
            "when": formats.date_format(at, "DATETIME_FORMAT")
        }
        yield ""
        for label, number in self._numbers(found):
            yield f"  {label:<48}{formats.number_format(number, force_grouping=True):>12}"
        yield ""
        if found.disagreements:
            yield _(
                "The check found differences. The person responsible for the portal must "
                "look into them now."
            )
            return
        yield _(
            "The check found no differences. Each relative sees what a resident has said "
            "yes to, or what the law opens to them, and nothing else. Each employee sees "
            "the residents of their own department."
        )
        yield _(
            "A program apart from the portal has read each answer and each rule once more, "
            "worked out who may see what, and compared it with what the portal shows."
        )

    def _numbers(self, found):
        counts = found.counts
        yield _("Residents"), counts["residents"]
        yield _("Ties between a resident and a relative"), counts["relations"]
        yield _("Answers of yes that stand"), counts["consents"]
        yield (
            _("Guardianships, custody and powers of attorney"),
            counts["representations"],
        )
        yield _("People who may see something"), counts["people"]
        yield _("Things written about residents"), counts["things"]
        yield _("Comparisons"), sum(found.compared.values())
        yield _("Differences"), len(found.disagreements)
