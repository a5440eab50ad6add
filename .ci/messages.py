"""`make messages`: collect what there is to translate into locale/, and compile it."""

import os
import subprocess

import machine
from machine import ROOT

NOT_OURS = [".venv*", "var", "tests/*", "bench/*", "docs/*", ".ci/*"]


def main():
    lacking = machine.install(machine.GETTEXT)
    if lacking:
        raise machine.Stop(f"gettext is missing: {machine.how_to_get(lacking)}.")
    python = machine.python(machine.TEST_LOCK)
    ignored = [word for pattern in NOT_OURS for word in ("--ignore", pattern)]
    for command in (
        [
            *("makemessages", "-l", "da", "--no-wrap", "--no-obsolete"),
            *("--add-location", "file", *ignored),
        ],
        ["compilemessages", "-l", "da", *ignored],
    ):
        subprocess.run(
            [python, "manage.py", *command],
            env=os.environ | {"DEMO": "1"},
            cwd=ROOT,
            check=True,
        )


if __name__ == "__main__":
    main()
