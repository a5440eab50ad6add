"""Who can answer for a resident today, on which topic, and whether alone.

The recording form asks `Givers.of(resident)` once (two queries) and then:

    givers.ways()                     every way to answer, for the form to offer: each has a
                                      `value`, a label (`str`), and `how()`, the fields of
                                      ConsentTalk that it fills in
    givers.way(value)                 the way that was chosen, or None
    givers.must_consider(topic)       what the one who asks should think of beforehand, as a
                                      sentence, or ""
    givers.refusal(topic, answer, way, capacity=…, capacity_note=…, about=relation)
                                      None, or a Refusal: `field` ("given_by", "agreed_too",
                                      "capacity" or "capacity_note"), `message`, `code`

Nothing here opens or closes access: that is the view (consent.grants).
"""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from consent import ways
from consent.models import Consent, ConsentTalk
from consent.ways import Kind, name_of
from relatives.models import Representation, Telling
from residents.models import Grant
from residents.topics import HEALTH_TOPICS, Topic

GivenAs = ConsentTalk.GivenAs
Capacity = ConsentTalk.Capacity


@dataclass(frozen=True)
class Refusal:
    """Why an answer cannot be recorded so, and at which field to say it."""

    field: str
    message: str
    code: str


class Givers:
    """The resident, and those who by law answer for or with them today."""

    def __init__(self, resident, representations, topics):
        self.resident = resident
        # Those that hold today, oldest first.
        self.representations = representations
        # What each is about today: its number, and a set of topics.
        self.topics = topics

    @classmethod
    def of(cls, resident):
        found = Representation.objects.filter(
            relation__resident=resident, relation__ended_at=None
        ).select_related("relation__relative", "relation__resident")
        topics: dict[int, set] = {}
        by_law = Telling.objects.filter(relation__resident=resident).exclude(
            ground=Grant.Ground.CONSENT
        )
        for number, topic in by_law.values_list("ground_id", "topic"):
            topics.setdefault(number, set()).add(topic)
        return cls(resident, [row for row in found if row.pk in topics], topics)

    @cached_property
    def holders(self):
        """Those with custody today."""
        return [row for row in self.representations if row.is_custody]

    def first(self, kind):
        """The oldest of the kind that holds today, or None."""
        return next((row for row in self.representations if row.kind == kind), None)

    def ways(self):
        """Every way to answer, also those in which only a no can be given."""
        return list(ways.of(self))

    def way(self, value):
        return next((way for way in self.ways() if way.value == value), None)

    def must_consider(self, topic):
        """Whose answer counts in this, where it is not simply the resident's own."""
        return ways.must_consider(self, topic)

    def can_stand_in(self, representation, topic):
        return not representation.is_custody and topic in self.topics.get(
            representation.pk, ()
        )

    # The decision

    def refusal(self, topic, answer, way, *, capacity="", capacity_note="", about=None):
        """None if this answer counts, given in this way; or why it does not.

        A yes needs the one who can give it (R6, R8, R19, R20 of the rules). A no counts
        from the resident always, and from one of two with custody: they do not agree.
        """
        is_yes = answer == Consent.Answer.YES
        refused = {
            GivenAs.SELF: self._of_the_resident,
            GivenAs.CUSTODY: self._of_custody,
            GivenAs.JOINTLY: self._together,
        }.get(way.given_by, self._in_their_stead)(topic, is_yes, way, capacity, about)
        if not refused and capacity in (Capacity.DOUBT, Capacity.NOT):
            refused = self._unless_noted(capacity_note)
        return refused

    def _of_the_resident(self, topic, is_yes, way, capacity, about):
        if not is_yes:
            return None
        said = {"name": self.resident.short_name}
        if self.resident.age < 15:
            return Refusal(
                "given_by",
                _("%(name)s is under 15: those with custody say yes.") % said,
                "under_15",
            )
        if topic == Topic.ECONOMY:
            if guardian := self.first(Kind.INCAPACITATED):
                return Refusal(
                    "given_by",
                    _(
                        "%(who)s says yes for %(name)s here (§ 6 of the Guardianship Act)."
                    )
                    % {**said, "who": name_of(guardian)},
                    "incapacitated",
                )
            if guardian := self.first(Kind.JOINT):
                return Refusal(
                    "given_by",
                    _(
                        "%(name)s and %(who)s say yes together (§ 7 of the Guardianship Act)."
                    )
                    % {**said, "who": name_of(guardian)},
                    "jointly",
                )
        return self._unless_understood(capacity)

    def _of_custody(self, topic, is_yes, way, capacity, about):
        said = {"name": self.resident.short_name, "who": way.name}
        if way.representation not in self.holders:
            return Refusal(
                "given_by", _("%(who)s does not have custody today.") % said, "not_held"
            )
        # The view closes it as well: nobody shares the health of somebody of 15 for them.
        if self.resident.age >= 15 and topic in HEALTH_TOPICS:
            return Refusal(
                "given_by",
                _(
                    "From 15, %(name)s answers for their own health (§ 17 of the Health Act)."
                )
                % said,
                "from_15",
            )
        if not is_yes or not way.of_shared_custody:
            return None
        if way.agreed_too in self.holders and way.agreed_too != way.representation:
            return None
        return Refusal(
            "agreed_too",
            _("Custody is shared: both must say yes. A no from one is enough."),
            "one_of_two",
        )

    def _together(self, topic, is_yes, way, capacity, about):
        if refused := self._beyond_the_scope(topic, way):
            return refused
        return self._unless_understood(capacity) if is_yes else None

    def _in_their_stead(self, topic, is_yes, way, capacity, about):
        """A guardian or a future power: in their scope, and where the resident cannot."""
        said = {
            "name": self.resident.short_name,
            "who": name_of(way.representation),
        }
        if refused := self._beyond_the_scope(topic, way):
            return refused
        if about is not None and way.representation.relation_id == about.pk:
            return Refusal(
                "given_by",
                _("%(who)s cannot answer about themselves on behalf of %(name)s.")
                % said,
                "about_oneself",
            )
        # § 6 takes the economy out of the resident's hands; the others take nothing.
        if way.representation.kind == Kind.INCAPACITATED or capacity == Capacity.NOT:
            return None
        return Refusal(
            "capacity",
            _(
                "%(who)s answers only what %(name)s cannot understand. Say whether that is so."
            )
            % said,
            "capacity",
        )

    def _beyond_the_scope(self, topic, way):
        if topic in self.topics.get(way.representation.pk, ()):
            return None
        return Refusal(
            "given_by",
            _("%(name)s answers this alone: %(who)s does not represent them in it.")
            % {
                "name": self.resident.short_name,
                "who": name_of(way.representation),
            },
            "scope",
        )

    def _unless_understood(self, capacity):
        if capacity != Capacity.NOT:
            return None
        return Refusal(
            "capacity",
            _("A yes that was not understood is not a yes."),
            "not_understood",
        )

    @staticmethod
    def _unless_noted(note):
        if note.strip():
            return None
        return Refusal(
            "capacity_note",
            _("Write what you saw, and who has assessed it."),
            "no_note",
        )
