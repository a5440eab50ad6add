"""`make attack`: wapiti and sqlmap against a demo, as nobody and as each of its people.

In a home of its own on a port of its own. What they find stands in var/attack/, and the
command fails if it is anything. Takes minutes a person: for releases, not for each change.
PEOPLE=mette,hanne chooses some of them; SECONDS_EACH bounds the walk, and each kind of attack.
"""

import http.client
import http.cookiejar
import json
import os
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request
import venv

import machine
from machine import ROOT, VAR, Stop, say

TOOLS = ("wapiti3==3.2.3", "sqlmap==1.10.10")
OURS = VAR / "attack"
PORT = machine.free_port()
BASE = f"http://127.0.0.1:{PORT}"
SECONDS_EACH = os.environ.get("SECONDS_EACH", "120")
# Headers and cookies are tests/test_headers.py's: a demo has no TLS, and half of them.
MODULES = "sql,xss,permanentxss,redirect,file,exec,csrf,crlf,xxe,upload,csp,methods"
# These end the scan instead of being scanned; and a log-in by passkey is paused when it is
# tried too often, which wapiti takes for an answer of the database.
NOT_THERE = (
    "webauthn",
    "logout",
    "language",
    "sessions",
    "password",
    "2fa",
    "reauthenticate",
)
# Where words of whoever asks reach the database; {} is where they stand.
ASKED = (
    "search/?q={}",
    "residents/?q={}",
    "contacts/new/?resident={}",
    "news/?page={}",
    "knowledge/?q={}",
    "enquiries/?state={}",
    "access-log/?day={}",
    "home/staff/?q={}",
    "home/staff/?way={}",
)


def main():
    machine.end_on_terminate()
    OURS.mkdir(parents=True, exist_ok=True)
    tools = _tools()
    accounts = json.loads((ROOT / "demo" / "accounts.json").read_text())
    chosen = [one for one in os.environ.get("PEOPLE", "").split(",") if one]
    demo = subprocess.Popen(
        [sys.executable, ROOT / ".ci" / "demo.py", "serve"],
        env=os.environ | {"PORT": str(PORT)},
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(demo)
        found = {}
        people = [None, *accounts]
        for person in people:
            name = person["email"].partition("@")[0] if person else "nobody"
            if chosen and name.partition(".")[0] not in chosen:
                continue
            cookies = _log_in(person) if person else ""
            found[name] = _wapiti(tools, name, cookies) + _sqlmap(tools, name, cookies)
            say(f"{name:<24}{'; '.join(found[name]) or 'nothing found'}")
    finally:
        demo.terminate()
        demo.wait(20)
    if any(found.values()):
        raise Stop(f"Something was found; what stands in {OURS}.")


def _tools():
    """Their own environment: wapiti pins what the portal has in other versions."""
    place = OURS / "tools"
    stamp = place / "stamp"
    if not stamp.exists() or stamp.read_text() != " ".join(TOOLS):
        venv.create(place, with_pip=True, clear=True)
        subprocess.run([place / "bin" / "pip", "install", "-q", *TOOLS], check=True)
        stamp.write_text(" ".join(TOOLS))
    return place / "bin"


def _wait_for(demo):
    for _second in range(300):
        if demo.poll() is not None:
            raise Stop("The demo did not start; it says why above.")
        try:
            page = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
            page.request("GET", "/healthz")
            if page.getresponse().status == 200:
                return
        except OSError:
            time.sleep(1)
    raise Stop("The demo did not start within five minutes.")


def _log_in(person):
    """As a browser does; gives the cookies as one header."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = browser.open(f"{BASE}/account/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    said = {
        "csrfmiddlewaretoken": token,
        "login": person["email"],
        "password": person["password"],
    }
    answer = browser.open(
        f"{BASE}/account/login/", urllib.parse.urlencode(said).encode()
    )
    if "/account/login/" in answer.url:
        raise Stop(f"{person['email']} could not log in.")
    return "; ".join(f"{one.name}={one.value}" for one in jar)


def _wapiti(tools, name, cookies):
    told = OURS / f"wapiti-{name}.json"
    told.unlink(missing_ok=True)
    command = [tools / "wapiti", "-u", f"{BASE}/", "--scope", "folder", "-m", MODULES]
    command += ["--flush-session", "--no-bugreport", "-v", "0", "--store-session", OURS]
    command += ["--max-scan-time", SECONDS_EACH, "--max-attack-time", SECONDS_EACH]
    command += ["--max-links-per-page", "40"]
    command += ["-f", "json", "-o", told]
    for part in NOT_THERE:
        command += ["-x", f"{BASE}/.*{part}.*"]
    if cookies:
        command += ["-H", f"Cookie: {cookies}"]
    with (OURS / f"wapiti-{name}.log").open("w") as log:
        subprocess.run(command, stdout=log, stderr=log, check=True)
    report = json.loads(told.read_text())
    say(f"{name:<24}wapiti saw {report['infos'].get('crawled_pages_nbr', '?')} pages")
    kinds = report["vulnerabilities"] | report["anomalies"]
    return [f"{kind}: {len(rows)}" for kind, rows in kinds.items() if rows]


def _sqlmap(tools, name, cookies):
    found = []
    for asked in ASKED:
        command = [tools / "sqlmap", "-u", f"{BASE}/{asked.format('a*')}", "--batch"]
        command += [
            "--level",
            "2",
            "--risk",
            "2",
            "--technique",
            "BEU",
            "--flush-session",
        ]
        command += ["--dbms", "sqlite", "--ignore-code", "403,404,400", "--smart"]
        command += ["--output-dir", OURS / "sqlmap", "--disable-coloring"]
        if cookies:
            command += ["--cookie", cookies]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        (OURS / f"sqlmap-{name}.log").open("a").write(answer.stdout)
        if "is vulnerable" in answer.stdout or "injection point(s)" in answer.stdout:
            found.append(f"SQL in {asked}")
    return found


if __name__ == "__main__":
    main()
