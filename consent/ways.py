"""By whom an answer can be given, in words for the form. The decision is in consent.givers."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from consent.models import ConsentTalk
from relatives.models import Representation
from residents.topics import HEALTH_TOPICS, Topic

GivenAs = ConsentTalk.GivenAs
Kind = Representation.Kind


@dataclass(frozen=True)
class Way:
    """One way in which an answer can be given: by whom, and in what capacity."""

    given_by: str
    name: str
    representation: Representation | None = None
    agreed_too: Representation | None = None

    @property
    def value(self):
        people = (self.representation, self.agreed_too)
        return "-".join([self.given_by, *(str(one.pk) for one in people if one)])

    def how(self):
        """The fields of the talk, as record_talk() takes them."""
        return {
            "given_by": self.given_by,
            "representation": self.representation,
            "agreed_too": self.agreed_too,
        }

    @property
    def of_shared_custody(self):
        kind = self.representation.kind if self.representation else None
        return kind == Kind.SHARED_CUSTODY

    def __str__(self):
        return self.name


def of(givers):
    """Every way to answer for the resident today."""
    yield Way(GivenAs.SELF, givers.resident.short_name)
    yield from _by_custody(givers.holders)
    for one in givers.representations:
        if not one.is_custody:
            yield _by_another(one, givers.resident)


def _by_custody(holders):
    if len(holders) > 1:
        first, second = holders[:2]
        names = {"one": name_of(first), "other": name_of(second)}
        both = _("%(one)s and %(other)s together (custody)") % names
        yield Way(GivenAs.CUSTODY, both, first, second)
    for one in holders:
        label = _("%(name)s (custody)") % {"name": name_of(one)}
        yield Way(GivenAs.CUSTODY, label, one)


def _by_another(representation, resident):
    what = {"name": name_of(representation), "resident": resident.short_name}
    if representation.kind == Kind.JOINT:
        label = _("%(resident)s and %(name)s together (co-guardian)") % what
        return Way(GivenAs.JOINTLY, label, representation)
    if representation.kind == Kind.FUTURE_POWER:
        label = _("%(name)s (future power of attorney)") % what
        return Way(GivenAs.FUTURE_POWER, label, representation)
    label = _("%(name)s (legal guardian)") % what
    return Way(GivenAs.LEGAL_GUARDIAN, label, representation)


def must_consider(givers, topic):
    """What to think of before asking about the topic, as a sentence, or ""."""
    resident = givers.resident
    said = {"name": resident.short_name}
    if resident.age < 15:
        return (
            _("%(name)s is under 15. Those with custody answer. Hear %(name)s first.")
            % said
        )
    if resident.is_minor and topic in HEALTH_TOPICS:
        return _("From 15, %(name)s answers for their own health.") % said
    if topic == Topic.ECONOMY and (guardian := givers.first(Kind.INCAPACITATED)):
        said["who"] = name_of(guardian)
        return (
            _("%(who)s answers for %(name)s's economy (§ 6 of the Guardianship Act).")
            % said
        )
    if topic == Topic.ECONOMY and (guardian := givers.first(Kind.JOINT)):
        said["who"] = name_of(guardian)
        return (
            _("%(name)s and %(who)s answer together (§ 7 of the Guardianship Act).")
            % said
        )
    if any(givers.can_stand_in(row, topic) for row in givers.representations):
        return (
            _(
                "Does %(name)s understand this question? Only if not, somebody else answers it."
            )
            % said
        )
    return ""


def name_of(representation):
    return str(representation.relation.relative)
