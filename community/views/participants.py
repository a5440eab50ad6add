"""Who else takes part in an enquiry: another relative, by name and with consent."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community import readers
from community.actions import participants as actions
from community.forms.answering import LetInForm
from community.views.work import enquiry_for
from relatives.models import Relation


@require_http_methods(["GET", "HEAD", "POST"])
def people(request, uuid):
    found = enquiry_for(request, uuid)
    form = LetInForm.of(request, relations=readers.who_could_take_part(found))
    if form.is_valid():
        try:
            actions.let_in(found, relation=form.chosen, by=request.user)
        except actions.NotToBeLetIn:
            form.add_error(
                "relation", _("The resident does not share this with them any more.")
            )
        else:
            form.forget()
            messages.success(request, _("Both are told that they take part."))
            return redirect("community:enquiry", found.uuid)
    return render(
        request,
        "community/people.html",
        {
            "enquiry": found,
            "resident": found.resident,
            "form": form,
            "people": readers.participants(found),
        },
    )


@require_POST
def person_end(request, uuid, relation):
    found = enquiry_for(request, uuid)
    relation = get_object_or_404(
        Relation.objects.visible_to(request.user).filter(resident=found.resident),
        uuid=relation,
    )
    actions.leave(found, relation=relation, by=request.user)
    messages.success(request, _("They take part no more."))
    return redirect("community:enquiry-people", found.uuid)
