"""What a machine must have before the portal runs on it: Debian's packages and Python's.

Standard library only: this runs before anything is installed. Everything is done once
and marked with a stamp, and behind a lock, so that two commands side by side wait for
each other.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
DEMO_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-dev.lock"

# What WeasyPrint draws with. Fonts are our own, in static/vendor/.
PDF = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]
CHROMIUM = ["chromium", "chromium-l10n"]
POSTGRESQL = ["postgresql"]
REDIS = ["redis-server"]
GETTEXT = ["gettext"]


class Stop(SystemExit):
    """The end, with a sentence that says why."""

    def __init__(self, sentence):
        print(sentence, file=sys.stderr, flush=True)
        super().__init__(1)


def say(sentence):
    print(sentence, flush=True)


def end_on_terminate():
    """Let `kill` end things as Ctrl-C does, through every `finally`."""

    def leave(*_):
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGHUP, leave)


@contextlib.contextmanager
def one_at_a_time(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# Debian's packages


def missing(packages):
    """Those of the packages that are not installed."""
    try:
        known = subprocess.run(
            ["dpkg-query", "-W", "-f", "${db:Status-Abbrev}${Package}\n", *packages],
            capture_output=True,
            text=True,
            check=False,
        ).stdout.splitlines()
    except FileNotFoundError:
        return list(packages)
    installed = {line[3:] for line in known if line.startswith("ii ")}
    return [name for name in packages if name not in installed]


def install(packages):
    """Install what is missing, if we may. Returns what is missing still."""
    with one_at_a_time(VAR / "setup.lock"):
        wanted = missing(packages)
        become_root = _way_to_root()
        if not wanted or become_root is None or not shutil.which("apt-get"):
            return wanted
        say(f"Installing Debian packages: {', '.join(wanted)} …")
        log = VAR / "apt.log"
        with log.open("w") as output, _no_daemons(become_root):
            apt = [
                *become_root,
                "env",
                "DEBIAN_FRONTEND=noninteractive",
                "apt-get",
                "-oDPkg::Lock::Timeout=600",
            ]
            for step in (["update"], ["install", "-y", "--no-install-recommends"]):
                subprocess.run(
                    [*apt, *step, *(wanted if step[0] == "install" else [])],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    check=False,
                )
        still = missing(packages)
        if still:
            say(f"apt-get could not install them; see {log.relative_to(ROOT)}.")
        return still


def _way_to_root():
    """What to put before a command that needs root; None if we may not."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        may = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if may.returncode == 0:
            return ["sudo", "-n"]
    return None


@contextlib.contextmanager
def _no_daemons(become_root):
    """Install servers without starting them: the tests start their own."""
    policy = Path("/usr/sbin/policy-rc.d")
    ours = "# Put here by Samspil's `make test` while it installs; may be removed."
    if policy.exists() and ours not in policy.read_text():
        yield
        return
    subprocess.run(
        [*become_root, "sh", "-c", 'cat >"$0" && chmod 755 "$0"', policy],
        input=f"#!/bin/sh\n{ours}\nexit 101\n",
        text=True,
        check=False,
    )
    try:
        yield
    finally:
        subprocess.run([*become_root, "rm", "-f", policy], check=False)


def how_to_get(packages):
    return f"apt-get install {' '.join(packages)}"


# Python's packages


def python(lock):
    """The project's Python with exactly the packages of the lock file."""
    with one_at_a_time(VAR / "setup.lock"):
        if not _installed(lock):
            _make_venv()
            say(f"Installing Python packages from {lock.name} …")
            _pip(lock)
            _mark(lock)
    return str(PYTHON)


def _stamp(lock):
    return VENV / f"{lock.name}.installed"


def _fingerprint(lock):
    return hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()


def _installed(lock):
    stamp = _stamp(lock)
    return (
        PYTHON.exists() and stamp.exists() and stamp.read_text() == _fingerprint(lock)
    )


def _mark(lock):
    for other in (DEMO_LOCK, TEST_LOCK):
        _stamp(other).unlink(missing_ok=True)
    _stamp(lock).write_text(_fingerprint(lock))
    if lock == TEST_LOCK:
        # It holds everything of the other, in the same versions (tests/test_house.py).
        _stamp(DEMO_LOCK).write_text(_fingerprint(DEMO_LOCK))


def _make_venv():
    if PYTHON.exists():
        return
    say("Making .venv …")
    try:
        venv.EnvBuilder(with_pip=True, clear=not VENV.is_symlink()).create(VENV)
    except (subprocess.CalledProcessError, ModuleNotFoundError):
        raise Stop("Python's venv is missing: apt-get install python3-venv.") from None


def _pip(lock):
    answer = subprocess.run(
        [
            *(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *("--require-hashes", "--only-binary", ":all:", "--no-input", "-r", lock),
        ],
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if answer.returncode:
        raise Stop("The Python packages could not be installed; pip says why above.")


def sources():
    """A fingerprint of everything that migrate and collectstatic read."""
    mark = hashlib.sha256()
    for folder in sorted(path for path in ROOT.iterdir() if path.is_dir()):
        if folder.name.startswith(".") or folder.name in ("var", "tests", "docs"):
            continue
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                seen = path.stat()
                mark.update(f"{path} {seen.st_size} {seen.st_mtime_ns}\n".encode())
    mark.update(DEMO_LOCK.read_bytes())
    return mark.hexdigest()
