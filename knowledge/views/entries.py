"""The short texts of the library: words explained, and who else can help."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knowledge import glossary, policy
from knowledge.actions import pieces
from knowledge.forms.articles import RecallForm
from knowledge.forms.entries import AssociationForm, WordForm
from knowledge.models import Association, Word
from knowledge.views.finding import changeable, home_of, must_belong, one_each


@require_safe
def words(request):
    must_belong(request.user)
    found = one_each(Word.objects.visible_to(request.user), request.user)
    return render(
        request,
        "knowledge/words.html",
        {
            "letters": glossary.by_letter(found),
            "can_write": policy.can_write(request.user),
        },
    )


@require_safe
def associations(request):
    must_belong(request.user)
    found = one_each(Association.objects.visible_to(request.user), request.user)
    return render(
        request,
        "knowledge/associations.html",
        {
            "associations": glossary.in_order(found),
            "can_write": policy.can_write(request.user),
        },
    )


@require_http_methods(["GET", "POST"])
def word_write(request):
    return _write(request, Word, WordForm, "knowledge:words")


@require_http_methods(["GET", "POST"])
def word_change(request, address):
    word = changeable(Word.objects, request.user, address)
    return _write(request, Word, WordForm, "knowledge:words", word)


@require_http_methods(["GET", "POST"])
def word_recall(request, address):
    word = changeable(Word.objects, request.user, address)
    return _recall(request, word, "knowledge:words")


@require_http_methods(["GET", "POST"])
def association_write(request):
    return _write(request, Association, AssociationForm, "knowledge:associations")


@require_http_methods(["GET", "POST"])
def association_change(request, address):
    found = changeable(Association.objects, request.user, address)
    return _write(
        request, Association, AssociationForm, "knowledge:associations", found
    )


@require_http_methods(["GET", "POST"])
def association_recall(request, address):
    found = changeable(Association.objects, request.user, address)
    return _recall(request, found, "knowledge:associations")


def _write(request, model, form_class, back, corrects=None):
    home = home_of(request.user, corrects)
    here = model.objects.in_homes([home.pk])
    if corrects:
        here = here.exclude(address=corrects.address)
    names = [name for name in form_class.base_fields if name != "slip"]
    form = form_class.of(
        request,
        others=here.values_list(form_class.named_by, flat=True),
        initial={name: getattr(corrects, name) for name in names} if corrects else {},
    )
    if form.is_valid():
        try:
            pieces.write(
                model,
                uuid=form.number,
                home=home,
                corrects=corrects,
                by=request.user,
                **form.answers(),
            )
        except pieces.ChangedMeanwhile:
            form.add_error(None, _("Somebody else has corrected it in the meantime."))
        else:
            form.forget()
            messages.success(request, _("It is saved."))
            return redirect(back)
    return render(
        request,
        "knowledge/entry_form.html",
        {"form": form, "corrects": corrects, **_around(model, back)},
    )


def _recall(request, piece, back):
    form = RecallForm(request.POST or None)
    if form.is_valid():
        home = home_of(request.user, piece)
        try:
            pieces.recall(piece, home=home, by=request.user, **form.cleaned_data)
        except pieces.ChangedMeanwhile:
            messages.warning(request, _("It has been corrected in the meantime."))
        else:
            messages.success(request, _("It no longer stands in the list."))
        return redirect(back)
    return render(
        request,
        "knowledge/entry_recall.html",
        {"form": form, "piece": piece, **_around(type(piece), back)},
    )


def _around(model, back):
    label = _("Explained words") if model is Word else _("Associations")
    return {"list_label": label, "list_name": back, "is_word": model is Word}
