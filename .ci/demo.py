"""`make demo`: a home to click around in, from a fresh clone to a served page.

Each port has its own data in var/demo-PORT/, so that two demos do not meet.
"""

import ctypes
import fcntl
import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time

import machine
from machine import ROOT, VAR, Stop, say

PORT = os.environ.get("PORT", "8000")
HOST = "127.0.0.1"


def main(what):
    if not PORT.isdigit() or not 0 < int(PORT) < 65536:
        raise Stop(f"PORT must be a number between 1 and 65535, not {PORT!r}.")
    data = VAR / f"demo-{PORT}"
    data.mkdir(parents=True, exist_ok=True)
    machine.end_on_terminate()
    with (data / "lock").open("w") as lock:
        _take(lock)
        _refuse_a_taken_port()
        if what == "reset":
            _forget(data)
        lacking = machine.install(machine.PDF)
        if lacking:
            say(
                "There will be no PDF until these Debian packages are installed: "
                f"{', '.join(lacking)}."
            )
        python = machine.python(machine.DEMO_LOCK)
        environment = _environment(data)
        _set_up(python, data, environment)
        if what == "serve":
            _refuse_a_taken_port()
            _serve(python, environment)


def _take(lock):
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Stop(
            f"A demo is already running on port {PORT}. End it with Ctrl-C, or take "
            "another port: make demo PORT=8010."
        ) from None


def _refuse_a_taken_port():
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(PORT)))
        except OSError:
            raise Stop(
                f"Port {PORT} cannot be used: it is taken, or not yours to take. "
                "Try another: make demo PORT=8010."
            ) from None


def _forget(data):
    for path in data.iterdir():
        if path.name == "lock":
            continue
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _environment(data):
    key = data / "secret_key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(50))
    # Nothing of the caller's own settings: a demo never meets a real database.
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in ("PATH", "HOME", "LANG", "TERM", "TMPDIR", "TZ")
    }
    return kept | {
        "DEMO": "1",
        "DEBUG": "0",
        "DATABASE_URL": f"sqlite:///{data}/samspil.sqlite3",
        "REDIS_URL": "",
        "EMAIL_URL": "",
        "STATIC_ROOT": f"{data}/static",
        "DATA_DIR": str(data),
        "PORTAL_URL": f"http://{HOST}:{PORT}",
        "SECRET_KEY": key.read_text(),
        "LOG_LEVEL": "ERROR",
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore",
    }


def _set_up(python, data, environment):
    """Tables, people and static files, each only when something has changed."""
    filled, sources = data / "filled", data / "sources"
    if not filled.exists():
        # A first start that was interrupted leaves half a home.
        for path in data.glob("samspil.sqlite3*"):
            path.unlink()
        sources.unlink(missing_ok=True)
    now = machine.sources()
    if not sources.exists() or sources.read_text() != now:
        say("Making the tables and collecting the static files …")
        _manage(python, environment, "migrate", "--verbosity", "0")
        _manage(python, environment, "collectstatic", "--no-input", "--verbosity", "0")
    if not filled.exists():
        say("Filling Botilbuddet Solgården with people …")
        _manage(python, environment, "demo", "--verbosity", "0")
        filled.touch()
    # Filling it writes demo/accounts.json, which is a source too.
    sources.write_text(machine.sources())


def _manage(python, environment, *command):
    answer = subprocess.run(
        [python, ROOT / "manage.py", *command],
        env=environment,
        cwd=ROOT,
        # Its own table of accounts stands below, when the portal is open.
        stdout=subprocess.DEVNULL,
        check=False,
    )
    if answer.returncode:
        raise Stop(f"`manage.py {command[0]}` failed; it says why above.")


def _serve(python, environment):
    server = subprocess.Popen(
        [
            *(python, "-m", "granian", "--interface", "wsgi"),
            *("--host", HOST, "--port", PORT, "--workers", "1"),
            *("--blocking-threads", "2", "--no-ws", "--log-level", "warning"),
            "portal.wsgi:application",
        ],
        env=environment,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        preexec_fn=_end_with_the_one_who_started_it,
    )
    try:
        _wait_for(server)
        _welcome()
        server.wait()
    except KeyboardInterrupt:
        say("\nThe demo has ended. Its data is kept; make demo-reset starts over.")
    else:
        raise Stop("The server ended by itself; it says why above.")
    finally:
        _end(server)


def _end_with_the_one_who_started_it():
    """Linux ends the server when this process is gone, however it went."""
    end_with_parent = 1
    ctypes.CDLL(None).prctl(end_with_parent, signal.SIGTERM)


def _wait_for(server):
    while server.poll() is None:
        try:
            page = http.client.HTTPConnection(HOST, int(PORT), timeout=5)
            page.request("GET", "/healthz")
            if page.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise Stop("The server did not start; it says why above.")


def _end(server):
    server.terminate()
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _welcome():
    accounts = json.loads((ROOT / "demo" / "accounts.json").read_text())
    wide = max(len(account["email"]) for account in accounts)
    long = max(len(account["role"]) for account in accounts)
    say(f"\nSamspil is open at http://{HOST}:{PORT}\n")
    for account in accounts:
        say(
            f"  {account['role']:<{long}}  {account['email']:<{wide}}  {account['name']}"
        )
    say(f"\nThe password is {accounts[0]['password']} for all of them.")
    say("Ctrl-C ends the demo and keeps its data.")


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        say("")
        raise SystemExit(130) from None
