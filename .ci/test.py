"""`make test`: every test there is, on databases, a queue and a browser of its own.

Servers run on free ports in a temporary folder and end with the tests. A part that
cannot run for want of a package is named and left out, and then the whole has failed.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

import machine
from machine import ROOT, say
from servers import SERVERS

PACKAGES = [
    *machine.PDF,
    *machine.GETTEXT,
    *machine.POSTGRESQL,
    *machine.REDIS,
    *machine.CHROMIUM,
]
BOTH_CORES = ["-n", "2"]
FAST = [*BOTH_CORES, "-m", "not browser and not services"]
# A hang is a failure, not a wait. The longest part takes some twenty minutes by itself.
LONGEST = 40 * 60


@dataclass
class Part:
    name: str
    options: list[str]
    # The Debian packages without which it cannot run at all.
    needs: list[str] = field(default_factory=list)
    # The servers to run beside it.
    servers: tuple[str, ...] = ()


PARTS = [
    Part("SQLite", FAST),
    Part("PostgreSQL", FAST, machine.POSTGRESQL, ("postgresql",)),
    Part(
        "Redis, worker and mail",
        ["-m", "services"],
        machine.POSTGRESQL + machine.REDIS,
        ("postgresql", "redis"),
    ),
    Part("browser", [*BOTH_CORES, "-m", "browser"], machine.CHROMIUM),
]


def main():
    began = time.monotonic()
    machine.end_on_terminate()
    lacking = machine.install(PACKAGES)
    if lacking:
        left_out = [part.name for part in PARTS if set(part.needs) & set(lacking)]
        say(
            "This machine lacks Debian packages that the tests need "
            f"({machine.how_to_get(lacking)}), so this run will fail; "
            f"left out: {', '.join(left_out) or 'the tests that use them'}."
        )
    python = machine.python(machine.TEST_LOCK)
    results = []
    folder = Path(tempfile.mkdtemp(prefix="samspil-test-"))
    # The database server runs as another user and must get in.
    folder.chmod(0o755)
    try:
        with contextlib.ExitStack() as running:
            urls = {}
            for part in PARTS:
                if set(part.needs) & set(lacking):
                    continue
                for server in part.servers:
                    if server not in urls:
                        urls[server] = running.enter_context(SERVERS[server](folder))
                results.append(_run(python, part, urls, folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return _sum_up(results, lacking, time.monotonic() - began)


def _run(python, part, urls, folder):
    say(f"\n--- {part.name} ---")
    report = folder / f"{len(list(folder.iterdir()))}.xml"
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "REDIS_URL", "DEBUG", "EMAIL_URL", "DATA_DIR")
    }
    if "postgresql" in part.servers:
        environment["DATABASE_URL"] = urls["postgresql"]
    if "redis" in part.servers:
        environment["REDIS_URL"] = urls["redis"]
    began = time.monotonic()
    tests = subprocess.Popen(
        [python, "-m", "pytest", "-rfE", *part.options, f"--junitxml={report}"],
        env=environment,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        status = tests.wait(LONGEST)
    except subprocess.TimeoutExpired:
        say(f"{part.name} took more than {LONGEST // 60} minutes and was ended.")
        status = -1
    finally:
        # Whatever the tests started and forgot ends here too.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(tests.pid, signal.SIGKILL)
        tests.wait()
    return part.name, status, *_read(report), time.monotonic() - began


def _read(report):
    """How many there were of each kind, and the names of those that failed."""
    counts = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    if not report.exists():
        return counts, []
    written = ET.parse(report).getroot()
    for suite in written.iter("testsuite"):
        for what in counts:
            counts[what] += int(suite.get(what, 0))
    fell = [
        f"{test.get('classname')}::{test.get('name')}"
        for test in written.iter("testcase")
        if test.find("failure") is not None or test.find("error") is not None
    ]
    return counts, fell


def _sum_up(results, lacking, seconds):
    say(f"\n{'':26}{'passed':>8}{'failed':>8}{'errors':>8}{'skipped':>8}{'time':>8}")
    total = dict.fromkeys(("passed", "failed", "errors", "skipped"), 0)
    good = not lacking and len(results) == len(PARTS)
    for name, status, counts, _fell, took in results:
        bad = counts["failures"], counts["errors"], counts["skipped"]
        row = dict(
            zip(total, (counts["tests"] - sum(bad), *bad), strict=True),
        )
        for what, number in row.items():
            total[what] += number
        numbers = "".join(f"{number:>8}" for number in row.values())
        # No tests at all, a crash, a time-out: pytest counts none of them as failed.
        fell = "" if status == 0 else f"  exit {status}"
        say(f"  {name:<24}{numbers}{took:>7.0f}s{fell}")
        good = good and status == 0
    done = {name for name, *_ in results}
    for part in PARTS:
        if part.name not in done:
            say(f"  {part.name:<24} left out: {' '.join(part.needs)}")
    # Once more at the very end, where nobody has to look for them.
    for name, _status, _counts, fell, _took in results:
        for test in fell:
            say(f"  {name}: {test}")
    words = [f"{number} {what}" for what, number in total.items() if number]
    if not good and not total["failed"] and not total["errors"]:
        words.insert(0, "INCOMPLETE")
    say(f"\n=== {', '.join(words)} in {seconds:.2f}s ({_clock(seconds)}) ===")
    return 0 if good else 1


def _clock(seconds):
    return f"{int(seconds // 3600)}:{int(seconds // 60 % 60):02}:{int(seconds % 60):02}"


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:
        raise SystemExit(130) from None
