"""What the pages cost as a portal grows: the same pages in portals of several sizes.

A process for each size keeps its own database. They take turns round by round, so that a
busy machine is busy for all of them; a ratio is the median of the rounds' own ratios.
"""

import json
import statistics
import subprocess

from machine import ROOT, Stop, say

SIZES = (0, 1_000, 10_000, 100_000, 1_000_000)
ROUNDS = 12
EMPTY = "an empty page"
# The page, and the one that it is compared with because much is hidden from its reader.
PAGES = {
    "a relative's start page": None,
    "the same, the newest hidden": "a relative's start page",
    "From everyday life": None,
    "From everyday life, the newest hidden": "From everyday life",
    "My agreements": None,
    "a resident's page, staff": None,
    "a start page, staff": None,
    "a start page, manager": None,
}
# The pages that the goals are about.
JUDGED = [*PAGES][:6]
TEXTBOOK = {
    "From everyday life": "textbook, relative",
    "a resident's page, staff": "textbook, staff",
}
# The good and the heroic column of the design.
GROWTH, HIDING, QUERIES, CPU = (1.3, 1.1), (1.3, 1.1), (12, 8), (5, 3)
LESS_WORK, BUFFERS = (100, 1_000), 60


class Portal:
    """One size: a process that measures when it is told to."""

    def __init__(self, python, environment, size):
        self.size, self.rounds = size, []
        self.process = subprocess.Popen(
            [python, "-W", "ignore", "-m", "bench.growth", str(size)],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, command):
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise Stop(f"The portal of {self.size} items gave no answer.")
        return json.loads(line)

    def measure(self):
        self.rounds.append(self.ask("round"))

    def times(self, page):
        return [time for one in self.rounds for time in one[page]["times"]]

    def p50s(self, page):
        return [statistics.median(one[page]["times"]) for one in self.rounds]

    def cpus(self, page):
        return [one[page]["cpu"] for one in self.rounds]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def ratio(of, to):
    """The median of the rounds' own ratios."""
    return statistics.median(one / other for one, other in zip(of, to, strict=True))


def measured(portals):
    """Build them all, count once, and let them take turns."""
    for portal in portals:
        built = portal.ask("build")
        say(f"  {built['items']:>9,} items in {built['seconds']:.0f} s")
    for portal in portals:
        portal.counts = portal.ask("count")
    for _ in range(ROUNDS):
        for portal in portals:
            portal.measure()


def table(portals, unit):
    """Lines of Markdown: every page at every size."""
    yield (
        f"| page | items | queries | p50 ms | p99 ms | {unit} | x empty page, CPU "
        "| x smallest, p50 |"
    )
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    smallest = next(portal for portal in portals if portal.size)
    for page in [EMPTY, *PAGES, *TEXTBOOK.values()]:
        for portal in portals:
            times, counts = portal.times(page), portal.counts[page]
            against = ratio(portal.cpus(page), portal.cpus(EMPTY))
            grown = ratio(portal.p50s(page), smallest.p50s(page))
            yield (
                f"| {page} | {portal.size:,} | {counts['queries']} "
                f"| {statistics.median(times) * 1000:.1f} "
                f"| {statistics.quantiles(times, n=100)[98] * 1000:.1f} "
                f"| {counts['work']:,} | {against:.2f} | {grown:.2f} |"
            )


def judged(portals, vendor):
    """(what, measured, good, heroic) for every goal; each is met if it is no more."""
    sized = [portal for portal in portals if portal.size]
    smallest, largest = sized[0], sized[-1]
    for page in JUDGED:
        grown = ratio(largest.p50s(page), smallest.p50s(page))
        yield (f"{page}: p50, largest to smallest", grown, *GROWTH)
        asked = {portal.counts[page]["queries"] for portal in sized}
        yield (f"{page}: queries", max(asked), *QUERIES)
        yield (
            f"{page}: queries more at one size than at another",
            max(asked) - min(asked),
            0,
            0,
        )
        against = ratio(largest.cpus(page), largest.cpus(EMPTY))
        yield (f"{page}: CPU, to an empty page", against, *CPU)
        if PAGES[page]:
            hidden = ratio(largest.p50s(page), largest.p50s(PAGES[page]))
            yield (f"{page}: p50, to nothing hidden", hidden, *HIDING)
    for page, textbook in TEXTBOOK.items():
        ours, theirs = (largest.counts[one]["work"] for one in (page, textbook))
        if largest.size == SIZES[-1]:
            yield (
                f"{page}: work of the database, to the textbook's",
                ours / theirs,
                *(1 / times for times in LESS_WORK),
            )
    if vendor == "PostgreSQL":
        found = largest.counts["newest"]
        yield (
            "the newest items, when 50,000 are hidden: buffers",
            found,
            1_000,
            BUFFERS,
        )


def verdict(portals, vendor):
    """What missed the heroic column and what missed the good one, as lines of text."""
    heroic, good = [], []
    for what, found, is_good, is_heroic in judged(portals, vendor):
        said = f"{what}: {found:.4g}"
        if found > is_good:
            good.append(f"{said} (good: {is_good:.4g})")
        elif found > is_heroic:
            heroic.append(f"{said} (heroic: {is_heroic:.4g})")
    return good, heroic
