"""Who works here: employed, invited, ended. For those who manage them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from portal import actions, bounces, house, invitations, letters, policy, searching
from portal.accounts import helping
from portal.house_forms import EmployForm, EndForm, JobForm, PersonForm
from portal.models import Employment

A_PAGE = 50


def _home_staffed_by(user):
    if not policy.handles_staff(user):
        raise PermissionDenied
    return house.home_of(user)


def _person(request, uuid):
    people = Employment.objects.handled_by(request.user).people()
    return get_object_or_404(people, uuid=uuid)


def _job(request, uuid):
    jobs = Employment.objects.handled_by(request.user).select_related(
        "user", "home", "department"
    )
    return get_object_or_404(jobs, uuid=uuid)


@require_safe
def staff_list(request):
    """The staff that one handles: at work, or gone."""
    home = _home_staffed_by(request.user)
    handled = Employment.objects.handled_by(request.user).filter(home=home)
    way = request.GET.get("way", "")
    at_work = handled.exclude(pk__in=handled.over())
    people = at_work.people()
    if way == "gone":
        people = handled.people().exclude(pk__in=people)
    elif way == "outside":
        people = people.outside()
    search = searching.asked(request)
    people = searching.with_words(people, search, "name", "email")
    jobs = handled.select_related("department").order_by("-starts_on", "-pk")
    page = Paginator(
        people.prefetch_related(Prefetch("employments", jobs, to_attr="jobs")), A_PAGE
    ).get_page(request.GET.get("page"))
    states = invitations.states(page.object_list)
    rows = [(person, states[person]) for person in page.object_list]
    return render(
        request,
        "staff/staff_list.html",
        {"page": page, "rows": rows, "way": way, "search": search},
    )


@require_http_methods(["GET", "POST"])
def staff_add(request):
    """Somebody new: who, as what, where, from when."""
    home = _home_staffed_by(request.user)
    form = EmployForm.of(
        request,
        roles=policy.roles_to_give(request.user, home),
        departments=policy.departments_to_staff(request.user, home),
    )
    if form.is_valid():
        job = actions.employ(home=home, by=request.user, **form.answers())
        form.forget()
        messages.success(
            request, _("%(name)s has been added.") % {"name": job.user.name}
        )
        return redirect("employee", uuid=job.user.uuid)
    return render(request, "staff/employ_form.html", {"form": form})


@require_safe
def employee(request, uuid):
    """One colleague: the jobs, and the way in."""
    person = _person(request, uuid)
    mine = [job.home_id for job in request.user.employments_in_force if job.is_manager]
    # What somebody does in another home is not this home's to know.
    jobs = person.employments.filter(home__in=mine).select_related("home", "department")
    return render(
        request,
        "staff/employee.html",
        {
            "person": person,
            "refused": bounces.of(person),
            "jobs": [
                (job, policy.can_end_employment(request.user, job) and not job.is_over)
                for job in jobs.order_by("-starts_on", "-pk")
            ],
            "state": invitations.states([person])[person],
            "latest": person.invitations.first(),
            "can_change": policy.can_change_person(request.user, person),
        },
    )


@require_http_methods(["GET", "POST"])
def employee_edit(request, uuid):
    person = _person(request, uuid)
    if not policy.can_change_person(request.user, person):
        raise PermissionDenied
    form = PersonForm(
        request.POST or None,
        person=person,
        initial={"name": person.name, "email": person.email},
    )
    if form.is_valid():
        actions.change_person(person, by=request.user, **form.cleaned_data)
        messages.success(request, _("The change is saved."))
        return redirect("employee", uuid=uuid)
    return render(request, "staff/person_form.html", {"form": form, "person": person})


@require_http_methods(["GET", "POST"])
def job_add(request, uuid):
    """One more job for somebody who works here already, or comes back."""
    person = _person(request, uuid)
    home = _home_staffed_by(request.user)
    form = JobForm.of(
        request,
        roles=policy.roles_to_give(request.user, home),
        departments=policy.departments_to_staff(request.user, home),
    )
    if form.is_valid():
        actions.employ(
            home=home,
            name=person.name,
            email=person.email,
            by=request.user,
            invite=False,
            **form.answers(),
        )
        form.forget()
        messages.success(request, _("The job is saved."))
        return redirect("employee", uuid=uuid)
    return render(request, "staff/job_form.html", {"form": form, "person": person})


@require_http_methods(["GET", "POST"])
def job_end(request, uuid):
    """The last day of a job."""
    job = _job(request, uuid)
    if not policy.can_end_employment(request.user, job):
        raise PermissionDenied
    form = EndForm(request.POST or None)
    if form.is_valid():
        try:
            actions.end_employment(job, by=request.user, **form.cleaned_data)
        except actions.LastCentreManager:
            form.add_error(
                None,
                _(
                    "Nobody else runs the home. Add another centre manager first, "
                    "without a last day."
                ),
            )
        else:
            messages.success(request, _("The last day is saved."))
            return redirect("staff")
    return render(request, "staff/end_form.html", {"form": form, "job": job})


@require_POST
def employee_invite(request, uuid):
    person = _person(request, uuid)
    if not person.is_active:
        raise PermissionDenied
    invitations.invite(person, by=request.user)
    messages.success(
        request,
        _("An invitation has been sent to %(email)s.") % {"email": person.email},
    )
    return redirect("employee", uuid=uuid)


@require_POST
def employee_letter(request, uuid):
    """The invitation on paper, to be handed over. Each print has a new code."""
    person = _person(request, uuid)
    if not person.is_active:
        raise PermissionDenied
    return letters.answer(
        request, lambda: invitations.print_for(person, by=request.user)
    )


@require_POST
def employee_forget_codes(request, uuid):
    """For a colleague who has lost the telephone: log in without a code, once."""
    person = _person(request, uuid)
    if not policy.can_change_person(request.user, person):
        raise PermissionDenied
    actions.forget_second_factor(person, by=request.user)
    messages.success(
        request,
        _("%(name)s sets up codes again at the next log-in.") % {"name": person.name},
    )
    return redirect("employee", uuid=uuid)


@require_POST
def employee_log_out(request, uuid):
    """For a colleague at whose telephone or computer somebody else has been."""
    person = _person(request, uuid)
    if not policy.can_change_person(request.user, person):
        raise PermissionDenied
    helping.log_out(person, by=request.user)
    messages.success(
        request, _("%(name)s is logged out everywhere.") % {"name": person.name}
    )
    return redirect("employee", uuid=uuid)
