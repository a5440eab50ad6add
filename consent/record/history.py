"""Every talk about one relative, in words: who asked, how, and what became of each answer."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from consent import policy
from consent.models import Consent, ConsentTalk, ScannedPaper

Answer, Closed = Consent.Answer, Consent.Closed
BADGES = {Answer.YES: "success", Answer.NO: "error", Answer.NOT_YET: "info"}


@dataclass(frozen=True)
class Line:
    """One answer."""

    consent: Consent
    when: str
    closed: str
    badge: str
    can_mark: bool

    @property
    def is_in_error(self):
        return self.consent.closed_because == Closed.IN_ERROR


@dataclass(frozen=True)
class Told:
    """One talk."""

    talk: ConsentTalk
    when: str
    facts: list[tuple[str, str]]
    lines: list[Line]
    scans: list[ScannedPaper]

    @property
    def lacks_paper(self):
        return self.talk.form == ConsentTalk.Form.PAPER and not self.scans


def talks(relation):
    answers = Consent.objects.filter(relation=relation)
    return (
        ConsentTalk.objects.filter(pk__in=answers.values("talk"))
        .select_related(
            "recorded_by",
            "representation__relation__relative",
            "agreed_too__relation__relative",
            "printed",
        )
        .prefetch_related(
            Prefetch(
                "answers",
                answers.with_holds().select_related("closed_by").order_by("pk"),
            ),
            Prefetch("scans", ScannedPaper.objects.listed()),
        )
    )


def told(page, relation, *, by):
    return [_told(talk, relation, by) for talk in page]


def _told(talk, relation, by):
    lines = []
    for consent in talk.answers.all():
        consent.relation, consent.talk = relation, talk
        lines.append(
            Line(
                consent,
                _holds(consent),
                _closed(consent),
                BADGES[consent.answer],
                not consent.closed_at and policy.can_mark_in_error(by, consent),
            )
        )
    return Told(
        talk, _moment(talk.recorded_at), _facts(talk), lines, list(talk.scans.all())
    )


def _holds(consent):
    if consent.answer != Answer.YES:
        if not consent.ask_again_on:
            return ""
        return _("ask again %(day)s") % {"day": date_format(consent.ask_again_on)}
    days = {"from": _day(consent.starts_at), "until": date_format(consent.last_day)}
    words = _("from %(from)s until and including %(until)s") % days
    if consent.since:
        words += _(", only what is written from then on")
    return words


def _closed(consent):
    """What ended it, by whom and how; "" while it stands."""
    said = {
        "day": _moment(consent.closed_at) if consent.closed_at else "",
        "who": consent.closed_by,
        "how": consent.get_closed_how_display(),
        "why": consent.closed_note,
    }
    if consent.closed_because == Closed.WITHDRAWN and consent.closed_how:
        return _("Stopped %(day)s: %(how)s (%(who)s).") % said
    if consent.closed_because == Closed.WITHDRAWN:
        return _("Stopped %(day)s (%(who)s).") % said
    if consent.closed_because == Closed.IN_ERROR:
        return _("Recorded in error, says %(who)s %(day)s: %(why)s") % said
    if consent.closed_because == Closed.REPLACED:
        return _("Asked again %(day)s (%(who)s).") % said
    if consent.has_lapsed:
        return _("Has run out.")
    if consent.answer == Answer.YES and not (consent.holds or consent.starts_later):
        return _("Holds no longer.")
    return ""


def _facts(talk):
    """How it was asked: label and words, only what was written."""
    facts = [
        (_("Recorded by"), talk.recorded_by),
        (_("Answered by"), _giver(talk)),
        (_("How it was explained"), talk.how_informed),
        (_("How the answer was shown"), talk.how_expressed),
        (_("Understood"), talk.get_capacity_display()),
        (_("What was seen"), talk.capacity_note),
        (_("Form"), talk.get_form_display()),
        (_("Why not in writing"), talk.oral_reason),
        (_("Who was present"), talk.witness),
    ]
    return [(label, str(words)) for label, words in facts if words]


def _giver(talk):
    people = [
        str(one.relation.relative)
        for one in (talk.representation, talk.agreed_too)
        if one
    ]
    giver = talk.get_given_by_display()
    if people:
        giver = f"{giver}: {', '.join(people)}"
    if talk.together:
        giver = _("%(giver)s, together with staff") % {"giver": giver}
    return giver


def _day(instant):
    return date_format(localtime(instant).date())


def _moment(instant):
    return date_format(localtime(instant), "DATETIME_FORMAT")
