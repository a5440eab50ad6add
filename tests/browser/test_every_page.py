"""Every page that each role can reach by following links, looked at on two screens.

All links are followed by plain requests; of each kind of page one is drawn in the
browser, for a hundred residents' pages are one page to axe.
"""

import re
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests.browser.portal import ACCOUNTS
from tests.browser.visitor import DESK, PHONE

pytestmark = pytest.mark.browser

# So many of each kind of page are fetched; a home has hundreds of contacts.
OF_EACH_KIND = 8

HEADERS = {
    # The directives stand in no fixed order.
    "content-security-policy": r"^(?!.*unsafe)(?=.*default-src 'none')"
    r"(?=.*script-src 'self'(;|$))(?=.*style-src 'self'(;|$))",
    "cache-control": r"no-store",
    "x-content-type-options": r"nosniff",
    "x-robots-tag": r"noindex",
    "x-frame-options": r"DENY",
    "referrer-policy": r"same-origin",
    "cross-origin-opener-policy": r"same-origin",
    "permissions-policy": r"camera",
}


class Links(HTMLParser):
    """The addresses that a page leads to, its headings and its title."""

    def __init__(self, html):
        super().__init__()
        self.found, self.titles, self._in_title = [], [], False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag == "a" and (address := dict(attributes).get("href")):
            self.found.append(address)
        self._in_title = tag == "title"

    def handle_data(self, data):
        if self._in_title:
            self.titles.append(data)
            self._in_title = False


def kind(path):
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


def walk(window):
    """All pages within reach: {kind: {path: its length}}, and what is wrong with them."""
    kinds, wrong, titles = {}, [], {}
    waiting, known = ["/"], {"/"}
    while waiting:
        address = waiting.pop(0)
        if len(kinds.get(kind(urlsplit(address).path), ())) >= OF_EACH_KIND:
            continue
        answer = window.context.request.get(address)
        if (
            answer.status == 404
            and kind(urlsplit(address).path) == "consent:see-as-page"
        ):
            # The relative's menu leads on to pages of their own, which nobody else sees.
            assert "Siden vises ikke her" in answer.text()
            continue
        if answer.status != 200:
            wrong.append(f"{answer.status} {address}")
            continue
        wrong += [
            f"{address}: {name} is {answer.headers.get(name)!r}"
            for name, must in HEADERS.items()
            if not re.search(must, answer.headers.get(name, ""))
        ]
        if not answer.headers["content-type"].startswith("text/html"):
            kinds.setdefault(kind(urlsplit(address).path), {})
            continue
        # Where it led in the end, if it sent us on.
        path = urlsplit(answer.url).path
        html = answer.text()
        kinds.setdefault(kind(path), {})[address] = len(html)
        page = Links(html)
        titles.setdefault("".join(page.titles).strip(), set()).add(kind(path))
        for link in page.found:
            target = urldefrag(urljoin(answer.url, link)).url
            local = target.removeprefix(window.base)
            # Static files are no pages, and are everybody's.
            if local != target and local not in known and "/static/" not in local:
                known.add(local)
                waiting.append(local)
    wrong += [
        f"the title {title!r} is that of {sorted(names)}"
        for title, names in titles.items()
        if len(names) > 1
    ]
    return {name: pages for name, pages in kinds.items() if pages}, wrong


@pytest.mark.parametrize("who", ACCOUNTS, ids=lambda who: who["email"].split("@")[0])
def test_every_page_within_reach_is_sound(visitor, who):
    window = visitor(who, width=DESK)

    kinds, wrong = walk(window)
    for pages in kinds.values():
        # The one with most on it.
        window.open(max(pages, key=pages.get))
        window.narrow(PHONE).look().look_narrow().narrow(DESK)

    assert wrong == []
    assert len(kinds) >= 2


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_way_in_is_sound(visitor, width):
    window = visitor(width=width)

    for path in ("/account/login/", "/account/password/reset/"):
        window.open(path).look_narrow()
    window.photograph("log-in")


def test_a_page_that_is_not_there_is_in_danish_with_a_way_on(visitor, account):
    window = visitor(account("care worker"), width=PHONE)
    window.expected_statuses = {404}

    window.open("/residents/00000000-0000-4000-8000-000000000000/").look_narrow()

    assert "Solgården" in window.page.locator("main").inner_text()
