from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.models import Home, User
from relatives.register import actions, policy
from relatives.register.kinds import KINDS
from relatives.register.plan import make_plan
from relatives.register.reading import MOST_BYTES
from relatives.register.sheets import read_register


class Command(BaseCommand):
    help = "Bring a home's people in from what its care system exports (CSV or XLSX)."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--home", help="The home's name; needed if there are several."
        )
        parser.add_argument(
            "--by",
            required=True,
            metavar="E-MAIL",
            help="The centre manager who answers for the import.",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Say what would happen, write nothing.",
        )

    def handle(self, *, files, home, by, dry_run, **options):
        home = self._home(home)
        by = User.objects.filter(email__iexact=by, is_active=True).first()
        if by is None or not policy.can_import_register(by, home):
            raise CommandError(
                _("--by must be the e-mail address of the centre manager of the home.")
            )
        register = read_register([(path.name, self._content(path)) for path in files])
        try:
            plan = (
                make_plan(home, register)
                if dry_run
                else actions.import_register(home=home, register=register, by=by)
            )
        except actions.NotImported as refusal:
            plan = refusal.plan
        self._tell(plan)
        if plan.errors:
            raise CommandError(
                ngettext(
                    "%(count)s error. Nothing was imported.",
                    "%(count)s errors. Nothing was imported.",
                    len(plan.errors),
                )
                % {"count": len(plan.errors)}
            )
        if dry_run:
            self.stdout.write(_("Nothing was written, for this was a rehearsal."))
        elif plan.changes_nothing:
            self.stdout.write(_("Everything was there already. Nothing was changed."))
        else:
            self.stdout.write(self.style.SUCCESS(_("The register was imported.")))

    def _home(self, name):
        found = Home.objects.filter(name__iexact=name) if name else Home.objects.all()
        if found.count() == 1:
            return found.get()
        raise CommandError(
            _("Say which home with --home: %(homes)s.")
            % {"homes": ", ".join(Home.objects.values_list("name", flat=True))}
        )

    def _content(self, path):
        try:
            with path.open("rb") as file:
                return file.read(MOST_BYTES + 1)
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be read: %(reason)s.")
                % {"file": path, "reason": error.strerror}
            ) from error

    def _tell(self, plan):
        for problem in plan.errors:
            self.stderr.write(str(problem))
        for problem in plan.notes:
            self.stdout.write(str(problem))
        for kind, (new, changed, unchanged) in plan.counts().items():
            self.stdout.write(
                _("%(kind)s: %(new)s new, %(changed)s changed, %(unchanged)s unchanged")
                % {
                    "kind": KINDS[kind].label,
                    "new": new,
                    "changed": changed,
                    "unchanged": unchanged,
                }
            )
        for changes in plan.changed.values():
            for change in changes:
                for heading, old, new in change.fields:
                    self.stdout.write(f"  {change.name}: {heading}: {old} → {new}")
        for kind, names in plan.absent.items():
            if names:
                self.stdout.write(
                    _(
                        "%(kind)s in the portal and not in the files, left as they are: %(names)s"
                    )
                    % {"kind": KINDS[kind].label, "names": ", ".join(names)}
                )
