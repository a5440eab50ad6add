"""What the parties expect of one another, and when they talk again, as rows of the paper."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from meetings.models import Expectation, FirstTalk
from meetings.papers import days
from meetings.papers.agreements import SHORT

ORDER = list(Expectation.Party)
# Whose words stand beside the home's own when they see a wish differently.
SAYS = {
    Expectation.Party.RESIDENT: lambda: _("The resident says:"),
    Expectation.Party.RELATIVES: lambda: _("The relative says:"),
    Expectation.Party.HOME: lambda: _("The other party says:"),
}


def wishes(resident, *, by):
    """Those that stand, a party after the other, each with what was answered to it."""
    found = (
        Expectation.objects.visible_to(by)
        .filter(resident=resident)
        .standing()
        .with_answers()
    )
    rows = sorted(found, key=lambda wish: (ORDER.index(wish.party), wish.relation_id))
    return [_wish(wish) for wish in rows]


def _wish(wish):
    reply, differences = wish.answer, wish.disagreements.all()
    texts = [wish.text, reply.because if reply else ""]
    return {
        # What it is recognised by in a later version.
        "wish": wish.pk,
        "relation": wish.relation_id,
        "of": _whose(wish),
        "at": wish.recorded_at.isoformat(),
        "text": wish.text,
        "answer": capfirst(str(reply.get_kind_display())) if reply else "",
        "because": reply.because if reply else "",
        "answered": days.day(reply.recorded_at) if reply else "",
        "theirs_by": SAYS[wish.party](),
        "differences": [_difference(one) for one in differences],
        "short": all(len(text) <= SHORT for text in texts),
    }


def _whose(wish):
    if not wish.relation:
        return capfirst(str(wish.get_party_display()))
    return f"{wish.relation.relative} ({wish.relation.get_kind_display()})"


def _difference(one):
    texts = [one.their_words, one.our_words]
    return {
        "theirs": one.their_words,
        "ours": one.our_words,
        "next": days.day(one.next_talk_on),
        "talked": days.day(one.talked_on) if one.talked_on else "",
        "outcome": one.outcome,
        "short": all(len(text) <= SHORT for text in texts),
    }


def talks(conversation):
    """The follow-up talks of the first hundred days: when, and what became of each.

    What was said in them stands in minutes of their own.
    """
    return [
        {
            "talk": talk.number,
            "when": _("%(number)s days after moving in") % {"number": talk.number},
            "day": days.day(talk.due_on),
            "state": _state(talk),
        }
        for talk in conversation.first_talks.all()
    ]


def _state(talk):
    if talk.status == FirstTalk.Status.TO_DO:
        return _("To be held")
    word = str(talk.get_status_display())
    return f"{capfirst(word)} {days.day(talk.settled_on)}"
