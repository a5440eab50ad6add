"""`make bench`: what the pages and the register import cost, on both databases.

Its own PostgreSQL and the demo's people; the table goes to bench/results/.
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
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    text = "\n".join([_heading(), *parts])
    result = ROOT / "bench" / "results" / f"{time.strftime('%Y-%m-%d')}.md"
    result.parent.mkdir(exist_ok=True)
    result.write_text(text)
    say(text)
    say(f"Written to {result.relative_to(ROOT)}.")


def _tests():
    """.ci/test.py, whose name is also a package of Python's."""
    place = Path(__file__).parent / "test.py"
    spec = importlib.util.spec_from_file_location("ci_test", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _measure(python, folder, name, url):
    data = folder / name
    data.mkdir()
    kept = {n: os.environ[n] for n in ("PATH", "HOME", "LANG") if n in os.environ}
    environment = kept | {
        "DEMO": "1",
        "DATA_DIR": str(data),
        "DATABASE_URL": url,
        "LOG_LEVEL": "WARNING",
        "PORTAL_URL": "http://127.0.0.1:8000",
    }

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
