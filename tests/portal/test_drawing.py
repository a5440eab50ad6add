"""Papers are drawn by a process with limits, and no page waits long for one."""

import threading
import time

import pytest
from django.urls import reverse

from portal import clock, drawing, pdf
from portal.models import Drawing, drawings

PAGE = "<!DOCTYPE html><html lang=da><title>{}</title><p>{}"
LONG = PAGE.format("Long", "<p>Vi følges ad.</p>" * 20_000)


@pytest.fixture
def press(settings):
    """A press of its own, with the limits of the test."""
    press = pdf.Press()
    yield press
    press.end()


def test_what_takes_too_long_is_given_up_and_the_next_paper_is_drawn(press, settings):
    press.check()
    press.end()
    settings.PAPER_SECONDS = 4

    began = time.monotonic()
    with pytest.raises(pdf.Failed, match="time"):
        press.draw(LONG.encode())

    assert time.monotonic() - began < 30
    settings.PAPER_SECONDS = 60
    assert press.draw(PAGE.format("Short", "Ord").encode()).startswith(b"%PDF")


def test_what_takes_too_much_memory_is_given_up(press, settings):
    settings.PAPER_MEGABYTES = 330

    with pytest.raises(pdf.Failed):
        press.draw(LONG.encode())


def test_the_press_knows_no_secret_of_ours(press):
    press.check()

    with open(f"/proc/{press._process.pid}/environ") as known:
        names = {one.partition("=")[0] for one in known.read().split("\0")}
    assert names <= {*pdf.KNOWN, ""}


def test_a_press_that_has_drawn_enough_gives_way_to_a_fresh_one(press, monkeypatch):
    monkeypatch.setattr(pdf, "ENOUGH", 1)
    press.draw(PAGE.format("A", "Ord").encode())
    first = press._process.pid

    press.draw(PAGE.format("B", "Ord").encode())

    assert press._process.pid != first


def test_a_quick_paper_is_shown_and_kept_nowhere(cast, sign_in, monkeypatch):
    monkeypatch.setattr(pdf, "draw", lambda document: b"%PDF")

    response = sign_in(cast.mette).get(reverse("meetings:blank"))

    assert (response.status_code, response.content) == (200, b"%PDF")
    assert not Drawing.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_long_one_is_on_its_way_until_it_is_ready(
    cast, sign_in, monkeypatch, settings
):
    settings.PAPER_WAIT = 0
    drawn = threading.Event()
    monkeypatch.setattr(pdf, "draw", lambda document: drawn.wait(20) and b"%PDF" or b"")
    client = sign_in(cast.mette)
    page = reverse("meetings:blank")

    waiting = client.get(page)

    assert waiting.url == client.get(page).url
    shown = client.get(waiting.url).content.decode()
    assert "Papiret er på vej" in shown
    assert "data-until-ready" in shown
    assert sign_in(cast.karen).get(waiting.url).status_code == 404
    client = sign_in(cast.mette)
    drawn.set()
    settings.PAPER_WAIT = 10
    assert f'href="{page}"' in client.get(waiting.url).content.decode()
    assert client.get(page).content == b"%PDF"
    assert not Drawing.objects.exists()


def test_what_may_be_read_no_more_is_drawn_anew(cast, sign_in, monkeypatch):
    """What lies ready was drawn from other words than the page has now."""
    monkeypatch.setattr(pdf, "draw", lambda document: b"%PDF-new")
    page = reverse("meetings:blank")
    Drawing.objects.create(
        asked_by=cast.mette, path=page, digest="0" * 64, state="done", content=b"old"
    )

    assert sign_in(cast.mette).get(page).content == b"%PDF-new"


def test_a_paper_that_fails_says_so_and_loses_nothing(cast, sign_in, monkeypatch):
    def never(document):
        raise pdf.Failed("memory")

    monkeypatch.setattr(pdf, "draw", never)
    page = reverse("meetings:printout", args=[cast.printed.uuid])

    response = sign_in(cast.karen).get(page)

    assert response.status_code == 503
    assert "Intet er gået tabt" in response.content.decode()
    cast.printed.refresh_from_db()
    assert cast.printed.drawn_at is None
    monkeypatch.setattr(pdf, "draw", lambda document: b"%PDF")
    assert sign_in(cast.karen).get(page).content == b"%PDF"


def test_with_redis_a_worker_draws(cast, sign_in, monkeypatch, settings):
    settings.REDIS_URL = "redis://nowhere"
    monkeypatch.setattr(pdf, "draw", lambda document: b"%PDF-worker")
    sent = []
    monkeypatch.setattr(
        drawing.current_app,
        "send_task",
        lambda name, args, **how: (sent.append(name), drawing.draw(*args)),
        raising=False,
    )

    response = sign_in(cast.mette).get(reverse("meetings:blank"))

    assert response.content == b"%PDF-worker"
    assert sent == ["portal.tasks.draw_paper"]
    assert not Drawing.objects.exists()


def test_while_redis_is_down_it_is_drawn_here(cast, sign_in, monkeypatch, settings):
    settings.REDIS_URL = "redis://nowhere"

    def down(*args, **how):
        raise OSError

    monkeypatch.setattr(drawing.current_app, "send_task", down, raising=False)
    monkeypatch.setattr(pdf, "draw", lambda document: b"%PDF-here")

    response = sign_in(cast.mette).get(reverse("meetings:blank"))

    assert response.content == b"%PDF-here"


def test_what_nobody_fetched_is_gone_after_an_hour(cast, move_clock):
    Drawing.objects.create(asked_by=cast.mette, path="/", state="done", content=b"x")
    drawing.sweep()
    assert Drawing.objects.exists()

    move_clock(clock.now() + 2 * drawings.KEPT_FOR)
    drawing.sweep()

    assert not Drawing.objects.exists()
