"""Staff log a contact, correct it, and follow up on it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from portal import addresses
from relatives import entries, policy
from relatives.actions import contacts as actions
from relatives.actions.tellings import NotToBeTold, log_telling
from relatives.forms.log import CORRECTED_MEANWHILE, ContactForm, CorrectionForm
from relatives.models import Contact
from relatives.views import saving
from residents import ledger

SAVED_BEFORE = gettext_lazy(
    "This contact was saved already, with another text. Save once more if this is to "
    "be an entry of its own."
)


@require_http_methods(["GET", "POST"])
def log_contact(request):
    """The quick log: who, how, and what was said, in ten seconds."""
    if not policy.can_log_contacts(request.user):
        raise PermissionDenied
    form = ContactForm.of(request, asked=request.GET)
    if form.is_valid() and (saved := _log(request, form)):
        return saved
    ledger.read(request.user, form.residents.values(), purpose=ledger.Purpose.CONTACT)
    return render(
        request, "relatives/contact_form.html", {"form": form, "back": _back(request)}
    )


def _log(request, form):
    """The way on if the contact is saved; nothing if the form has something to say."""
    try:
        contact, is_new = log_telling(
            relation=form.relation,
            told=form.told_topics,
            leaving_out_closed=form.is_without_consent,
            resident=form.about,
            uuid=form.number,
            by=request.user,
            **form.answers(),
        )
    except NotToBeTold as refused:
        form.refuse(refused.topics, name=form.person)
        return None
    if not is_new and not form.is_what_was_saved(
        contact, resident=form.about, relation=form.relation
    ):
        form.renew_slip()
        form.add_error(None, SAVED_BEFORE)
        return None
    return _saved(
        request,
        form,
        contact,
        _("The contact is saved."),
        without_consent=form.without_consent(contact),
    )


@require_http_methods(["GET", "POST"])
def correct_contact(request, uuid):
    """A new version of an entry. The old one stays beside it."""
    asked = get_object_or_404(Contact.objects.visible_to(request.user), uuid=uuid)
    contact = asked.versions.select_related(
        *entries.PEOPLE, "resident__department", "first"
    ).first()
    if not policy.can_correct_contact(request.user, contact):
        raise PermissionDenied
    form = CorrectionForm.of(request, contact=contact)
    if form.is_valid():
        try:
            correction = actions.correct_contact(
                contact, uuid=form.number, by=request.user, **form.answers()
            )
            return _saved(request, form, correction, _("The correction is saved."))
        except actions.CorrectedMeanwhile as meanwhile:
            contact = meanwhile.latest
            form.start_over_from(contact)
            form.add_error(None, CORRECTED_MEANWHILE)
    [entry] = entries.of([contact], user=request.user)
    return render(
        request,
        "relatives/contact_correct.html",
        {"form": form, "contact": contact, "entry": entry},
    )


@require_POST
def follow_up(request, uuid):
    """It is done: the relative has heard from us."""
    asked = get_object_or_404(Contact.objects.visible_to(request.user), uuid=uuid)
    contact = asked.versions.select_related("resident__department").first()
    if not policy.can_follow_up(request.user, contact):
        raise PermissionDenied
    actions.follow_up(contact, by=request.user)
    messages.success(request, _("It is marked as followed up."))
    return HttpResponseRedirect(
        addresses.ours(request.POST.get("next"))
        or reverse("relatives:contact", args=[uuid])
    )


def _saved(request, form, contact, said, *, without_consent=()):
    """Back where one was, with a way to put it right."""
    form.forget()
    back = _back(request) or reverse(
        "relatives:resident-contacts", args=[contact.resident.uuid]
    )
    answer = saving.way_on(
        request, contact, said=said, back=back, without_consent=without_consent
    )
    told = form.telling
    if told and contact.topic not in told.topics and not without_consent:
        messages.warning(request, told.warning(contact.get_topic_display()))
    return answer


def _back(request):
    return addresses.ours(request.GET.get("next"))
