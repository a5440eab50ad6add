from django.urls import include, path

from portal import views
from portal.views import (
    data_protection,
    drawings,
    house,
    invitations,
    mail_choices,
    privacy,
    staff,
)

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
    path("privacy/", privacy.privacy, name="privacy"),
    path("privacy/mine/", privacy.my_privacy, name="my-privacy"),
    path("accessibility/", privacy.accessibility, name="accessibility"),
    # Where the law's own checker looks for the statement.
    path("was", privacy.was, name="was"),
    path("was/", privacy.was, name="was-too"),
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
    path("home/data/", data_protection.data_record, name="data-record"),
    path(
        "home/data/paper/", data_protection.data_record_paper, name="data-record-paper"
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
        "home/staff/<uuid:uuid>/letter/", staff.employee_letter, name="employee-letter"
    ),
    path(
        "home/staff/<uuid:uuid>/log-out/",
        staff.employee_log_out,
        name="employee-log-out",
    ),
    path(
        "home/staff/<uuid:uuid>/forget-codes/",
        staff.employee_forget_codes,
        name="employee-forget-codes",
    ),
    path("i/", invitations.invitation_code, name="invitation-code"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path(
        "invitation/<str:token>/mitid/",
        invitations.invitation_by_mitid,
        name="invitation-mitid",
    ),
    path(
        "invitation/<str:token>/work/",
        invitations.invitation_by_work,
        name="invitation-work",
    ),
    path("mail/stop/<str:token>/", mail_choices.mail_stop, name="mail-stop"),
    path("account/", include("portal.accounts.urls")),
]
