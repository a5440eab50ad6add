"""What was asked before about one relative, and answered: a sentence a question."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from consent.models import Consent, ConsentTalk

Closed = Consent.Closed


def sentences(relation):
    """The last answer to each question, also one that was stopped or in error.

    Answers a dict of (topic, action) and a sentence.
    """
    answers = {(one.topic, one.action): one for one in _answers(relation)}
    return {question: sentence(one) for question, one in answers.items()}


def newest(relation, topic, action):
    return _answers(relation).filter(topic=topic, action=action).last()


def sentence(consent):
    """How the question stands, in a line for staff. `consent` as _answers() reads it."""
    said = {
        "answer": consent.get_answer_display(),
        "day": _day(consent.closed_at or consent.given_at),
        "who": consent.closed_by or consent.talk.recorded_by,
        "from": _day(consent.starts_at),
        "until": date_format(consent.last_day),
    }
    if consent.closed_because == Closed.WITHDRAWN:
        return _("Last time: stopped %(day)s (%(who)s).") % said
    if consent.closed_because == Closed.IN_ERROR:
        return _("Last time: recorded in error, %(day)s (%(who)s).") % said
    if consent.has_lapsed:
        return _("Last time: yes, ran out %(until)s.") % said
    if consent.starts_later:
        return (
            _("Yes, from %(from)s until and including %(until)s (%(who)s, %(day)s).")
            % said
        )
    if consent.answer == Consent.Answer.YES and not consent.holds:
        return _("Last time: yes, which holds no longer (%(who)s, %(day)s).") % said
    if consent.answer == Consent.Answer.YES:
        return _("Now: yes, until and including %(until)s (%(who)s, %(day)s).") % said
    return _("Now: %(answer)s (%(who)s, %(day)s).") % said


def meanwhile(consent):
    """That the question was answered while somebody filled in the form."""
    said = {"sentence": sentence(consent)}
    return (
        _("This was answered while you wrote. %(sentence)s Save again if yours holds.")
        % said
    )


def doubts(relation):
    """Earlier doubt whether questions were understood: a sentence, or none."""
    talk = (
        ConsentTalk.objects.filter(
            resident=relation.resident_id,
            capacity__in=[ConsentTalk.Capacity.DOUBT, ConsentTalk.Capacity.NOT],
        )
        .exclude(capacity_note="")
        .first()
    )
    if talk:
        yield _("%(day)s there was doubt whether the questions were understood.") % {
            "day": _day(talk.recorded_at)
        }


def _answers(relation):
    return (
        relation.consents.with_holds()
        .select_related("talk__recorded_by", "closed_by")
        .order_by("given_at", "pk")
    )


def _day(instant):
    return date_format(localtime(instant), "SHORT_DATE_FORMAT")
