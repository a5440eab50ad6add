import sys

from django.core.management.base import BaseCommand

from portal import bounces

# A bounce brings the mail back; nobody sends us more than that.
AT_MOST = 1_000_000


class Command(BaseCommand):
    help = (
        "Read a mail that says that one of ours was not delivered (RFC 3464), from the "
        "standard input, and mark the address. For an alias of the mail server."
    )

    def handle(self, *args, **options):
        report = bounces.take(sys.stdin.buffer.read(AT_MOST))
        # Never an error: the mail server would send it back, to nobody.
        self.stdout.write(
            f"Message {report.message.uuid}: {report.action}"
            if report
            else "This tells of no mail of ours."
        )
