"""The log that a machine reads holds numbers and names of code, and nothing of anybody."""

import json
import logging
from contextlib import contextmanager
from io import StringIO

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from portal.log_lines import Lines
from portal.models import User


@contextmanager
def listening(*names):
    """The lines that these loggers write meanwhile, as the portal writes them in earnest."""
    written, lines = StringIO(), []
    handler = logging.StreamHandler(written)
    handler.setFormatter(Lines())
    loggers = [logging.getLogger(name) for name in names]
    for logger in loggers:
        logger.addHandler(handler)
    try:
        yield lines
    finally:
        for logger in loggers:
            logger.removeHandler(handler)
    # Each of them is one line, whatever stood in it.
    lines += [json.loads(line) for line in written.getvalue().splitlines()]


def test_what_is_not_there_is_a_line_with_numbers(cast, sign_in):
    with listening("django.request") as lines:
        answer = sign_in(cast.mette).get(
            reverse("residents:resident", args=["6f1c0e0a-0000-4000-8000-000000000000"])
        )

    [line] = lines
    assert (line["status"], line["user"]) == (404, cast.mette.pk)
    assert line["request"] == answer["X-Request-ID"]
    assert line["route"] == "residents/<uuid:uuid>/"
    assert line["said"] == "Not Found: …"
    assert line["at"].endswith("+00:00")


@pytest.mark.parametrize("typed", ["Bo Canary", "x\r\n{} 200", 'a","b'])
def test_what_somebody_types_in_the_address_is_not_repeated(cast, sign_in, typed):
    with listening("django.request") as lines:
        sign_in(cast.mette).get(f"/{typed}/", {"q": typed})

    [line] = lines
    assert line["route"] is None
    assert typed not in json.dumps(line)
    assert "Canary" not in json.dumps(line)


def test_a_fault_is_told_by_its_kind_and_its_place(cast, sign_in, monkeypatch):
    def broken(*args, **kwargs):
        try:
            raise KeyError("Bo Canary")
        except KeyError as error:
            raise RuntimeError("Bo Canary has said: canary") from error

    monkeypatch.setattr("portal.views.pages.render", broken)
    client = sign_in(cast.mette)
    client.raise_request_exception = False
    with listening("django.request") as lines:
        answer = client.get("/")

    [line] = lines
    told, led_to = line["error"]
    assert (told["type"], led_to["type"]) == (
        "builtins.RuntimeError",
        "builtins.KeyError",
    )
    assert told["through"][-1].startswith("tests/portal/test_log_lines.py:")
    assert "anary" not in json.dumps(line)
    assert line["request"][:8] in answer.content.decode()


def test_what_the_database_refused_is_named_and_the_words_are_not(cast):
    log = logging.getLogger("portal.tried")
    with listening("portal.tried") as lines, transaction.atomic():
        try:
            with transaction.atomic():
                User.objects.create(email=cast.mette.email, name="Canary")
        except IntegrityError as error:
            log.exception("Row %s was not kept: %s", 7, error)

    [line] = lines
    assert line["said"].startswith("Row 7 was not kept: IntegrityError")
    assert cast.mette.email not in json.dumps(line)
    refused = {fault.get("refused") for fault in line["error"]}
    assert any("email" in (name or "") for name in refused) is (
        connection.vendor == "postgresql"
    )


def test_what_a_worker_says_of_its_failure_holds_no_words():
    log = logging.getLogger("portal.tried")
    with listening("portal.tried") as lines:
        log.error(
            "Task %(name)s[%(id)s] raised: %(exc)s\n%(traceback)s",
            {
                "name": "portal.tasks.draw_paper",
                "id": "1b2c",
                "exc": "ValueError('Bo Canary')",
                "traceback": "Traceback\n  canary",
            },
        )

    [line] = lines
    assert line["said"] == "Task portal.tasks.draw_paper[1b2c] raised: …\n…"


def test_a_message_that_does_not_fit_its_words_is_written_all_the_same():
    record = logging.LogRecord("x", 40, "x.py", 1, "%d of %d", ("/canary/", 3), None)

    assert json.loads(Lines().format(record))["said"] == "%d of %d"


def test_in_earnest_the_log_is_written_so():
    handler = settings.LOGGING["handlers"]["console"]

    assert handler["formatter"] == "line"
    assert settings.MIDDLEWARE[0] == "portal.log_lines.numbered"
