"""Whatever dies, hangs or refuses: every mail leaves once, and nobody in the portal waits.

Real processes: a web server, Redis, workers, and a mail server that misbehaves.
"""

import email
import re
import socket
import subprocess
import time
import urllib.parse
import urllib.request

import pytest

from portal import clock
from tests.mail_servers import run
from tests.services import ROOT, python, wait_for

# Imported for their names: pytest finds fixtures there.
from tests.mail_servers import empty_file, portal, post_office, web, workers  # noqa: F401  # isort: skip
from tests.services import redis  # noqa: F401  # isort: skip

pytestmark = pytest.mark.services

POST = """
import sys, time
from portal import outbox
from portal.models import User
person, _ = User.objects.get_or_create(email="a@example.dk", defaults={"name": "A"})
start = time.monotonic()
for number in range(int(sys.argv[1]), int(sys.argv[2])):
    outbox.post("account-changed", to=person, key=f"k{number}", what="password_changed")
assert time.monotonic() - start < 2, "the page waited"
if len(sys.argv) > 3:
    time.sleep(float(sys.argv[3]))
"""
LATER = """
from portal import clock
from portal.models import Message
Message.objects.filter(sent_at=None, given_up_at=None).update(not_before=clock.now())
"""
STATE = """
from portal.models import Letterbox, Message
print(
    Message.objects.exclude(sent_at=None).count(),
    Message.objects.exclude(given_up_at=None).count(),
    Letterbox.objects.exclude(refused_address="").count(),
)
"""
SWEEP = """
from django.core.management import call_command
call_command("send_mail")
"""
# Whoever is told, and what: a home with one department, and a log-in at work.
HOME = """
from django.conf import settings
from django.test import Client
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import EmploymentFactory, RelationFactory, ResidentFactory
from portal.models import Letterbox
mette = EmploymentFactory(user__name="Mette").user
resident = ResidentFactory(
    given_name="Zebra", family_name="Zebrasen", department=mette.employments.get().department
)
for name, email in (("Moder", "mother@example.dk"), ("Broder", "brother@example.dk")):
    relation = RelationFactory(
        resident=resident, relative__given_name=name, relative__user__email=email
    )
    Letterbox.objects.create(user=relation.relative.user, rests=False)
    if name == "Moder":
        tell(relation, Topic.DAILY, by=mette)
client = Client()
client.force_login(mette, "portal.backends.Backend")
print(resident.uuid, client.cookies[settings.SESSION_COOKIE_NAME].value)
"""
# It is Monday, five o'clock.
DUE = """
from portal import clock
from portal.models import Notice
print(Notice.objects.waiting().update(due_at=clock.now()))
"""


def sweep(portal, before=""):  # noqa: F811
    """A sweep in a process of its own. How many were sent, given up, and refused then."""
    return run(before + SWEEP + STATE, portal)


def without_redis(portal):  # noqa: F811
    return portal | {"REDIS_URL": "redis://127.0.0.1:1/0"}


def once_each(post_office, number):  # noqa: F811
    wait_for(lambda: len(set(post_office.numbers)) >= number)
    return len(post_office.numbers) == len(set(post_office.numbers)) == number


# The mail server


def test_a_mail_server_that_is_down_loses_nothing(portal, post_office):  # noqa: F811
    post_office.stop()
    run(POST, without_redis(portal), 0, 10, 1)
    assert sweep(portal) == "0 0 0"

    post_office.start()

    assert sweep(portal) == "10 0 0"
    assert once_each(post_office, 10)


def test_a_mail_server_that_hangs_holds_up_no_page_and_loses_nothing(
    portal,  # noqa: F811
    post_office,  # noqa: F811
):
    post_office.stop()
    with socket.socket() as silent:
        silent.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        silent.bind(("127.0.0.1", post_office.port))
        silent.listen()
        # The page's own time is measured there: under two seconds.
        run(POST, without_redis(portal), 0, 10, 1)
        assert sweep(portal) == "0 0 0"

    post_office.start()

    assert sweep(portal) == "10 0 0"
    assert once_each(post_office, 10)


def test_a_mail_server_that_says_later_is_asked_later(portal, post_office):  # noqa: F811
    post_office.says = "450 4.2.0 Greylisted, come back later"
    run(POST, without_redis(portal), 0, 5)
    sweep(portal)
    assert post_office.asked >= 5
    asked = post_office.asked
    # Not at once, again and again.
    assert sweep(portal) == "0 0 0"
    assert post_office.asked == asked

    post_office.says = ""

    assert sweep(portal, LATER) == "5 0 0"
    assert once_each(post_office, 5)


def test_an_address_that_is_refused_is_shown_and_not_asked_again(portal, post_office):  # noqa: F811
    post_office.says = "550 5.1.1 No such user"
    run(POST, without_redis(portal), 0, 1)
    assert sweep(portal) == "0 1 1"

    post_office.says = ""
    sweep(portal, LATER)
    assert post_office.letters == []

    # The next one is taken: the mark goes.
    run(POST, without_redis(portal), 1, 2)
    assert sweep(portal) == "1 1 0"
    assert once_each(post_office, 1)


