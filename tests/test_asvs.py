"""OWASP ASVS 5.0, level 2: docs/asvs.md names a test for every requirement, and here are those
that no other module has."""

import ast
import json
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.hashers import get_hasher
from django.test import Client
from django.urls import reverse

from portal.accounts.adapters import MFAAdapter
from tests.portal.test_log_in import PASSWORD, log_in
from tests.portal.test_operations import PRODUCTION
from tests.test_house import CODE, locked

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "docs/asvs.md"
ROW = re.compile(r"^\| ([\d.]+)(?:–([\d.]+))? \| [\d–]+ \| (.+) \| `(tests/[^`]+)` \|$")

# How many requirements of levels 1 and 2 each section has (OWASP ASVS 5.0.0, the English CSV).
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2,
    "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2,
    "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
    "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
    "9.1": 3, "9.2": 4,
    "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3,
    "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4,
    "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
    "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7,
    "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
}  # fmt: skip
# Of level 3, besides: what this portal is about.
BESIDES = {
    "1.2.10", "2.4.2", "3.4.8", "3.5.8", "4.1.4", "5.2.6", "6.3.5", "6.3.6", "6.3.7", "6.3.8", "6.4.6",
    "8.3.2", "14.2.5", "14.2.6", "14.2.7", "14.2.8", "15.2.5", "15.4.2", "16.5.4",
}  # fmt: skip


def rows():
    return [
        match for line in TABLE.read_text().splitlines() if (match := ROW.match(line))
    ]


def asked(row):
    """The requirements of a row: one, or several in a row of one section."""
    first, last = row[1], row[2]
    section, start = first.rsplit(".", 1)
    end = last.rsplit(".", 1)[1] if last else start
    return [f"{section}.{number}" for number in range(int(start), int(end) + 1)]


def test_every_requirement_has_its_row_once():
    answered = [one for row in rows() for one in asked(row)]

    assert len(answered) == len(set(answered))
    counted = dict.fromkeys(SECTIONS, 0)
    for one in set(answered) - BESIDES:
        counted[one.rsplit(".", 1)[0]] += 1
    assert counted == SECTIONS
    assert set(answered) >= BESIDES
    # As many as level 2 has, without chapter 17: nobody speaks or is seen live here.
    assert sum(SECTIONS.values()) == 253 - 7


def test_every_row_names_a_test_that_is_there():
    missing = []
    for row in rows():
        name, _, function = row[4].partition("::")
        path = ROOT / name
        functions = path.exists() and {
            node.name
            for node in ast.parse(path.read_text()).body
            if isinstance(node, ast.FunctionDef)
        }
        if not functions or function not in functions:
            missing.append(f"{row[1]}: {row[4]}")

    assert missing == []


# Documents


@pytest.mark.parametrize(
    "chapter",
    sorted(set(re.findall(r"security\.md#([\w-]+)", TABLE.read_text()))),
)
def test_what_is_to_be_written_down_is(chapter):
    text = (ROOT / "docs/security.md").read_text()
    chapters = {
        re.sub(r"[^\w -]", "", title).lower().replace(" ", "-"): words
        for title, words in re.findall(
            r"^## (.+)\n((?:(?!^## ).*\n)+)", text, re.MULTILINE
        )
    }

    assert len(chapters[chapter].split()) > 40


MANUAL = (ROOT / "docs/operations.md").read_text()


@pytest.mark.parametrize(
    "line",
    [
        "ssl_protocols TLSv1.2 TLSv1.3;",
        "ssl_ciphers ECDHE",
        "server_tokens off;",
        "proxy_set_header X-Forwarded-Proto $scheme;",
        "proxy_pass http://127.0.0.1:8000;",
    ],
)
def test_the_manuals_proxy_is_strict(line):
    [proxy] = re.findall(r"```nginx\n(.+?)```", MANUAL, re.DOTALL)

    assert line in proxy
    # A secret that was sent in the open is not sent on.
    insecure = proxy[proxy.index("listen 80;") :]
    assert re.search(r"location ~ \^/calendar/ \{\s+return 404;", insecure)
    assert "return 301 https://" in insecure
    assert "ssl_verify_client" not in proxy


