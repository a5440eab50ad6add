from django.core.management.base import BaseCommand

from portal import postman


class Command(BaseCommand):
    help = "Send the e-mails that are due. For cron, where there is no Redis."

    def handle(self, *args, **options):
        postman.make_rounds()
        sent = postman.look()
        if options["verbosity"] > 1:
            self.stdout.write(f"{sent} sent")
