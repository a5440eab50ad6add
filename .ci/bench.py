"""`make bench`: what the pages and the register import cost, on both databases.

First the demo's people, then portals of up to a million shared items (SIZES="0 1000"
chooses others). Its own PostgreSQL; the tables go to bench/results/. Fails if a page
misses the good column of the goals, and says where one misses the heroic.
"""

import contextlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import growth
import machine
from machine import ROOT, Stop, say


def main():
    machine.end_on_terminate()
    lacking = machine.install([*machine.PDF, *machine.POSTGRESQL])
    if lacking:
        raise Stop(f"The measurements need {machine.how_to_get(lacking)}.")
    python = machine.python(machine.TEST_LOCK)
    folder = Path(tempfile.mkdtemp(prefix="samspil-bench-"))
    folder.chmod(0o755)
    try:
        with contextlib.ExitStack() as running:
            postgresql = running.enter_context(_tests().postgresql(folder))
            parts = [
                _measure(python, folder, name, url)
                for name, url in (
                    ("SQLite", f"sqlite:///{folder}/samspil.sqlite3"),
                    ("PostgreSQL", postgresql),
                )
            ]
            missed = []
            for name, url in (("SQLite", None), ("PostgreSQL", postgresql)):
                text, misses = _grow(python, folder / "grown" / name, name, url)
                parts.append(text)
                missed += misses
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    text = "\n".join([_heading(), *parts])
    result = ROOT / "bench" / "results" / f"{time.strftime('%Y-%m-%d')}.md"
    result.parent.mkdir(exist_ok=True)
    result.write_text(text)
    say(text)
    say(f"Written to {result.relative_to(ROOT)}.")
    if missed:
        raise Stop("The good column is missed: " + "; ".join(missed) + ".")


def _tests():
    """.ci/test.py, whose name is also a package of Python's."""
    place = Path(__file__).parent / "test.py"
    spec = importlib.util.spec_from_file_location("ci_test", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _environment(data, url):
    kept = {n: os.environ[n] for n in ("PATH", "HOME", "LANG") if n in os.environ}
    return kept | {
        "DEMO": "1",
        "DATA_DIR": str(data),
        "DATABASE_URL": url,
        "LOG_LEVEL": "WARNING",
        "PORTAL_URL": "http://127.0.0.1:8000",
    }


def _grow(python, folder, name, cluster):
    """The table of one database, and what missed the good column."""
    sizes = [int(n) for n in os.environ.get("SIZES", "").split()] or growth.SIZES
    say(f"Growing on {name} …")
    portals = []
    try:
        for size in sizes:
            data = folder / str(size)
            data.mkdir(parents=True)
            url = f"sqlite:///{data}/samspil.sqlite3"
            if cluster:
                url = f"{cluster.rpartition('/')[0]}/grown{size}"
                made = f"CREATE DATABASE grown{size}"
                subprocess.run(["psql", "-q", cluster, "-c", made], check=True)
            environment = _environment(data, url) | {
                "DJANGO_SETTINGS_MODULE": "bench.settings"
            }
            for step in ("migrate", "collectstatic --no-input"):
                subprocess.run(
                    [python, "manage.py", *step.split(), "--verbosity", "0"],
                    env=environment,
                    cwd=ROOT,
                    check=True,
                )
            portals.append(growth.Portal(python, environment, size))
        growth.measured(portals)
    finally:
        for portal in portals:
            portal.close()
    unit = "buffers" if cluster else "VM steps"
    good, heroic = growth.verdict(portals, name)
    lines = [f"## {name}, growing\n", *growth.table(portals, unit), ""]
    lines += [f"- Missed the good column: {one}" for one in good]
    lines += [f"- Missed the heroic column: {one}" for one in heroic]
    return "\n".join([*lines, ""]), [f"{name}, {one}" for one in good]


def _measure(python, folder, name, url):
    data = folder / name
    data.mkdir()
    environment = _environment(data, url)

    def run(*command, **options):
        return subprocess.run(
            [python, *command],
            env=environment,
            cwd=ROOT,
            check=True,
            text=True,
            **options,
        )

    say(f"Measuring on {name} …")
    for step in ("migrate", "collectstatic --no-input", "demo"):
        run("manage.py", *step.split(), "--verbosity", "0", stdout=subprocess.DEVNULL)
    run("-m", "bench.pages", str(data / "pages.json"))
    rows = json.loads((data / "pages.json").read_text())
    lines = [
        f"## {name}\n",
        "| page | CPU ms | p50 ms | p99 ms | queries | KB | x empty page | goal |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        *(
            f"| {row['page']} | {row['cpu']:.1f} | {row['p50']:.1f} | {row['p99']:.1f} "
            f"| {row['queries']} | {row['bytes'] / 1000:.0f} | {row['ratio']:.1f} "
            f"| {'<= ' + str(row['goal']) if row['goal'] else ''} |"
            for row in rows
        ),
        "",
    ]
    if (ROOT / "bench" / "register.py").exists():
        answer = run("-m", "bench.register", capture_output=True)
        lines += ["Import of a register:\n", answer.stdout.strip(), ""]
    if not url.startswith("postgres"):
        # The database has no part in it.
        answer = run("-m", "bench.papers", capture_output=True)
        lines += ["Papers:\n", answer.stdout.strip(), ""]
        answer = run("-m", "bench.newsletter", capture_output=True)
        lines += ["A newsletter:\n", answer.stdout.strip(), ""]
    return "\n".join(lines)


def _heading():
    cores = os.cpu_count()
    return (
        "# What the pages cost\n\n"
        f"Python {platform.python_version()}, {cores} cores. Median CPU of a request; "
        "a busy machine makes all of them slower, so read the ratios. The empty page is "
        "the frame of every page with nothing in it, signed in. Written by `make bench`.\n"
    )


if __name__ == "__main__":
    main()
