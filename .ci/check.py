"""`make check`: what can be seen without running the portal."""

import os
import subprocess

import machine
from machine import ROOT, say

# As a production server would have it; the settings themselves are in docs/operations.md.
PRODUCTION = {
    "SECRET_KEY": "not-a-secret-but-long-enough-to-be-checked-as-one-Zk3vQ8pL",
    "PORTAL_URL": "https://portal.example.dk",
    "DATABASE_URL": "postgres://portal@db.example.dk/portal?sslmode=verify-full",
    "REDIS_URL": "rediss://redis.example.dk/0",
    "EMAIL_URL": "smtp+tls://portal:secret@mail.example.dk:587",
    "DEFAULT_FROM_EMAIL": "Solgården <portal@example.dk>",
    "TRUSTED_PROXY_COUNT": "1",
    "CLAMAV": "/run/clamav/clamd.ctl",
}
DEMO = {"DEMO": "1"}

CHECKS = [
    ("lint", {}, ["-m", "ruff", "check", "."]),
    ("format", {}, ["-m", "ruff", "format", "--check", "."]),
    (
        "imports",
        {},
        ["-c", "from importlinter.cli import lint_imports_command as c; c()"],
    ),
    ("types", DEMO, ["-m", "mypy"]),
    (
        "migrations",
        DEMO,
        ["manage.py", "makemigrations", "--check", "--dry-run"],
    ),
    (
        "production",
        PRODUCTION,
        ["manage.py", "check", "--deploy", "--fail-level", "WARNING"],
    ),
]


def main():
    python = machine.python(machine.TEST_LOCK)
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DEMO", "DEBUG", "DJANGO_SETTINGS_MODULE", *PRODUCTION)
    }
    failed = []
    for name, environment, command in CHECKS:
        answer = subprocess.run(
            [python, *command],
            env=kept | environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        say(f"{name:<12}{'ok' if answer.returncode == 0 else 'FAILED'}")
        if answer.returncode:
            failed.append(name)
            say(answer.stdout + answer.stderr)
    if failed:
        raise machine.Stop(f"make check failed: {', '.join(failed)}.")


if __name__ == "__main__":
    main()
