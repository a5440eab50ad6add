"""What residents answer on their own page, alone or together with an employee."""

import datetime as dt
import uuid as uuids

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils.translation import gettext as _

from consent import texts
from consent.actions.answers import record_answer, record_talk, withdraw
from consent.actions.asking import RecordedBefore, record_asked
from consent.besides import Said
from consent.models import Consent, ConsentTalk
from portal import clock
from relatives.models import Relation

# Both let a relative know: what one may see, staff may also say.
LET_KNOW = (Consent.Action.SEE, Consent.Action.BE_TOLD)
# A slip of the finger is put right at once; later the question is asked anew.
UNDONE_WITHIN = dt.timedelta(hours=1)


class AnsweredMeanwhile(Exception):
    """The question has another answer than the one that stood when the page was drawn."""


def last_day_of_a_yes():
    """A year, and not a day more: the last day on which a yes given today holds."""
    return clock.today() + relativedelta(years=1, days=-1)


@transaction.atomic
def answer_question(*, relation, topic, answer, stood, shown, uuid, by, together):
    """Record the answer to one question, as it stood on the resident's page.

    `stood` is the uuid of the answer that stood when the page was drawn, or "". `shown` is
    what the page said, word for word. The same `uuid` again is the same answer. A no
    takes effect whatever has happened meanwhile; anything else raises AnsweredMeanwhile.
    Answers the consent.
    """
    Relation.objects.select_for_update().get(pk=relation.pk)
    pressed_before = ConsentTalk.objects.filter(uuid=uuid, recorded_by=by).exists()
    if not pressed_before and answer != Consent.Answer.NO:
        _stands_as_shown(relation, topic, stood)
    said = {
        "relation": relation,
        "how": _how(shown, together=together),
        "said": [Said(topic, answer)],
        "ends_at": clock.midnight(last_day_of_a_yes() + dt.timedelta(days=1)),
        "by": by,
    }
    try:
        talk = record_asked(uuid=uuid, **said)
    except RecordedBefore as changed_their_mind:
        if answer != Consent.Answer.NO:
            raise AnsweredMeanwhile from changed_their_mind
        talk = record_asked(uuid=uuids.uuid4(), **said)
    if answer != Consent.Answer.YES:
        _stop(relation, by=by, together=together, topic=topic, action__in=LET_KNOW)
    return talk.answers.get(relation=relation, topic=topic)


@transaction.atomic
def stop_topic(*, relation, topic, by, together):
    """The relative learns nothing more about the topic, in whatever way. From now."""
    return _stop(relation, by=by, together=together, topic=topic, action__in=LET_KNOW)


@transaction.atomic
def stop_everything(*, relation, by, together):
    """No consent about this relative opens anything more. From now."""
    return _stop(relation, by=by, together=together)


@transaction.atomic
def undo(consent, *, shown, uuid, by, together):
    """Let the question stand as it did before this answer, or before this stop.

    A new row that opens no more than the earlier one did, and no longer. Where nothing
    stood before, the resident does not know yet. Raises AnsweredMeanwhile if the
    question has been answered since, or if it is too late for a mere press of a button.
    """
    Relation.objects.select_for_update().get(pk=consent.relation_id)
    done = ConsentTalk.objects.filter(uuid=uuid, recorded_by=by).first()
    if done:
        return done.answers.get()
    consent = Consent.objects.get(pk=consent.pk)
    if not can_be_undone(consent) or not _is_last(consent):
        raise AnsweredMeanwhile
    earlier = consent if consent.closed_at else consent.replaces
    talk = record_talk(
        resident=consent.relation.resident,
        uuid=uuid,
        by=by,
        **_how(shown, together=together, undone=True),
    )
    return record_answer(
        talk=talk,
        relation=consent.relation,
        topic=consent.topic,
        by=by,
        **_as_before(earlier),
    )


def can_be_undone(consent):
    """Whether the answer, or the stop to it, is so new that it may be a slip."""
    closed = consent.closed_because
    if closed and closed != Consent.Closed.WITHDRAWN:
        return False
    return (consent.closed_at or consent.given_at) > clock.now() - UNDONE_WITHIN


def _is_last(consent):
    """No answer to the question stands but this one, if it stands."""
    standing = _standing(consent.relation, consent.topic)
    return standing == (None if consent.closed_at else consent)


def _as_before(earlier):
    own = earlier and earlier.talk.given_by == ConsentTalk.GivenAs.SELF
    if own and earlier.answer == Consent.Answer.NO:
        return {"answer": Consent.Answer.NO}
    if own and earlier.answer == Consent.Answer.YES and earlier.ends_at > clock.now():
        return {
            "answer": Consent.Answer.YES,
            "starts_at": max(earlier.starts_at, clock.now()),
            "ends_at": earlier.ends_at,
            "since": earlier.since,
        }
    return {"answer": Consent.Answer.NOT_YET}


def _stands_as_shown(relation, topic, stood):
    standing = _standing(relation, topic)
    if (str(standing.uuid) if standing else "") != stood:
        raise AnsweredMeanwhile


def _standing(relation, topic):
    return (
        relation.consents.standing()
        .filter(topic=topic, action=Consent.Action.SEE)
        .first()
    )


def _stop(relation, *, by, together, **which):
    how = Consent.ClosedHow.TOGETHER if together else Consent.ClosedHow.IN_PORTAL
    standing = relation.consents.standing().filter(answer=Consent.Answer.YES, **which)
    return [withdraw(one, by=by, how=how) for one in standing]


def _how(shown, *, together, undone=False):
    return {
        "form": ConsentTalk.Form.WRITTEN,
        "text_version": texts.VERSION,
        "text_shown": shown,
        "together": together,
        "how_informed": _("Read it on their own page, with pictograms and read aloud.")
        if not together
        else _("Read it on their own page, together with an employee."),
        "how_expressed": _("Pressed undo.") if undone else _("Pressed the answer."),
    }
