"""What holds for every page: who may keep it, in which language, behind which lock."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _

from portal import drafts, walls
from portal.accounts import mitid

# Where in the session the page waits that somebody could not have without a second factor.
WANTED = "wanted"
# The watchdog's questions, which must be answered while the database is away.
WITHOUT_DATABASE = {"/healthz", "/readyz"}
PERMISSIONS_POLICY = "camera=(self), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


def private_pages(get_response):
    """No browser, proxy or search engine keeps a page of this portal."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault("X-Robots-Tag", "noindex, noarchive")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


class OnlyFromHere:
    """No page of another site draws, frames or sends what is private here.

    A link from elsewhere leads in, as from a mail: that is a whole page that somebody goes
    to. Browsers say themselves who asks (W3C, Fetch Metadata); what says nothing is no
    browser of today, and has the other walls before it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        # Who is expected from elsewhere says so: a mail program that stops a mail.
        if _asked_by_another_site(request) and not getattr(view, "csrf_exempt", False):
            raise PermissionDenied


def _asked_by_another_site(request):
    """Also a neighbour below the same domain, which is another site to us."""
    if request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin"):
        return False
    goes_there = (
        request.method in ("GET", "HEAD")
        and request.headers.get("Sec-Fetch-Mode") == "navigate"
        and request.headers.get("Sec-Fetch-Dest") == "document"
    )
    return not goes_there


def danish_first(get_response):
    """Danish, until the reader has chosen otherwise: browsers say "en" unasked."""
    known = dict(settings.LANGUAGES)

    def middleware(request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in known else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = get_response(request)
            # Lazily drawn pages too: they are drawn in the reader's language.
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def behind_the_wall(get_response):
    """From here on the database itself hides what whoever is logged in may not see.

    Whoever logs in by this very request is still nobody to it. Where somebody sees the
    portal as a relative, the reader stays who they are: they see no more by it.
    """

    def middleware(request):
        if request.path in WITHOUT_DATABASE:
            return get_response(request)
        known = settings.SESSION_COOKIE_NAME in request.COOKIES
        walls.raise_for(connection, request.user.pk if known else None)
        try:
            return get_response(request)
        finally:
            walls.lower(connection)

    return middleware


class KeepWhatWasWritten:
    """A form sent after the session ran out is kept as its author's draft.

    LoginRequiredMiddleware would send the person to the log-in page and forget the text,
    and afterwards to an address that may not be for reading. And a text written by one
    person is never taken for another's, who has logged in on the same PC.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method != "POST" or not getattr(view, "login_required", True):
            return None
        if not request.user.is_authenticated:
            kept = drafts.rescue(request)
            # What keeps itself while one writes comes again and again, and says so there.
            if kept and request.accepts("text/html"):
                messages.info(
                    request,
                    _(
                        "You had been logged out. What you wrote is kept: log in, and it is there."
                    ),
                )
            return redirect_to_login(kept or drafts.came_from(request))
        author, _number = drafts.slip_of(request)
        if author is None or author == request.user.pk:
            return None
        drafts.rescue(request)
        messages.warning(
            request,
            _("That was written by somebody else. It is kept for them, not for you."),
        )
        return redirect("home")


class SecondFactorMiddleware:
    """A password alone lets nobody in, except in a home to click around in.

    Datatilsynet, 14 March 2024: internet-facing access to personal data should not be
    possible with user name and password only.
    """

    # Where somebody without a second factor may go: to set one up, and out.
    OPEN = (
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "openid_connect_login",
        "openid_connect_callback",
        "saml_login",
        "saml_acs",
        "saml_finish_acs",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_index",
        "account_logout",
        "account_reauthenticate",
        "account_login",
        "account-stay",
        "mail-stop",
        "privacy",
        "accessibility",
        "was",
        "was-too",
        "set-language",
        "healthz",
        "readyz",
    )

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if (
            settings.TRYING_OUT
            or request.resolver_match.url_name in self.OPEN
            or not request.user.is_authenticated
            or is_mfa_enabled(request.user)
            or mitid.logged_in_by(request, request.user)
        ):
            return None
        if request.method == "GET":
            request.session[WANTED] = request.get_full_path()
        return redirect("mfa_index")
