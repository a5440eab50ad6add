"""Real servers for tests marked `services`: on free ports, in a folder of their own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for(truth, seconds=30):
    """Until it holds, or fail."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if truth():
            return
        time.sleep(0.1)
    raise AssertionError(f"Not so within {seconds} seconds.")


def answers(port):
    with socket.socket() as one:
        one.settimeout(1)
        return one.connect_ex(("127.0.0.1", port)) == 0


class Server:
    """A process of the tests' own, which can be killed and started again."""

    def __init__(self, command, *, ready=lambda: True, env=None, log):
        self.command, self.ready, self.env, self.log = command, ready, env, log

    def start(self):
        with self.log.open("ab") as log:
            # A group of its own, so that children die with it.
            self.process = subprocess.Popen(
                self.command,
                env=self.env,
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_for(self.ready)
        return self

    def kill(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@pytest.fixture
def redis(tmp_path):
    assert shutil.which("redis-server"), "redis-server is not installed"
    port = free_port()
    server = Server(
        ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""],
        ready=lambda: answers(port),
        log=tmp_path / "redis.log",
    ).start()
    server.url = f"redis://127.0.0.1:{port}/0"
    yield server
    server.kill()


def python(*command):
    return [sys.executable, *command]
