"""What the resident is told after the talk, in words for them."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import texts
from consent.models import Consent
from residents.topics import Topic

Action, Answer = Consent.Action, Consent.Answer

SAID = {
    (Action.SEE, Answer.YES): gettext_lazy("%(name)s may know about %(what)s."),
    (Action.SEE, Answer.NO): gettext_lazy("%(name)s may not know about %(what)s."),
    (Action.BE_TOLD, Answer.YES): gettext_lazy(
        "The staff may tell %(name)s about %(what)s."
    ),
    (Action.BE_TOLD, Answer.NO): gettext_lazy(
        "The staff may not tell %(name)s about %(what)s."
    ),
    (Action.BE_CONTACTED, Answer.YES): gettext_lazy(
        "The staff may call %(name)s about %(what)s."
    ),
    (Action.BE_CONTACTED, Answer.NO): gettext_lazy(
        "The staff may not call %(name)s about %(what)s."
    ),
    (Action.TAKE_PART, Answer.YES): gettext_lazy(
        "%(name)s may take part when we meet about %(what)s."
    ),
    (Action.TAKE_PART, Answer.NO): gettext_lazy(
        "%(name)s may not take part when we meet about %(what)s."
    ),
}
ABOUT_PHOTOS = {
    Answer.YES: gettext_lazy("%(name)s may see %(what)s."),
    Answer.NO: gettext_lazy("%(name)s may not see %(what)s."),
}
ABOUT_MEETINGS = {
    Answer.YES: gettext_lazy("%(name)s may take part in meetings about you."),
    Answer.NO: gettext_lazy("%(name)s may not take part in meetings about you."),
}


def receipt(talk):
    """The whole receipt: plain words, for the page and for the paper."""
    answers = sorted(
        talk.answers.select_related("relation__relative"), key=_as_on_the_page
    )
    resident, name = talk.resident, answers[0].relation.relative.given_name
    return {
        "home": resident.department.home.name,
        "department": resident.department.name,
        "phone": resident.department.home.phone,
        "name": name,
        "face": texts.face(answers[0].relation),
        "resident": resident.short_name,
        "day": date_format(localtime(talk.recorded_at).date()),
        "written": localtime(talk.recorded_at).isoformat(timespec="seconds"),
        "lines": [_line(one, name) for one in answers],
        "until": _until(answers),
        "blank": False,
    }


def _as_on_the_page(consent):
    """Topic by topic, first what is seen, then what is told, called and met about."""
    topics, actions = list(Topic.values), list(Action.values)
    return topics.index(consent.topic), actions.index(consent.action)


def _line(consent, name):
    topic = Topic(consent.topic)
    return {
        "picture": topic.value,
        "topic": str(texts.NAMES[topic]),
        "answer": "stop" if consent.closed_at else consent.answer,
        "answer_in_words": _("stopped") if consent.closed_at else _answer(consent),
        "said": _over(consent) if consent.closed_at else sentence(consent, name),
    }


def _answer(consent):
    return consent.get_answer_display()


def _over(consent):
    return _("This is over since %(day)s.") % {
        "day": date_format(localtime(consent.closed_at).date())
    }


def sentence(consent, name):
    """What one answer lets happen, or not."""
    topic, words = (
        Topic(consent.topic),
        {"name": name, "what": texts.ABOUT[consent.topic]},
    )
    if consent.answer == Answer.NOT_YET:
        return _("You do not know yet. So it is a no, for now.")
    if consent.action == Action.SEE and topic == Topic.PHOTOS:
        return str(ABOUT_PHOTOS[consent.answer]) % words
    if consent.action == Action.TAKE_PART and topic == Topic.MEETINGS:
        return str(ABOUT_MEETINGS[consent.answer]) % words
    return str(SAID[consent.action, consent.answer]) % words


def _until(answers):
    """For how long what was said yes to holds; "" if nothing does."""
    yes = [one for one in answers if one.answer == Answer.YES and not one.closed_at]
    if not yes:
        return ""
    days = {
        "from": date_format(localtime(yes[0].starts_at).date()),
        "until": date_format(min(one.last_day for one in yes)),
    }
    if yes[0].starts_later:
        return (
            _("Your yes holds from %(from)s until %(until)s. Then we ask again.") % days
        )
    return _("Your yes holds until %(until)s. Then we ask again.") % days
