"""`make mutants`: break the predicate in one place after another. Does a test see it?

Each mutant is one change by hand to what decides about access, SQL included, made in a
copy of the repository, in which the tests about access run until one fails, the likeliest
first. One that none sees has survived, and then the whole has failed. Before that the
same tests must pass in a copy in which nothing is broken. Writes docs/mutants.md.

`mutants.py WORDS` tries at once those with the words in them, and writes nothing.
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
from mutants_answers import ANSWERS
from mutants_doors import DOORS
from mutants_house import HOUSE
from mutants_search import SEARCH
from mutants_sharing import SHARING
from mutants_table import PREDICATE
from mutants_tests import database_of, tests_for
from mutants_walls import WALLS

REPORT = ROOT / "docs" / "mutants.md"
MUTANTS = [*PREDICATE, *DOORS, *ANSWERS, *SHARING, *HOUSE, *SEARCH, *WALLS]
COPIED = [
    "portal",
    "residents",
    "relatives",
    "consent",
    "meetings",
    "news",
    "community",
    "knowledge",
    "demo",
    "tests",
    "templates",
    "static",
    "locale",
    "manage.py",
    "pyproject.toml",
]
PLUGINS = ["-p", "ready_database", "-p", "no:cacheprovider", "-p", "no:xdist"]
READY = "ready"
LONGEST = 10 * 60


def main(only="", at_once="2"):
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
        with (
            contextlib.ExitStack() as running,
            ThreadPoolExecutor(int(at_once)) as cores,
        ):
            url = running.enter_context(servers.SERVERS["postgresql"](folder))
            # As it is now, whatever is written in it meanwhile.
            _copy(ROOT, folder / "whole")
            _make_ready(python, folder, url)
            if not only:
                _must_pass_unbroken(python, folder, url, chosen)
            killed = list(
                cores.map(
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


def _make_ready(python, folder, url):
    """A database of each kind for the tests to copy (ready_database)."""
    for address in (f"sqlite:///{folder}/{READY}", f"{url.rpartition('/')[0]}/{READY}"):
        if address.startswith("postgres"):
            _create(python, url)
        subprocess.run(
            [python, "manage.py", "migrate", "-v0"],
            cwd=folder / "whole",
            env=os.environ | {"DEMO": "1", "DATABASE_URL": address},
            stdin=subprocess.DEVNULL,
            check=True,
        )


def _create(python, url):
    sql = (
        f"psycopg.connect({url!r}, autocommit=True).execute('CREATE DATABASE {READY}')"
    )
    subprocess.run([python, "-c", f"import psycopg; {sql}"], check=True)


def _must_pass_unbroken(python, folder, url, chosen):
    """A test that fails anyway would seem to kill every mutant."""
    for database in {database_of(mutant) for mutant in chosen}:
        tests = [
            one
            for mutant in chosen
            if database_of(mutant) == database
            for one in tests_for(mutant)
        ]
        tree = _copy(folder / "whole", folder / f"unbroken-{database}")
        passed = _run(python, tree, list(dict.fromkeys(tests)), url, database)
        shutil.rmtree(tree, ignore_errors=True)
        if passed.returncode:
            raise machine.Stop((passed.stdout + passed.stderr).decode()[-4_000:])


def _copy(source, tree):
    tree.mkdir()
    for one in COPIED:
        copy = shutil.copytree if (source / one).is_dir() else shutil.copy
        copy(source / one, tree / one)
    return tree


def _run(python, tree, tests, url, database):
    environment = os.environ | {
        "DEMO": "1",
        "PYTHONPATH": str(ROOT / ".ci"),
        "SAMSPIL_READY_DATABASE": str(tree.parent / READY),
    }
    environment.pop("DATABASE_URL", None)
    if database == "postgresql":
        # Tests run in a database named after this one.
        environment["DATABASE_URL"] = f"{url}_{tree.name.replace('-', '_')}"
        environment["SAMSPIL_READY_DATABASE"] = READY
    return subprocess.run(
        [python, "-m", "pytest", "-x", *PLUGINS, *tests],
        cwd=tree,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=LONGEST,
        check=False,
    )


def _try(python, folder, url, number, mutant):
    name, file, old, new = mutant
    tree = _copy(folder / "whole", folder / str(number))
    source = (tree / file).read_text()
    if source.count(old) < 1:
        raise machine.Stop(f"{name}: {file} does not say {old!r} any more.")
    (tree / file).write_text(source.replace(old, new, 1))
    tests = _run(python, tree, tests_for(mutant), url, database_of(mutant))
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
