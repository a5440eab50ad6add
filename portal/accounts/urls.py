"""The addresses of logging in. Of allauth only what we use: nobody signs up, nobody changes
their address alone, and one page says in how many ways one logs in."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount.providers.saml import views as saml
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from portal.accounts import brokers, oidc, staff_idp
from portal.accounts.sessions import with_a_new_key
from portal.views import account as own
from portal.views import mail_choices, my_data

TO_MITID = {"provider_id": brokers.PROVIDER}
PASSKEYS = [
    path(
        "",
        RedirectView.as_view(pattern_name="mfa_index", query_string=False),
        name="mfa_list_webauthn",
    ),
    path("add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("login/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path(
        "reauthenticate/",
        with_a_new_key(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("keys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("keys/<int:pk>/edit/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
]

urlpatterns = [
    path("", own.my_account, name="my-account"),
    path("mail/", mail_choices.mail_choices, name="mail-choices"),
    path("data/", my_data.my_data, name="my-data"),
    path("sessions/", own.my_sessions, name="my-sessions"),
    path("stay/", own.stay, name="account-stay"),
    path("continue/", own.go_on, name="account-continue"),
    path("login/", account.login, name="account_login"),
    path("logout/", own.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path(
        "reauthenticate/",
        with_a_new_key(account.reauthenticate),
        name="account_reauthenticate",
    ),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path(
        "password/reset/done/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        # The key has hyphens of its own.
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("mitid/", oidc.login, TO_MITID, name="openid_connect_login"),
    path("mitid/back/", oidc.callback, TO_MITID, name="openid_connect_callback"),
    path("saml/<slug:organization_slug>/login/", saml.login, name="saml_login"),
    path("saml/<slug:organization_slug>/acs/", staff_idp.arrival, name="saml_acs"),
    path(
        "saml/<slug:organization_slug>/acs/finish/",
        staff_idp.answer,
        name="saml_finish_acs",
    ),
    path(
        "saml/<slug:organization_slug>/metadata/", saml.metadata, name="saml_metadata"
    ),
    # allauth names it in what it tells the provider; logging out asks first, as always.
    path(
        "saml/<slug:organization_slug>/sls/",
        login_not_required(RedirectView.as_view(url="/account/logout/")),
        name="saml_sls",
    ),
    path("2fa/", own.how_i_log_in, name="mfa_index"),
    path("2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path(
        "2fa/reauthenticate/",
        with_a_new_key(mfa.reauthenticate),
        name="mfa_reauthenticate",
    ),
    path("2fa/totp/", include("allauth.mfa.totp.urls")),
    path("2fa/recovery-codes/", include("allauth.mfa.recovery_codes.urls")),
    path("2fa/webauthn/", include(PASSKEYS)),
]
