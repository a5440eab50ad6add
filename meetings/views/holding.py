from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meetings import policy, preparing, sheet
from meetings.actions import holding
from meetings.forms.agreeing import AgreementOfTalkForm
from meetings.forms.finishing import FinishForm
from meetings.forms.holding import SectionForm
from meetings.models import Preparation
from meetings.views.finding import conversation_for
from relatives.views.agreement_changes import who_reads
from relatives.views.finding import standing_relations
from residents import ledger


@require_http_methods(["GET", "HEAD", "POST"])
def section(request, uuid, key):
    """One section: what is asked, what was said, and what others have just written."""
    conversation = conversation_for(request, uuid, policy.can_write)
    pages = sheet.of(conversation)
    place = next((i for i, p in enumerate(pages) if p.section.key == key), None)
    if place is None:
        raise Http404
    _put_beside(request.user, conversation, pages, place)
    pages[place].with_agreements(
        conversation.agreements_made.select_related("agreement")
    )
    form = SectionForm.of(request, page=pages[place])
    status = 200
    if form.is_valid():
        try:
            holding.save_answers(conversation, said=form.said, by=request.user)
        except holding.Overtaken as quicker:
            form.show_theirs(quicker.answers)
            status = 409
        except holding.PassedOver as gap:
            form.show_gap(gap.questions)
        else:
            form.forget()
            messages.success(
                request, _("Saved: %(section)s.") % {"section": pages[place].section}
            )
            return redirect(_after(request, conversation, pages, place))
    return _draw(request, conversation, pages, place, form, status)


def _put_beside(user, conversation, pages, place):
    """What somebody has prepared stands beside the question."""
    found = list(
        Preparation.objects.visible_to(user)
        .filter(conversation=conversation)
        .sent()
        .with_answers()
    )
    ledger.read(user, found, purpose=ledger.Purpose.MEETING)
    if found:
        keys = {(p.section.key, one.question.key) for p in pages for one in p.lines}
        prepared = preparing.beside(
            found,
            pages[place],
            is_first=place == 0,
            keys=keys,
            own=preparing.own_of(conversation),
        )
        pages[place].stand_beside(prepared)


def _after(request, conversation, pages, place):
    """The next section, an agreement about one answer, or back to all of them."""
    keys = [line.question.key for line in pages[place].lines]
    if request.POST.get("agree") in keys:
        about = f"{pages[place].section.key}/{request.POST['agree']}"
        address = reverse("meetings:agreement", args=[conversation.uuid])
        return f"{address}?{urlencode({'about': about})}"
    if "next" in request.POST and place + 1 < len(pages):
        key = pages[place + 1].section.key
        return reverse("meetings:section", args=[conversation.uuid, key])
    return reverse("meetings:move-in", args=[conversation.resident.uuid])


def _draw(request, conversation, pages, place, form, status):
    return render(
        request,
        "meetings/section_form.html",
        {
            "conversation": conversation,
            "resident": conversation.resident,
            "page": pages[place],
            "number": place + 1,
            "count": len(pages),
            "next_page": pages[place + 1] if place + 1 < len(pages) else None,
            "form": form,
        },
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request, uuid):
    """An agreement that comes out of the conversation."""
    conversation = conversation_for(request, uuid, policy.can_write)
    resident = conversation.resident
    section, line = _about(conversation, request.GET.get("about", ""))
    form = AgreementOfTalkForm.of(
        request,
        resident=resident,
        relations=standing_relations(request.user, resident),
        answer=line and line.answer,
    )
    back = reverse("meetings:move-in", args=[resident.uuid])
    if line:
        back = reverse("meetings:section", args=[conversation.uuid, section.key])
    if form.is_valid():
        holding.agree(
            conversation,
            uuid=form.number,
            by=request.user,
            question=line and line.question,
            **form.answers(),
        )
        form.forget()
        messages.success(request, _("The agreement is recorded."))
        return redirect(back)
    context = {"conversation": conversation, "resident": resident, "form": form}
    context |= {"back": back, "answer": line and line.answer}
    context |= {"who_reads": who_reads(resident)}
    return render(request, "meetings/agreement_form.html", context)


def _about(conversation, key):
    """The section and the line whose answer becomes an agreement; None if none does."""
    for page in sheet.of(conversation):
        for line in page.lines:
            if key == f"{page.section.key}/{line.question.key}" and line.is_answered:
                return page.section, line
    return None, None


@require_http_methods(["GET", "HEAD", "POST"])
def finish(request, uuid):
    """It has been held. What the minimum standard asks must have an answer first."""
    conversation = conversation_for(request, uuid, policy.can_finish)
    missing = sheet.missing(sheet.of(conversation))
    form = FinishForm.of(request, conversation=conversation)
    if not missing and form.is_valid():
        try:
            holding.finish(conversation, by=request.user, **form.answers())
        except holding.PassedOver:
            # Somebody has emptied an answer in the very same moment.
            missing = sheet.missing(sheet.of(conversation))
        else:
            form.forget()
            messages.success(request, _("The conversation is finished."))
            warn_of_those_without_a_yes(request, conversation)
            return redirect("meetings:move-in", conversation.resident.uuid)
    return render(
        request,
        "meetings/finish_form.html",
        {
            "conversation": conversation,
            "resident": conversation.resident,
            "missing": missing,
            "form": form,
        },
    )


def warn_of_those_without_a_yes(request, conversation):
    """Who came although the yes had been taken back has heard what they heard."""
    conversation.refresh_from_db()
    record = reverse("consent:disclosure-record", args=[conversation.resident.uuid])
    for person in conversation.participants.with_names():
        if (
            person.relation
            and person.was_there
            and not person.ground_at(conversation.at)
        ):
            messages.warning(
                request,
                format_html(
                    '{} <a href="{}?relation={}&amp;topic=meetings">{}</a>',
                    _("%(name)s was there, and no yes of the resident held that day.")
                    % {"name": person},
                    record,
                    person.relation.uuid,
                    _("Record what was told without consent"),
                ),
            )
