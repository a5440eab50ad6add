"""What the home itself adds to the pages of those who run it. See portal.rooms."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal import invitations, lateness, policy, rooms
from portal.models import Employment, User
from portal.rooms import Card, Door, Row


def home_of(user):
    """The home that the user manages something in, or None."""
    jobs = [job for job in user.employments_in_force if job.is_manager]
    # Whoever runs one home and manages a department of another, runs the one.
    jobs.sort(key=lambda job: job.role != Employment.Role.CENTRE_MANAGER)
    return jobs[0].home if jobs else None


def named(selves):
    for pair in User.objects.values_list("name", "email"):
        yield from pair


def role(user):
    return Employment.Role.PROTECTION.label if user.homes_protected else ""


def home(user):
    return next(iter(user.homes_protected), None)


def doors(user):
    if policy.handles_staff(user):
        yield Door(_("Staff"), reverse("staff"), order=80)
    home = home_of(user)
    if home and user.runs(home):
        yield Door(_("The home"), reverse("the-home"), order=90)
    if policy.answers_for_data(user):
        yield Door(_("Data protection"), reverse("data-record"), order=92)


def cards(user):
    home = home_of(user)
    if home and user.runs(home):
        rows = [*_missing(home), *rooms.missing(home)]
        if rows:
            yield Card(_("Still missing in the home"), rows=rows, order=2)
    yield from _why_no_resident(user)


def _why_no_resident(user):
    """What those are here for who work with no resident: nothing else would tell them."""
    role = Employment.Role
    jobs = {job.role for job in user.employments_in_force}
    if role.ADVISER in jobs:
        yield Card(
            _("What you can do here"),
            empty=_(
                "You advise relatives. Here you read the news of the house, so that you "
                "know what they are told. You see no residents, for you do not work with "
                "them, and each resident decides who may see what. When a relative asks "
                "about a resident, let them talk with the department."
            ),
            order=1,
        )
    if user.homes_protected:
        yield Card(
            _("What you can do here"),
            empty=_(
                "You look after people's data. Here you see the logs: who has seen what "
                "about whom, and who has changed what. You see nothing of what is "
                "written about a resident."
            ),
            order=1,
        )
    if role.SYSTEM in jobs:
        yield from _late_mails()
        yield Card(
            _("What you can do here"),
            empty=_(
                "You see to it that the portal runs. That is done on the server and not "
                "on these pages. The centre manager sees to staff, departments and the "
                "texts of the home. You see no residents, for your work does not need it."
            ),
            order=1,
        )


def _late_mails():
    late = lateness.late()
    if late:
        why = (
            _("No mail server takes them. Look at EMAIL_URL and at the log.")
            if late.looked
            else _("Nobody sends them. See whether the worker and the beat run.")
        )
        yield Card(
            _("Mails do not leave"),
            empty=_("The first has waited for %(minutes)s minutes.")
            % {"minutes": late.minutes}
            + f" {why}",
            order=0,
        )


def _missing(home):
    if not home.phone:
        yield Row(
            _("Enter the telephone number of the home"),
            reverse("home-texts"),
            text=_("It stands on every page and in every mail."),
        )
    if not home.departments.open().exists():
        yield Row(_("Add the departments"), reverse("department-add"))
    jobs = Employment.objects.in_force().filter(home=home)
    if jobs.people().count() == 1:
        yield Row(_("Add your colleagues"), reverse("staff-add"))
    outside = jobs.people().outside().count()
    if outside:
        yield Row(
            ngettext(
                "%(count)s colleague has not logged in yet",
                "%(count)s colleagues have not logged in yet",
                outside,
            )
            % {"count": outside},
            reverse("staff") + "?way=outside",
            text=_("An invitation opens for %(days)s days. You can send a new one.")
            % {"days": invitations.GOOD_FOR.days},
        )
