"""A broker of MitID's, as far as it can be had: an OpenID provider that really answers.

It asks for no finger and no PKCE; the rest is the protocol, with a nonce.
"""

import contextlib
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import requests

# Numbers that nobody has: the days are real, and the last four are given to no one.
CPR, ANOTHERS = "010180-0000", "020280-0000"


def person(name, level, cpr=CPR, **claims):
    acr = f"urn:grn:authn:dk:mitid:{level}" if level else None
    said = {"identityscheme": "dkmitid", "acr": acr, "name": f"Navn {name}"} | claims
    said["cprNumberIdentifier"] = cpr.replace("-", "")
    return said


PEOPLE = {
    "low": person("low", "low"),
    "anna": person("anna", "substantial"),
    "annas-app": person("annas-app", "high"),
    "another": person("another", "high", cpr=ANOTHERS),
    "unsaid": person("unsaid", ""),
}


def tell(provider, name, claims):
    """From now on MitID says this of the person."""
    requests.put(f"{provider}/users/{{{name}}}", json=claims, timeout=10)


@contextlib.contextmanager
def running():
    """One with these people in it. Gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = Path(sys.executable).with_name("oidc-provider-mock")
    server = subprocess.Popen(
        [program, "--port", str(port), "--require-nonce", "true"],
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://localhost:{port}"
    try:
        for _ in range(200):
            assert server.poll() is None
            with contextlib.suppress(requests.ConnectionError):
                requests.get(address, timeout=5)
                break
            time.sleep(0.05)
        for name, claims in PEOPLE.items():
            tell(address, name, claims)
        yield address
    finally:
        server.terminate()
        server.wait(10)
