"""What custody, a guardianship or a power of attorney opens, in plain words.

The gate is the view (consent.grants); a test holds these words to it.
"""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import clock
from relatives.models import Representation
from residents.topics import HEALTH_TOPICS, Topic

Kind = Representation.Kind

DECIDES = {
    Kind.INCAPACITATED: gettext_lazy(
        "%(relative)s decides about the economy in %(resident)s's place."
    ),
    Kind.JOINT: gettext_lazy(
        "%(relative)s and %(resident)s decide about the economy together."
    ),
}


def in_words(representation):
    """A few sentences: what is open, until when, and what it does not open."""
    relation = representation.relation
    names = {
        "relative": relation.relative.given_name,
        "resident": relation.resident.short_name,
    }
    if representation.in_error_at:
        return [_("It was recorded in error, and opens nothing.")]
    said = []
    if representation.starts_on > clock.today():
        said.append(
            _("It opens nothing before %(day)s.")
            % {"day": _day(representation.starts_on)}
        )
    elif representation.ends_on and representation.ends_on < clock.today():
        return [_("It has ended, and opens nothing.")]
    if representation.is_custody:
        said += _custody(relation.resident, names)
    else:
        said += _guardianship(representation, names)
    if representation.ends_on:
        said.append(
            _("The last day is %(day)s.") % {"day": _day(representation.ends_on)}
        )
    return said


def topics(representation, age):
    """The topics it is about, when the resident is so old."""
    if representation.is_custody:
        if age >= 18:
            return []
        return [t for t in Topic if age < 15 or t not in HEALTH_TOPICS]
    if representation.kind in (Kind.PERSONAL, Kind.FUTURE_POWER):
        return [topic for topic in Topic if topic in representation.topics]
    return [Topic.ECONOMY]


def _custody(resident, names):
    if not resident.is_minor:
        yield _("%(resident)s is 18, so it opens nothing.") % names
        return
    health = _listed(HEALTH_TOPICS)
    if resident.age < 15:
        yield _("%(relative)s may see and hear everything about %(resident)s.") % names
        yield _(
            "From %(day)s, when %(resident)s turns 15, that no longer goes for: %(topics)s. "
            "There %(resident)s decides alone."
        ) % {
            **names,
            "day": _day(clock.birthday(resident.born_on, 15)),
            "topics": health,
        }
    else:
        yield _(
            "%(relative)s may see and hear everything about %(resident)s, but not: %(topics)s. "
            "There %(resident)s decides alone."
        ) % {**names, "topics": health}
    yield _("On %(day)s %(resident)s turns 18. Then it all ends.") % {
        **names,
        "day": _day(clock.birthday(resident.born_on, 18)),
    }


def _guardianship(representation, names):
    listed = _listed(topics(representation, representation.relation.resident.age))
    yield _("%(relative)s may see and hear about: %(topics)s. Nothing else.") % {
        **names,
        "topics": listed,
    }
    if representation.kind in DECIDES:
        yield DECIDES[representation.kind] % names
    else:
        yield _("%(resident)s still decides what %(resident)s understands.") % names


def _listed(topics):
    return ", ".join(str(Topic(topic).label) for topic in topics)


def _day(day):
    return date_format(day, "DATE_FORMAT")
