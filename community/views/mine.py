"""Enquiries as those who ask see them: relatives, and residents in easy words."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community import finding, policy, readers
from community.actions import enquiries as actions
from community.forms.asking import AskForm, GoOnForm, OwnAskForm
from community.models import Desk, Enquiry
from portal import clock
from residents.models import Resident

A_LIST = 100


@require_safe
def mine(request):
    """What one has asked, the newest first; to a resident also what others asked."""
    easy = _is_easy(request.user)
    found = Enquiry.objects.to_read_outside(request.user).select_related(
        "resident", "relation__relative"
    )
    enquiries = finding.named(request.user, found[:A_LIST])
    several = len({one.resident_id for one in enquiries}) > 1
    return render(
        request,
        "community/my_enquiries_easy.html" if easy else "community/my_enquiries.html",
        {"enquiries": enquiries, "several": several},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """Write to the department. Received at any hour; the page says when it is read."""
    return _ask_oneself(request) if _is_easy(request.user) else _ask(request)


def _ask(request):
    relations = finding.to_write_about(request.user)
    if not relations:
        raise PermissionDenied
    form = AskForm.of(request, relations=relations)
    if form.is_valid():
        return _sent(request, form, **form.answers())
    departments = {one.resident.department for one, _label in relations}
    return render(
        request,
        "community/ask.html",
        {"form": form, "promises": [_promise(one) for one in departments]},
    )


def _ask_oneself(request):
    resident = get_object_or_404(
        Resident.objects.of(request.user)
        .living_here()
        .select_related("department__home")
    )
    form = OwnAskForm.of(request)
    if form.is_valid():
        return _sent(request, form, resident=resident, relation=None, **form.answers())
    return render(request, "community/ask_easy.html", {"form": form})


def _sent(request, form, **asked):
    enquiry = actions.send(uuid=form.number, by=request.user, **asked)
    form.forget()
    return redirect("community:my-enquiry", enquiry.uuid)


@require_safe
def my_enquiry(request, uuid):
    """The receipt, and later the answer: one page, so that nobody need look for it."""
    enquiry = get_object_or_404(
        Enquiry.objects.to_read_outside(request.user).with_people(), uuid=uuid
    )
    [enquiry] = finding.named(request.user, [enquiry])
    thread = finding.thread(request.user, enquiry)
    easy = _is_easy(request.user)
    desk = Desk.of(enquiry.resident.department)
    newest = [one for one in thread.messages if one.is_question][-1:]
    waits = newest and enquiry.status == Enquiry.Status.RECEIVED
    read_at = desk.read_at(newest[0].recorded_at) if waits else None
    return render(
        request,
        "community/my_enquiry_easy.html" if easy else "community/my_enquiry.html",
        {
            "enquiry": enquiry,
            "thread": thread,
            "is_sender": policy.is_sender(request.user, enquiry),
            "can_write": policy.can_write_more(request.user, enquiry),
            "read_at": read_at if read_at and read_at > clock.now() else None,
            "others": readers.others_for(request.user, enquiry),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def write(request, uuid):
    """Go on with it: an answer to our answer, or what one forgot."""
    enquiry = get_object_or_404(
        Enquiry.objects.to_read_outside(request.user).with_people(), uuid=uuid
    )
    if not policy.can_write_more(request.user, enquiry):
        raise PermissionDenied
    [enquiry] = finding.named(request.user, [enquiry])
    form = GoOnForm.of(request)
    if form.is_valid():
        try:
            actions.go_on(enquiry, uuid=form.number, by=request.user, **form.answers())
        except actions.NotToBeGoneOnWith:
            form.add_error(None, _("You can read it here, but write no more in it."))
        else:
            form.forget()
            messages.success(request, _("Thank you. The staff have got it."))
            return redirect("community:my-enquiry", enquiry.uuid)
    easy = _is_easy(request.user)
    return render(
        request,
        "community/my_write_easy.html" if easy else "community/my_write.html",
        {"enquiry": enquiry, "form": form},
    )


def _promise(department):
    """When the staff of a department read what is sent now, and by when they answer."""
    now = clock.now()
    read_at = Desk.of(department).read_at(now)
    by = department.home.answers_by(read_at.astimezone(clock.DENMARK).date())
    return {
        "department": department,
        "read_at": read_at if read_at > now else None,
        "answer_by": by,
    }


def _is_easy(user):
    """Whether the reader is a resident here; raises PermissionDenied for staff alone."""
    if getattr(user, "relative", None):
        return False
    if getattr(user, "resident", None):
        return True
    raise PermissionDenied
