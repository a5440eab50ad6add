"""What every answer carries, and which pages are open to all."""

import pytest
from django.urls import get_resolver

# Everything else asks for a log-in. A page joins this list with a reason.
OPEN_TO_ALL = {
    # The way in.
    "account_login",
    # Leads there when nobody is signed in.
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
    # To MitID and back, and the same by the signed link of an invitation.
    "openid_connect_login",
    "openid_connect_callback",
    "invitation-mitid",
    # The first way in: the link itself is signed.
    "invitation",
    # No more mails of a kind: the link in the mail is signed, and opens nothing else.
    "mail-stop",
    # The footer of those pages.
    "set-language",
    # A telephone's calendar knows no log-in: the address holds a secret.
    "feed",
    # The proxy and the watchdog ask without a name.
    "healthz",
    "readyz",
}


def routes(resolver=None):
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern)
        else:
            yield pattern


def test_every_page_but_these_asks_for_a_log_in():
    open_routes = {
        route.name
        for route in routes()
        if not getattr(route.callback, "login_required", True)
    }

    assert open_routes == OPEN_TO_ALL


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/residents/", 200),
        ("POST", "/residents/", 405),
        ("GET", "/residents/00000000-0000-4000-8000-000000000000/", 404),
        ("GET", "/no-such-page/", 404),
        ("POST", "/language/", 302),
        ("GET", "/healthz", 200),
    ],
)
def test_every_answer_is_private_and_runs_nothing_foreign(
    cast, sign_in, method, path, status
):
    response = sign_in(cast.mette).generic(method, path)

    assert response.status_code == status
    policy = dict(
        directive.split(" ", 1)
        for directive in response["Content-Security-Policy"].split("; ")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert "noindex" in response["X-Robots-Tag"]
