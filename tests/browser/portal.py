"""A portal of the tests' own: demo people, granian, a free port, a temporary folder."""

import contextlib
import fcntl
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ACCOUNTS = json.loads((ROOT / "demo" / "accounts.json").read_text())


def _environment(data, port, **more):
    return {
        name: value
        for name, value in os.environ.items()
        if name in ("PATH", "HOME", "LANG", "TMPDIR")
    } | {
        "DEMO": "1",
        "DATA_DIR": str(data),
        "DATABASE_URL": f"sqlite:///{data}/samspil.sqlite3",
        "PORTAL_URL": f"http://127.0.0.1:{port}",
        "SECRET_KEY": "of-the-browser-tests-" + "x" * 40,
        "LOG_LEVEL": "ERROR",
        # What a page may wait for is tried elsewhere, where the machine is less busy.
        "PAPER_WAIT": "30",
        "PYTHONWARNINGS": "ignore",
        **more,
    }


def _manage(environment, *command):
    subprocess.run(
        [sys.executable, ROOT / "manage.py", *command, "--verbosity", "0"],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        check=True,
    )


def template(folder):
    """The demo's people and the static files, made once for all who test at once."""
    data = folder / "template"
    with (folder / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (data / "ready").exists():
            data.mkdir(exist_ok=True)
            environment = _environment(data, 8000)
            _manage(environment, "migrate")
            _manage(environment, "collectstatic", "--no-input")
            _manage(environment, "demo")
            (data / "ready").touch()
    return data


@contextlib.contextmanager
def served(ready, data, **more):
    """Serve a copy of the prepared portal, with more settings. Gives its address."""
    shutil.copytree(ready, data)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (data / "log").open("w") as log:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "granian", "--interface", "wsgi"),
                *("--host", "127.0.0.1", "--port", str(port), "--workers", "1"),
                *("--blocking-threads", "2", "--no-ws", "--log-level", "warning"),
                "portal.wsgi:application",
            ],
            env=_environment(data, port, **more),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(server, port, data)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(server, port, data):
    for _ in range(600):
        assert server.poll() is None, (data / "log").read_text()
        page = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        with contextlib.closing(page), contextlib.suppress(OSError):
            page.request("GET", "/healthz")
            if page.getresponse().status == 200:
                return
        time.sleep(0.05)
    raise AssertionError((data / "log").read_text())
