"""What a newsletter to 5,000 costs, against a bare loop that sends the same mails.

    python -m bench.newsletter [readers]

Both talk to a mail server in a process of its own that takes everything. Prints mails a
second, the ratio (goal 0.6), the statements and CPU of a letter, and the memory after 500
mails and at the end. Quiet machines alone tell the truth: the loop mostly waits.
"""

import os
import resource
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEPARTMENTS, NEWS, EARLY = 10, 8, 500
SINK = """
import sys, time
from aiosmtpd.controller import Controller
class Sink:
    async def handle_DATA(self, server, session, envelope):
        return "250 OK"
Controller(Sink(), hostname="127.0.0.1", port=int(sys.argv[1])).start()
time.sleep(600)
"""


def begin_sink():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", SINK, str(port)])
    for _turn in range(200):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return process, port
        time.sleep(0.05)
    raise RuntimeError("The mail server did not start.")


def people(readers):
    """A home whose relatives all have a log-in, and a manager who writes."""
    from portal.models import Department, Employment, Home, User  # noqa: PLC0415
    from relatives.models import Relation, Relative  # noqa: PLC0415
    from residents.models import Resident  # noqa: PLC0415

    home = Home.objects.create(name="Bench")
    houses = [
        Department.objects.create(home=home, name=f"Hus {n}")
        for n in range(DEPARTMENTS)
    ]
    manager = User.objects.create_user("manager@example.dk", "Manager")
    Employment.objects.create(user=manager, home=home, role="centre_manager")
    users = User.objects.bulk_create(
        (User(email=f"a{n}@example.dk", name=f"Anna {n}") for n in range(readers)),
        batch_size=500,
    )
    kin = Relative.objects.bulk_create(
        (
            Relative(
                home=home,
                user=user,
                given_name=user.name,
                family_name="Holm",
                register_id=f"P-{user.pk}",
            )
            for user in users
        ),
        batch_size=500,
    )
    lives = Resident.objects.bulk_create(
        Resident(
            home=home,
            department=houses[n % DEPARTMENTS],
            given_name=f"Bo {n}",
            family_name="Holm",
            born_on="1990-06-04",
            moved_in_on="2024-02-01",
            register_id=f"B-{n}",
        )
        for n in range(readers // 2)
    )
    Relation.objects.bulk_create(
        (
            Relation(resident=lives[n % len(lives)], relative=one, kind="sister")
            for n, one in enumerate(kin)
        ),
        batch_size=500,
    )
    return home, houses, manager


def newsletter(home, houses, manager):
    """Half of its news are for all, half for one department each."""
    from news import newsletters, publishing  # noqa: PLC0415 -- after setup

    items = []
    for n in range(NEWS):
        item = publishing.draft_news(
            uuid=uuid.uuid4(),
            home=home,
            departments=[houses[n]] if n % 2 else None,
            title=f"Sommerfest {n}",
            text="Kom og vær med. Der er kaffe, kage og musik.\n\n" * 5,
            by=manager,
        )
        items.append(publishing.publish(item, as_of=item.edited_at, by=manager))
    return newsletters.write(
        uuid=uuid.uuid4(),
        home=home,
        title="Nyt fra huset",
        introduction="Her er nyt fra de sidste uger.",
        items=items,
        to_staff=False,
        by=manager,
    )


def bare(port, letters):
    """Seconds of wall and of CPU that a loop takes that does nothing else."""
    began, busy = time.perf_counter(), time.process_time()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for sender, to, content in letters:
            server.sendmail(sender, to, content)
    return time.perf_counter() - began, time.process_time() - busy


def memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(readers, port):
    from django.core.mail import EmailMessage  # noqa: PLC0415 -- after setup
    from django.db import connection  # noqa: PLC0415 -- after setup
    from django.urls import reverse  # noqa: PLC0415 -- after setup

    from news import newsletters  # noqa: PLC0415 -- after setup
    from portal import mail_times, postman  # noqa: PLC0415 -- after setup
    from portal.models import Notice  # noqa: PLC0415 -- after setup

    # Also when it is measured at night, and without a postman beside this one.
    mail_times.awake = lambda instant, **_how: instant
    postman.call = lambda: None
    home, houses, manager = people(readers)
    letter = newsletter(home, houses, manager)
    Notice.objects.all().delete()
    began = time.perf_counter()
    newsletters.send(letter, as_of=letter.edited_at, by=manager)
    posting = time.perf_counter() - began
    # A postman lives in a process that has been running for long.
    reverse("home")
    seen, early, asked, loops = [], [], [], []
    deliver = EmailMessage.send

    def counted(one, *args, **kwargs):
        seen.append(None)
        if len(seen) % EARLY == 0:
            early.append(memory())
            # Beside each other, for a machine is not as busy all the time.
            mail = one.from_email[1], one.to, one.message().as_bytes(linesep="\r\n")
            loops.append(bare(port, [mail] * EARLY))
        return deliver(one, *args, **kwargs)

    EmailMessage.send = counted

    def counting(execute, *question):
        asked.append(None)
        return execute(*question)

    busy, began = time.process_time(), time.perf_counter()
    with connection.execute_wrapper(counting):
        sent = postman.empty_outbox()
    took, busy = time.perf_counter() - began, time.process_time() - busy
    late = memory()
    if sent != readers:
        raise RuntimeError(f"{sent} of {readers} were sent.")
    walls, cpus = (sum(some) for some in zip(*loops, strict=True))
    took, busy = took - walls, busy - cpus
    loop, loop_cpu = EARLY * len(loops) / walls, cpus / EARLY / len(loops)
    return {
        f"{readers} letters into the outbox": (f"{posting:.1f} s", ""),
        "letters a second": (f"{sent / took:.0f}", ""),
        "a bare loop": (f"{loop:.0f}", ""),
        "ratio": (f"{sent / took / loop:.2f}", ">= 0.6"),
        "statements a letter": (f"{len(asked) / sent:.2f}", ""),
        "CPU a letter": (f"{1000 * busy / sent:.2f} ms", ""),
        "of which the loop": (f"{1000 * loop_cpu:.2f} ms", ""),
        f"memory after {EARLY} and at the end": (
            f"{early[0]:.0f} and {late:.0f} MB",
            "the same",
        ),
    }


def main():
    readers = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    sink, port = begin_sink()
    try:
        with tempfile.TemporaryDirectory() as data:
            os.environ |= {"DEMO": "1", "DATA_DIR": data, "PYTHONWARNINGS": "ignore"}
            os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
            os.environ["DATABASE_URL"] = f"sqlite:///{data}/newsletter.sqlite3"
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
            sys.path.insert(0, str(ROOT))
            import django  # noqa: PLC0415 -- after the environment
            from django.core.management import call_command  # noqa: PLC0415

            django.setup()
            call_command("migrate", verbosity=0)
            rows = measure(readers, port)
    finally:
        sink.kill()
    print("| what | measured | goal |\n| --- | ---: | ---: |")
    for what, (measured, goal) in rows.items():
        print(f"| {what} | {measured} | {goal} |")


if __name__ == "__main__":
    main()
