import os

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import portal as portals
from tests.browser.visitor import Visitor

CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="session")
def chromium():
    # Danish in the browser's own fields; --lang alone does not reach them.
    os.environ["LANGUAGE"] = "da"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory, worker_id):
    own = tmp_path_factory.getbasetemp()
    return portals.template(own if worker_id == "master" else own.parent)


@pytest.fixture(scope="module")
def portal(prepared, tmp_path_factory):
    """The address of a portal in which each module finds the demo as it was made."""
    data = tmp_path_factory.mktemp("portal") / "data"
    with portals.served(prepared, data) as base:
        yield base
    # What went wrong behind a page that looked well.
    assert " ERROR " not in (log := (data / "log").read_text()), log


@pytest.fixture
def visitor(chromium, portal):
    """Open a window as one of the demo's people; at the end nothing was wrong."""
    windows = []

    def arrive(account=None, *, width=1280, base=portal, **how):
        window = Visitor(chromium, base, width=width, **how)
        windows.append(window)
        return window.log_in(account) if account else window

    yield arrive
    wrong = [what for window in windows for what in window.wrong]
    for window in windows:
        window.leave()
    assert wrong == []


@pytest.fixture(scope="session")
def account():
    """One of the demo's accounts by its role, as demo/accounts.json has it."""

    def find(role):
        return next(one for one in portals.ACCOUNTS if one["role"] == role)

    return find
