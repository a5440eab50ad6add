"""Database and queue of the tests' own, each as a `with` that gives its address.

They run on free ports in a temporary folder and forget everything.
"""

import contextlib
import os
import pwd
import socket
import subprocess
import time
from pathlib import Path

import machine
from machine import Stop


@contextlib.contextmanager
def postgresql(folder):
    """A cluster that forgets everything, as fast as it can. Gives its address."""
    programs = max(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name)
    )
    home = folder / "postgresql"
    home.mkdir()
    # The database refuses to run as root.
    who = {}
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(home, account.pw_uid, account.pw_gid)
        who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    port = machine.free_port()
    data, log = home / "data", home / "log"
    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -k {home} -c fsync=off "
        "-c synchronous_commit=off -c full_page_writes=off -c max_connections=60"
    )

    def call(name, *arguments):
        subprocess.run(
            [programs / name, "-D", data, *arguments],
            cwd=home,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=True,
            **who,
        )

    call(
        *("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8"),
        *("--locale=C.UTF-8", "--no-sync"),
    )
    call("pg_ctl", "-w", "-l", log, "-o", options, "start")
    try:
        yield f"postgres://postgres@127.0.0.1:{port}/postgres"
    finally:
        call("pg_ctl", "-m", "immediate", "stop")


@contextlib.contextmanager
def redis(folder):
    """A queue in memory alone. Gives its address."""
    port = machine.free_port()
    home = folder / "redis"
    home.mkdir()
    server = subprocess.Popen(
        [
            *("redis-server", "--port", str(port), "--bind", "127.0.0.1"),
            *("--save", "", "--appendonly", "no", "--dir", home),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for(server, port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait()


def _wait_for(server, port):
    for _ in range(200):
        if server.poll() is not None:
            break
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        time.sleep(0.05)
    raise Stop("Redis did not start.")


SERVERS = {"postgresql": postgresql, "redis": redis}
