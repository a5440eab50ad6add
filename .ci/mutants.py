"""`make mutants`: break the predicate in one place after another. Does a test see it?

Each mutant is one change by hand to what decides about access, SQL included, made in a
copy of the repository, in which the tests about access run until one fails. One that
none sees has survived, and then the whole has failed. Writes docs/mutants.md.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import machine
import test as servers
from machine import ROOT, say
from mutants_table import MUTANTS

REPORT = ROOT / "docs" / "mutants.md"
FAST = [
    "tests/consent/test_grants.py",
    "tests/consent/test_given_for_another.py",
    "tests/consent/test_readers.py",
    "tests/consent/test_reference_model.py",
    "tests/consent/test_refusals.py",
    "tests/news/test_everyday_life.py",
]
WALLS = ["tests/portal/test_walls.py"]
COPIED = [
    "portal",
    "residents",
    "relatives",
    "consent",
    "meetings",
    "news",
    "demo",
    "tests",
    "templates",
    "static",
    "locale",
    "manage.py",
    "pyproject.toml",
]
LONGEST = 10 * 60


def main(only=""):
    machine.end_on_terminate()
    lacking = machine.install(machine.POSTGRESQL)
    if lacking:
        say(f"The walls are PostgreSQL's: {machine.how_to_get(lacking)}.")
        return 1
    python = machine.python(machine.TEST_LOCK)
    chosen = [mutant for mutant in MUTANTS if only in " ".join(mutant)]
    folder = Path(tempfile.mkdtemp(prefix="samspil-mutants-"))
    folder.chmod(0o755)
    began = time.monotonic()
    try:
        with contextlib.ExitStack() as running, ThreadPoolExecutor(2) as both_cores:
            url = running.enter_context(servers.SERVERS["postgresql"](folder))
            killed = list(
                both_cores.map(
                    lambda numbered: _try(python, folder, url, *numbered),
                    enumerate(chosen),
                )
            )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    say(
        f"{sum(killed)} of {len(chosen)} mutants were killed in "
        f"{time.monotonic() - began:.0f} seconds."
    )
    if not only:
        REPORT.write_text(_report(chosen, killed))
    return 0 if all(killed) else 1


def _try(python, folder, url, number, mutant):
    name, file, old, new = mutant
    tree = folder / str(number)
    tree.mkdir()
    for one in COPIED:
        copy = shutil.copytree if (ROOT / one).is_dir() else shutil.copy
        copy(ROOT / one, tree / one)
    source = (tree / file).read_text()
    if source.count(old) < 1:
        raise machine.Stop(f"{name}: {file} does not say {old!r} any more.")
    (tree / file).write_text(source.replace(old, new, 1))
    walls = file == "portal/walls.py" or "wall" in name
    environment = os.environ | {"DEMO": "1", "SAMSPIL_MUTANT": "1"}
    environment.pop("DATABASE_URL", None)
    if walls:
        environment["DATABASE_URL"] = f"{url}_{number}"
    tests = subprocess.run(
        [python, "-m", "pytest", "-x", "-p", "no:cacheprovider", "-p", "no:xdist"]
        + (WALLS if walls else FAST),
        cwd=tree,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=LONGEST,
        check=False,
    )
    shutil.rmtree(tree, ignore_errors=True)
    # A mutant that cannot live at all, for its SQL makes no sense, says nothing: an error
    # while the database is made is no failed test.
    killed = tests.returncode == 1 and b"FAILED " in tests.stdout
    say(f"{'killed  ' if killed else f'SURVIVED ({tests.returncode})'} {name}")
    return killed


def _report(mutants, killed):
    lines = [
        "# Mutants of the predicate",
        "",
        "Written by `make mutants`. Each line is one change by hand to what decides about",
        "access; killed means that a test failed for it.",
        "",
        f"{sum(killed)} of {len(mutants)} were killed.",
        "",
        "| | what was broken | where |",
        "| --- | --- | --- |",
    ]
    lines += [
        f"| {'killed' if dead else '**survived**'} | {name} | `{file}` |"
        for (name, file, _old, _new), dead in zip(mutants, killed, strict=True)
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
