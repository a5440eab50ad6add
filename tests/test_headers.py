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
    # The same by the code of a letter; tries are paused.
    "invitation-code",
    # The same for staff, by their own provider, and the way there and back: what comes back
    # is signed, and asked for by this browser.
    "invitation-work",
    "saml_login",
    "saml_acs",
    "saml_finish_acs",
    "saml_metadata",
    "saml_sls",
    # What the law wants everybody to be able to read.
    "privacy",
    "accessibility",
    "was",
    "was-too",
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


BO = "/residents/"


@pytest.mark.parametrize(
    ("site", "mode", "dest", "status"),
    [
        # An old browser; typed or from a bookmark; from the portal itself.
        (None, None, None, 200),
        ("none", "navigate", "document", 200),
        ("same-origin", "no-cors", "image", 200),
        # A link in a mail.
        ("cross-site", "navigate", "document", 200),
        # A picture, a frame, a script on another page, also of a neighbour.
        ("cross-site", "no-cors", "image", 403),
        ("cross-site", "navigate", "iframe", 403),
        ("cross-site", "navigate", "object", 403),
        ("cross-site", "cors", "empty", 403),
        ("same-site", "no-cors", "image", 403),
    ],
)
def test_another_site_gets_no_page_to_show(cast, sign_in, site, mode, dest, status):
    said = {"sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest}
    headers = {name: one for name, one in said.items() if one}

    assert sign_in(cast.mette).get(BO, headers=headers).status_code == status


@pytest.mark.parametrize(
    ("site", "status"), [("same-origin", 302), ("cross-site", 403)]
)
def test_another_site_sends_no_form(cast, sign_in, site, status):
    answer = sign_in(cast.mette).post(
        "/language/",
        {"language": "da"},
        headers={
            "sec-fetch-site": site,
            "sec-fetch-mode": "navigate",
            "sec-fetch-dest": "document",
        },
    )

    assert answer.status_code == status
