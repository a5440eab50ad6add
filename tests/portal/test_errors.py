import logging
from io import StringIO

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.urls import reverse
from django.utils.log import log_response

from portal import frame
from portal.log_lines import WithoutSecrets


@pytest.fixture
def browser(client):
    """A browser sees the error page where a test would see the exception."""
    client.raise_request_exception = False
    return client


def broken(*args, **kwargs):
    raise RuntimeError("A fault")


def gone(*args, **kwargs):
    raise OperationalError("server closed the connection")


def text(response):
    return response.content.decode()


def test_a_page_that_is_not_here_says_so_and_whom_to_call(sign_in, cast):
    answer = sign_in(cast.mette).get("/nowhere/")

    assert answer.status_code == 404
    assert "12\u00a034\u00a056\u00a078" in text(answer)


def test_too_much_at_once_is_said_to_be_too_much(sign_in, cast, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    client = sign_in(cast.mette)

    answer = client.post(reverse("draft"), {"note": "x" * 200})

    assert answer.status_code == 413
    assert "413.html" in [t.name for t in answer.templates]
    assert "12\u00a034\u00a056\u00a078" in text(answer)


def test_too_many_fields_are_too_much(sign_in, cast, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2

    answer = sign_in(cast.mette).post(reverse("draft"), dict.fromkeys("abc", "1"))

    assert answer.status_code == 413


def test_another_host_is_not_served(client, db):
    answer = client.get("/account/login/", headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert "400.html" in [t.name for t in answer.templates]


def test_an_old_form_says_that_nothing_was_saved(cast, django_user_model, client):
    strict = type(client)(enforce_csrf_checks=True)

    answer = strict.post("/account/login/", {"login": "x"})

    assert answer.status_code == 403
    assert "403_csrf.html" in [t.name for t in answer.templates]


def test_a_fault_of_ours_says_so_and_whom_to_call(browser, cast, monkeypatch):
    browser.get("/account/login/")
    monkeypatch.setattr("portal.rooms.cards", broken)
    browser.force_login(cast.mette, "portal.backends.Backend")

    answer = browser.get("/")

    assert answer.status_code == 500
    assert "12 34 56 78" in text(answer)


def test_a_fault_of_ours_needs_no_home(browser, db, monkeypatch):
    monkeypatch.setattr("portal.rooms.home_of", broken)
    monkeypatch.setattr("portal.frame._last_known", {})

    answer = browser.get("/account/login/")

    assert answer.status_code == 500
    assert "ring til botilbuddet" in text(answer)


def test_without_its_database_the_portal_takes_a_break(browser, cast, monkeypatch):
    browser.get("/account/login/")
    monkeypatch.setattr("portal.rooms.home_of", gone)

    answer = browser.get("/account/login/")

    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert frame.last_known_home().phone in text(answer)


def test_the_watchdog_hears_of_a_lost_database(client, db, monkeypatch):
    assert client.get("/readyz").status_code == 200

    with monkeypatch.context() as lost:
        lost.setattr(connection, "cursor", gone)
        assert client.get("/readyz").status_code == 503
        assert client.get("/healthz").status_code == 200


def test_a_browser_that_sends_too_much_may_finish_sending(sign_in, cast):
    """Cut off before, it says that the connection was lost, and nothing of photos."""
    files = {
        f"f{number}": ContentFile(b"x" * 2000, f"{number}") for number in range(40)
    }

    answer = sign_in(cast.mette).post(reverse("draft"), files)

    assert answer.status_code == 413
    assert answer.wsgi_request.read() == b""


@pytest.mark.parametrize(
    "path",
    [
        "/calendar/{}.ics",
        "/mail/stop/{}/",
        "/invitation/{}/",
        "/account/password/reset/key/{}/",
    ],
)
def test_an_address_that_opens_something_stands_in_no_log(client, db, path):
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(WithoutSecrets())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        # Of each 404 Django writes a line; so it does of what is asked too often.
        log_response(
            "%s: %s",
            "Not Found",
            path.format("canary-secret:x"),
            response=HttpResponse(status=404),
            request=None,
        )
        client.get(path.format("canary-secret:x"))
    finally:
        logger.removeHandler(handler)

    assert "Not Found" in written.getvalue()
    assert "canary" not in written.getvalue()
    assert "secrets" in settings.LOGGING["handlers"]["console"]["filters"]
