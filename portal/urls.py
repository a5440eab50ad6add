from allauth.account import views as account
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from portal import views
from portal.views import account as own
from portal.views import drawings, house, invitations, mail_choices, staff

handler400 = "portal.errors.bad_request"
handler500 = "portal.errors.server_error"

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("residents.urls")),
    path("", include("relatives.urls")),
    path("", include("consent.urls")),
    path("", include("meetings.urls")),
    path("", include("news.urls")),
    path("", include("community.urls")),
    path("", include("knowledge.urls")),
    path("papers/<uuid:uuid>/", drawings.drawing, name="drawing"),
    path("papers/<uuid:uuid>/again/", drawings.drawing_again, name="drawing-again"),
    path("papers/<uuid:uuid>/file/", drawings.drawing_file, name="drawing-file"),
    path("drafts/", views.draft, name="draft"),
    path("drafts/forget/", views.draft_forget, name="draft-forget"),
    path("language/", views.set_language, name="set-language"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("home/", house.the_home, name="the-home"),
    path("home/texts/", house.home_texts, name="home-texts"),
    path("home/departments/add/", house.department_add, name="department-add"),
    path("home/departments/<uuid:uuid>/", house.department_edit, name="department"),
    path(
        "home/departments/<uuid:uuid>/close/",
        house.department_close,
        name="department-close",
    ),
    path("home/staff/", staff.staff_list, name="staff"),
    path("home/staff/add/", staff.staff_add, name="staff-add"),
    path("home/staff/<uuid:uuid>/", staff.employee, name="employee"),
    path("home/staff/<uuid:uuid>/edit/", staff.employee_edit, name="employee-edit"),
    path("home/staff/<uuid:uuid>/jobs/add/", staff.job_add, name="job-add"),
    path("home/jobs/<uuid:uuid>/end/", staff.job_end, name="job-end"),
    path(
        "home/staff/<uuid:uuid>/invite/", staff.employee_invite, name="employee-invite"
    ),
    path(
        "home/staff/<uuid:uuid>/forget-codes/",
        staff.employee_forget_codes,
        name="employee-forget-codes",
    ),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("account/", own.my_account, name="my-account"),
    path("account/mail/", mail_choices.mail_choices, name="mail-choices"),
    path("mail/stop/<str:token>/", mail_choices.mail_stop, name="mail-stop"),
    path("account/sessions/", own.my_sessions, name="my-sessions"),
    path("account/stay/", own.stay, name="account-stay"),
    path("account/continue/", own.go_on, name="account-continue"),
    # Of allauth only what we use: nobody signs up, nobody changes address alone.
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", own.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path(
        "account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"
    ),
    path(
        "account/password/change/",
        account.password_change,
        name="account_change_password",
    ),
    path(
        "account/password/reset/", account.password_reset, name="account_reset_password"
    ),
    path(
        "account/password/reset/done/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        # The key has hyphens of its own.
        r"^account/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "account/password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # One page says how one logs in, and needs no other that lists the passkeys.
    path(
        "account/2fa/webauthn/",
        RedirectView.as_view(pattern_name="mfa_index"),
        name="mfa_list_webauthn",
    ),
    path("account/2fa/", include("allauth.mfa.urls")),
]
