"""Who has looked, to the resident, in easy words and short."""

from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consent import texts
from consent.looking import unconsented
from consent.looking.people import TOLD, People, is_staff
from consent.models import UnconsentedDisclosure
from relatives.models import Relation
from residents.models import AccessEvent
from residents.topics import Topic

Ground, Way = AccessEvent.Ground, AccessEvent.Way
Kind = Relation.Kind

# As one says it to the resident, for Danish has two words for "your".
YOURS = {
    Kind.MOTHER: gettext_lazy("your mother"),
    Kind.FATHER: gettext_lazy("your father"),
    Kind.PARENT: gettext_lazy("your parent"),
    Kind.PARTNER: gettext_lazy("your partner"),
    Kind.CHILD: gettext_lazy("your child"),
    Kind.SISTER: gettext_lazy("your sister"),
    Kind.BROTHER: gettext_lazy("your brother"),
    Kind.GRANDPARENT: gettext_lazy("your grandparent"),
    Kind.FAMILY: gettext_lazy("your family"),
    Kind.FRIEND: gettext_lazy("your friend"),
    Kind.NEIGHBOUR: gettext_lazy("your neighbour"),
    Kind.LEGAL_GUARDIAN: gettext_lazy("your legal guardian"),
    Kind.NETWORK: gettext_lazy("somebody you know well"),
}

TELLING = {
    Way.PHONE: gettext_lazy("We talked on the telephone with %(who)s about %(what)s."),
    Way.VISIT: gettext_lazy("We talked with %(who)s here about %(what)s."),
    Way.MEETING: gettext_lazy("We talked with %(who)s at a meeting about %(what)s."),
    Way.MAIL: gettext_lazy("We wrote to %(who)s about %(what)s."),
}

WHY = {
    Ground.CONSENT: gettext_lazy("You have said yes to it."),
    Ground.CUSTODY: gettext_lazy("The law says that your parents may."),
    Ground.REPRESENTATION: gettext_lazy("The law lets them, to help you."),
    Ground.DISCLOSURE: gettext_lazy("The law let us."),
    Ground.EMPLOYMENT: gettext_lazy("It was to help you."),
}


@dataclass
class Line:
    """What happened on one day that is the same in all but the topic."""

    way: str
    ground: str
    # Who read or was told; of staff looking, through whose eyes.
    relation: Relation | None
    department: str
    by_staff: bool
    topics: set = field(default_factory=set)
    # How many employees it was, never who.
    users: set = field(default_factory=set)

    @property
    def text(self):
        words = {"who": _named(self.relation), "what": _what(self.topics)}
        if self.way == Way.MEETING and self.topics == {Topic.MEETINGS}:
            return _("%(who)s was at a meeting about you.") % words
        if self.way in TOLD:
            return TELLING[self.way] % words
        if self.by_staff:
            words["who"] = self._staff()
        if self.way == Way.PREVIEW:
            words["whom"] = _named(self.relation)
            return _("%(who)s looked at what %(whom)s can see.") % words
        if self.way == Way.PRINT:
            return _("%(who)s printed a paper about you.") % words
        if self.way == Way.SEARCH and not any(self.topics):
            return _("%(who)s searched for you.") % words
        return _("%(who)s read about %(what)s.") % words

    @property
    def face(self):
        """The pictogram of whoever read or was told; the same one of all the staff."""
        if self.relation is None or self.way == Way.PREVIEW:
            return "people"
        return texts.face(self.relation)

    @property
    def pictures(self):
        """The pictograms of what it was about."""
        return [topic.value for topic in Topic if topic in self.topics]

    @property
    def why(self):
        return WHY.get(self.ground, "")

    def _staff(self):
        return ngettext(
            "An employee in %(department)s",
            "%(count)s employees in %(department)s",
            len(self.users),
        ) % {"count": len(self.users), "department": self.department}


@dataclass
class ToldWithout:
    """What was told although the resident had not said yes; they know of it."""

    disclosure: UnconsentedDisclosure
    ground: str = Ground.DISCLOSURE

    @property
    def text(self):
        one = self.disclosure
        return _("We told %(who)s about %(what)s. You had not said yes to it.") % {
            "who": _named(one.relation) if one.relation else one.recipient,
            "what": _what(one.topics),
        }

    @property
    def face(self):
        relation = self.disclosure.relation
        return texts.face(relation) if relation else "people"

    @property
    def pictures(self):
        return [topic.value for topic in Topic if topic in self.disclosure.topics]

    @property
    def why(self):
        if self.disclosure.ground == UnconsentedDisclosure.Ground.MISTAKE:
            return _("It was a mistake.")
        return WHY[self.ground]


def days(rows, resident, told_without):
    """(day, lines) for each day of these rows and disclosures, the latest first."""
    rows = list(rows)
    people = People.of(rows, resident)
    looked = [
        (day, _lines(of_day, people))
        for day, of_day in groupby(rows, itemgetter("day"))
    ]
    return unconsented.by_day(looked, told_without, ToldWithout)


def _lines(rows, people):
    lines = {}
    for row in rows:
        by_staff = is_staff(row)
        watched = by_staff and row["way"] not in (*TOLD, Way.PREVIEW)
        line = Line(
            # Found by searching or not, it was read.
            way=row["way"]
            if row["way"] != Way.SEARCH or not row["topic"]
            else "portal",
            ground=row["ground"],
            relation=None if watched else people.relation(row),
            department=row["department__name"] or "",
            by_staff=by_staff,
        )
        key = (line.way, line.ground, line.relation, line.department, by_staff)
        line = lines.setdefault(key, line)
        line.topics.add(row["topic"])
        line.users.add(row["user"])
    return sorted(lines.values(), key=lambda line: (line.by_staff, line.way))


def _named(relation):
    if relation is None:
        return _("somebody who is close to you")
    kind = YOURS[Kind(relation.kind)]
    return _("%(name)s (%(kind)s)") % {
        "name": relation.relative.given_name,
        "kind": kind,
    }


def _what(topics):
    """In the resident's own words; what no topic covers is "you"."""
    said = [str(texts.ABOUT[topic]) for topic in Topic if topic in topics]
    return get_text_list(said or [_("you")], _("and"))
