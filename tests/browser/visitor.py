"""Somebody at a browser, who notices what is wrong with every page they come to."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import expect

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = (ROOT / "tests" / "vendor" / "axe.min.js").read_text()
SCREENSHOTS = ROOT / "var" / "screenshots"
PHONE, DESK = 390, 1280
# WCAG 1.4.10: everything fits on the narrowest phone.
NARROWEST = 320

RUN_AXE = """async () => (await axe.run({resultTypes: ["violations"], runOnly: [
  "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
).violations.map(v => v.id + ": " + v.nodes.map(n => n.html.slice(0, 150) + " " + n.failureSummary).slice(0, 3))"""

READ_PAGE = """() => ({
  headings: [...document.querySelectorAll("h1")].map(h => h.textContent.trim()),
  language: document.documentElement.lang,
  title: document.title,
  wide: document.documentElement.scrollWidth,
})"""


def height(width):
    return 844 if width < 600 else 900


class Visitor:
    """One person, in one window."""

    def __init__(self, browser, base, *, width, javascript=True, touch=False):
        self.base, self.width, self.javascript = base, width, javascript
        self.context = browser.new_context(
            viewport={"width": width, "height": height(width)},
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
            base_url=base,
            java_script_enabled=javascript,
            has_touch=touch,
            is_mobile=touch,
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(10_000)
        self.page = self.context.new_page()
        self.wrong = []
        # What every page must have in its head, by address: its title.
        self.titles = {}
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        self.page.on("response", self._on_response)
        # The browser says what the page's policy forbade, also without a console line.
        if javascript:
            self.context.expose_binding("__forbidden", self._on_forbidden)
            self.context.add_init_script(
                "document.addEventListener('securitypolicyviolation', e =>"
                " __forbidden(e.violatedDirective + ' ' + e.blockedURI))"
            )

    # Statuses that a journey means to meet; the browser writes them on its console.
    expected_statuses = frozenset()

    def _on_console(self, message):
        meant = any(
            f"status of {code}" in message.text for code in self.expected_statuses
        )
        if message.type in ("error", "warning") and not meant:
            self.wrong.append(f"{self.page.url} console: {message.text}")

    def _on_forbidden(self, _source, what):
        self.wrong.append(f"{self.page.url} forbidden by its policy: {what}")

    def _on_response(self, response):
        if response.status >= 400 and response.status not in self.expected_statuses:
            self.wrong.append(f"{response.status} {response.url}")

    def log_in(self, account):
        self.page.goto("/account/login/")
        self.page.fill("[name=login]", account["email"])
        self.page.fill("[name=password]", account["password"])
        self.page.click("main button[type=submit]")
        expect(self.page.locator("header .user")).to_contain_text(account["name"])
        return self

    def open(self, path):
        self.page.goto(path)
        return self.look()

    def follow(self, name):
        """Click the link or button of that name, and look at where it leads."""
        self.click(name)
        return self.look()

    def click(self, name):
        link = self.page.get_by_role("link", name=name)
        there = link if link.count() else self.page.get_by_role("button", name=name)
        with self.page.expect_navigation():
            there.first.click()

    def look(self):
        """Everything that must hold on every page."""
        if not self.javascript:
            return self
        seen = self.page.evaluate(READ_PAGE)
        where = f"{urlsplit(self.page.url).path} at {self.width} px"
        if len(seen["headings"]) != 1 or not seen["headings"][0]:
            self.wrong.append(f"{where}: the h1 are {seen['headings']}")
        if seen["language"] != "da":
            self.wrong.append(f"{where}: lang is {seen['language']!r}")
        if not re.fullmatch(r".+ – Samspil", seen["title"]):
            self.wrong.append(f"{where}: the title is {seen['title']!r}")
        self.titles[urlsplit(self.page.url).path] = seen["title"]
        if seen["wide"] > self.width:
            self.wrong.append(f"{where}: {seen['wide']} px wide")
        # Anew each time: axe remembers where things stood on the screen before.
        self.page.evaluate(AXE)
        self.wrong += [f"{where}: {what}" for what in self.page.evaluate(RUN_AXE)]
        return self

    def narrow(self, width):
        """The same page on another screen."""
        self.width = width
        self.page.set_viewport_size({"width": width, "height": height(width)})
        return self

    def look_narrow(self):
        """No scrolling sideways on the narrowest phone."""
        usual = self.width
        self.narrow(NARROWEST)
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        if wide > NARROWEST:
            path = urlsplit(self.page.url).path
            self.wrong.append(f"{path}: {wide} px wide at {NARROWEST} px")
        return self.narrow(usual)

    def photograph(self, name):
        """For people to look at: axe does not see what they see."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(
            path=SCREENSHOTS / f"{name}-{self.width}.png", full_page=True
        )
        return self

    def leave(self):
        self.context.close()
