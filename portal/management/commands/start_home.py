import sys

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from portal import actions, clock, invitations
from portal.models import Employment, Home, Invitation


class Command(BaseCommand):
    help = (
        "Make an empty home with its departments and its first centre manager, who is "
        "invited by mail. What is not given is asked for. Doing it twice does it once."
    )

    def add_arguments(self, parser):
        parser.add_argument("--name", help="The name of the home.")
        parser.add_argument(
            "--department",
            action="append",
            dest="departments",
            help="The name of a department; once for each.",
        )
        parser.add_argument("--manager", help="The name of the first centre manager.")
        parser.add_argument("--email", help="The e-mail address of the manager.")

    def handle(self, *args, name, departments, manager, email, **options):
        name = name or self.ask("Name of the home")
        departments = departments or [
            part.strip()
            for part in self.ask("Names of its departments, with commas").split(",")
            if part.strip()
        ]
        manager = manager or self.ask("Name of the first centre manager")
        email = email or self.ask("E-mail address of the centre manager")
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email} is not an e-mail address.") from None
        job = self.start(name, departments, manager, email)
        self.say_how_to_get_in(job.user)

    def ask(self, question):
        if not sys.stdin.isatty():
            raise CommandError(f"Say it as an argument: {question}. See --help.")
        while True:
            answer = input(f"{question}: ").strip()
            if answer:
                return answer

    @transaction.atomic
    def start(self, name, departments, manager, email):
        home, is_new = Home.objects.get_or_create(name=name)
        self.stdout.write(f"{name}: {'made' if is_new else 'was there already'}.")
        for department in departments:
            known = home.departments.filter(name=department).exists()
            actions.open_department(home=home, name=department, by=None)
            self.stdout.write(
                f"  {department}: {'was there already' if known else 'made'}."
            )
        return actions.employ(
            home=home,
            name=manager,
            email=email,
            role=Employment.Role.CENTRE_MANAGER,
            profession="office",
            starts_on=clock.today(),
            by=None,
        )

    def say_how_to_get_in(self, manager):
        invitation = Invitation.objects.open().filter(user=manager).first()
        if invitation is None:
            self.stdout.write(f"{manager} ({manager.email}) can log in already.")
            return
        self.stdout.write(
            f"{manager} is centre manager, and is invited by mail to {manager.email}.\n"
            "Should the mail not arrive, this link does the same, once, until "
            f"{invitation.expires_at:%Y-%m-%d}:\n  {invitations.link(invitation)}"
        )