def test_who_takes_a_mail_and_does_not_say_so_gets_the_same_again(portal, post_office):  # noqa: F811
    """The one case that cannot be told apart; the mail program shows it once."""
    post_office.seconds = 5
    run(POST, without_redis(portal), 0, 2)
    assert sweep(portal) == "0 0 0"
    post_office.seconds = 0

    assert sweep(portal, LATER) == "2 0 0"
    assert len(set(post_office.numbers)) == 2
    assert sorted(post_office.numbers) == sorted([*set(post_office.numbers)] * 2)


# Our own processes


def test_whoever_is_killed_while_it_sends_leaves_one_in_doubt_at_the_most(
    portal,  # noqa: F811
    post_office,  # noqa: F811
    workers,  # noqa: F811
):
    post_office.seconds = 0.05
    [worker] = workers()
    run(POST, portal, 0, 120, 1)
    wait_for(lambda: len(post_office.letters) >= 10)
    worker.kill()
    there = len(post_office.letters)
    assert there < 120
    # So is a sweep by hand.
    run(LATER, portal)
    by_hand = subprocess.Popen(python("manage.py", "send_mail"), env=portal, cwd=ROOT)
    wait_for(lambda: len(post_office.letters) >= there + 10)
    by_hand.kill()
    by_hand.wait()
    assert len(post_office.letters) < 120

    post_office.seconds = 0

    assert sweep(portal, LATER) == "120 0 0"
    assert len(set(post_office.numbers)) == 120
    # Taken by the server, and whoever was to note it was dead: two were killed.
    assert len(post_office.numbers) - 120 <= 2


def test_a_redis_that_forgets_or_dies_and_two_workers_send_everything_once(
    portal,  # noqa: F811
    post_office,  # noqa: F811
    workers,  # noqa: F811
    redis,  # noqa: F811
):
    workers(2)
    for first in range(0, 60, 20):
        run(POST, portal, first, first + 20, 0.5)
    with socket.create_connection(("127.0.0.1", int(redis.command[2]))) as line:
        line.sendall(b"FLUSHALL\r\n")
        assert line.recv(10).startswith(b"+OK")
    run(POST, portal, 60, 80, 1)
    assert sweep(portal) == "80 0 0"

    # It is gone: whoever posted sends them itself, and its page never waits.
    redis.kill()
    run(POST, portal, 80, 100, 6)

    assert run(STATE, portal) == "100 0 0"
    assert once_each(post_office, 100)


def test_several_who_sweep_at_once_send_everything_once(portal, post_office):  # noqa: F811
    run(POST, without_redis(portal), 0, 60)
    sweeps = [
        subprocess.Popen(python("manage.py", "send_mail"), env=portal, cwd=ROOT)
        for _ in range(3)
    ]

    assert [one.wait(60) for one in sweeps] == [0, 0, 0]
    assert once_each(post_office, 60)


# The whole way


class Browser:
    """Somebody at work with the log-in of a session."""

    def __init__(self, base, session):
        self.base = base
        name = f"session-{urllib.parse.urlsplit(base).port}"
        self.cookies = {name: session}

    def ask(self, path, data=None):
        request = urllib.request.Request(  # noqa: S310 -- our own server
            self.base + path, urllib.parse.urlencode(data).encode() if data else None
        )
        request.add_header(
            "Cookie", "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            for line in answer.headers.get_all("Set-Cookie", []):
                name, _equals, rest = line.partition("=")
                self.cookies[name] = rest.partition(";")[0]
            return answer.read().decode()

    def hidden(self, page, name):
        tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)[0]
        return re.search(r'value="([^"]*)"', tag)[1]


def test_a_glimpse_written_on_the_web_reaches_the_mother_and_tells_nothing(
    portal,  # noqa: F811
    post_office,  # noqa: F811
    web,  # noqa: F811
):
    resident, session = run(HOME, web.env).split()
    browser = Browser(web.url, session)
    path = address_of_form(web, resident)
    page = browser.ask(path)
    began = time.monotonic()
    browser.ask(
        path,
        {
            "csrfmiddlewaretoken": browser.hidden(page, "csrfmiddlewaretoken"),
            "slip": browser.hidden(page, "slip"),
            "topic": "daily",
            "title": "Kanariefugl",
            "text": "Zebra var i Kanariefugleparken",
            "happened_on": clock.today().isoformat(),
        },
    )
    # It is saved: what kills the web server now loses nothing.
    web.kill()
    assert time.monotonic() - began < 10

    assert run(DUE, portal) == "2"
    for _round in range(2):
        # The brother's is not sent, and why is known.
        assert sweep(portal) == "1 1 0"

    [letter] = post_office.letters
    assert b"To: mother@example.dk" in letter
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in letter
    assert b"Auto-Submitted: auto-generated" in letter
    said = letter + email.message_from_bytes(letter).get_payload(decode=True)
    for word in (b"Kanarie", b"Zebra", resident.encode()):
        assert word not in said


def address_of_form(server, resident):
    """The address of the form."""
    return run(
        "import sys\nfrom django.urls import reverse\n"
        "print(reverse('news:entry-write', args=[sys.argv[1]]))",
        server.env,
        resident,
    )