@pytest.mark.parametrize(
    "line",
    [
        "IPAddressDeny=any",
        "ProtectSystem=strict",
        "InaccessiblePaths=/srv/samspil/.git",
        "NoNewPrivileges=yes",
        "LoadCredentialEncrypted",
        "chmod 600 .env",
        "requirepass",
        "DATABASE_URL=postgres:///samspil",
        "ForwardToSyslog=yes",
        "ssl_certificate /etc/ssl/portal.pem;",
    ],
)
def test_the_manual_says_how_the_machine_is_kept(line):
    assert line in MANUAL


# The portal as it is served


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Answers of a portal in earnest, and its settings."""
    asked = """
import json
from django.conf import settings
from django.test import Client
client = Client(headers={"host": "portal.example.dk"})
answer = client.get("/healthz", secure=True)
print(json.dumps({
    "headers": dict(answer.headers),
    "plain": client.get("/account/login/").headers["Location"],
    "trace": client.generic("TRACE", "/healthz", secure=True).status_code,
    "cookies": [
        [settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE,
         settings.SESSION_COOKIE_HTTPONLY, settings.SESSION_COOKIE_SAMESITE],
        [settings.CSRF_COOKIE_NAME, settings.CSRF_COOKIE_SECURE,
         settings.CSRF_COOKIE_HTTPONLY, settings.CSRF_COOKIE_SAMESITE],
    ],
    "debug": settings.DEBUG,
}))
"""
    folder = tmp_path_factory.mktemp("served")
    (folder / "static").mkdir()
    answer = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", asked],
        env=PRODUCTION
        | {"DATA_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder}/none.sqlite3"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout.splitlines()[-1])


def test_cookies_are_for_this_host_alone(served):
    assert served["cookies"] == [
        ["__Host-session", True, True, "Lax"],
        ["__Host-csrf", True, True, "Strict"],
    ]


def test_every_answer_in_earnest_is_over_tls_alone(served):
    headers = served["headers"]

    assert served["plain"].startswith("https://portal.example.dk/")
    assert headers["Strict-Transport-Security"].startswith(
        "max-age=63072000; includeSub"
    )
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert not [name for name in headers if name.startswith("Access-Control")]


def test_no_folder_and_no_trace_is_answered(served, client, db):
    assert served["trace"] == 405
    for path in ("/static/", "/media/", "/.git/HEAD", "/.env"):
        assert client.get(path).status_code == 404
    assert not served["debug"]


# What is not here

ABSENT = {
    "ldap": r"ldap",
    "memcache": r"memcache|pylibmc",
    "GraphQL": r"graph(ene|ql)|strawberry|ariadne",
    "WebSocket and WebRTC": r"channels|websockets|daphne|aiortc",
    "giving tokens to others": r"oauth-toolkit|oidc-provider$|djangorestframework|simplejwt",
    "LaTeX and XSL": r"latex",
    "text messages": r"twilio|sms|phonenumber-field",
    "Java": r"jpype|py4j",
}


@pytest.mark.parametrize("kind", ABSENT)
def test_what_is_not_here_needs_no_guard(kind):
    packages = locked("requirements.lock")
    assert "django" in packages

    assert [one for one in packages if re.search(ABSENT[kind], one)] == []
    assert [one.name for one in apps.get_app_configs() if "idp" in one.name] == []


# Digests, ciphers and chance


def test_digests_and_ciphers_are_of_today():
    hasher = get_hasher()

    assert (hasher.algorithm, hasher.iterations >= 600_000) == ("pbkdf2_sha256", True)
    # Fernet's: version 0x80, AES-128-CBC, and a MAC of SHA-256 over it.
    assert MFAAdapter().encrypt("x").startswith("gAAAA")
    kinds = {
        node.attr
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "hashlib"
    }
    assert kinds == {"sha256"}


def test_what_must_not_be_guessed_is_random(monkeypatch, client, cast):
    asked = []
    real = secrets.choice
    monkeypatch.setattr(
        secrets, "choice", lambda some: asked.append(some) or real(some)
    )

    client.force_login(cast.mette, "portal.backends.Backend")

    # 36 kinds of letters, 32 of them: 165 bits.
    assert len(client.session.session_key) == 32
    assert len(asked) >= 32
    by_chance = [
        str(path.relative_to(ROOT))
        for path in CODE
        if re.search(r"^import random|^from random", path.read_text(), re.MULTILINE)
    ]
    # A lot that everybody may draw again: nothing is hidden by it.
    assert by_chance == ["residents/actions.py"]


# Pages


def test_a_password_is_hidden_and_may_be_pasted(client, db):
    page = client.get(reverse("account_login")).content.decode()

    [field] = re.findall(r"<input[^>]*name=.password.[^>]*>", page)
    assert 'type="password"' in field
    assert 'autocomplete="current-password"' in field
    assert "paste" not in page
    scripts = [path.read_text() for path in (ROOT / "static").glob("*.js")]
    assert scripts
    assert not [text for text in scripts if "onpaste" in text or '"paste"' in text]


def test_a_password_never_runs_out():
    assert not [one for one in locked("requirements.lock") if "password-expir" in one]
    assert not [
        field.name
        for field in apps.get_model("portal.User")._meta.get_fields()
        if "password" in field.name and field.name != "password"
    ]


def test_no_hint_is_asked_for(client, db):
    page = client.get(reverse("account_reset_password")).content.decode()

    named = set(re.findall(r"<input[^>]*name=.(\w+)", page))
    assert named - {"csrfmiddlewaretoken", "language", "back"} == {"email"}


def test_every_page_has_the_way_out(cast, sign_in):
    for person in (cast.mette, cast.bos, cast.anna):
        page = sign_in(person).get("/").content.decode()
        assert f'action="{reverse("account_logout")}"' in page or (
            f'href="{reverse("account_logout")}"' in page
        )


@pytest.mark.parametrize(
    ("method", "page"),
    [
        ("GET", "mfa_activate_totp"),
        ("GET", "mfa_add_webauthn"),
        ("GET", "mfa_generate_recovery_codes"),
        ("POST", "my-sessions"),
    ],
)
def test_who_one_is_is_asked_anew(client, cast, settings, method, page):
    cast.mette.set_password(PASSWORD)
    cast.mette.save()
    log_in(client, cast.mette)
    path = reverse(page)

    def asks():
        answer = client.generic(method, path)
        return reverse("account_reauthenticate") in answer.headers.get("Location", "")

    assert not asks()
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    assert asks()


def test_what_was_pressed_before_is_done_when_one_has_said_who_one_is(
    client, cast, settings
):
    cast.mette.set_password(PASSWORD)
    cast.mette.save()
    log_in(client, cast.mette)
    elsewhere = Client()
    log_in(elsewhere, cast.mette)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    ask = client.post(reverse("my-sessions")).headers["Location"]
    assert elsewhere.get(reverse("my-account")).status_code == 200

    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    client.post(ask, {"password": PASSWORD})

    assert elsewhere.get(reverse("my-account")).status_code == 302
    assert client.get(reverse("my-account")).status_code == 200


def test_every_form_names_its_fields():
    unnamed = [
        str(path)
        for path in CODE
        if re.search(
            r'fields = "__all__"|^\s+exclude = ', path.read_text(), re.MULTILINE
        )
    ]

    assert unnamed == []
    assert "DJ" in (ROOT / "pyproject.toml").read_text()
    assert settings.AUTH_USER_MODEL == "portal.User"
