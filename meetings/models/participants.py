from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from consent.models import Consent
from meetings.models.conversations import BY_STAFF_ALONE, Conversation
from portal import clock, walls
from relatives.models import Relation, Representation
from relatives.walls import about_one
from residents.models import AccessEvent


class ParticipantQuerySet(models.QuerySet):
    def with_names(self):
        return self.select_related("relation__relative", "user", "consent")


class Participant(models.Model):
    """Somebody who is invited besides the resident: a relative, a colleague, another.

    A relative is invited only with the resident's acceptance: a standing consent to
    take part in meetings, or a yes to this conversation on a certain day.
    """

    class Attendance(models.TextChoices):
        CAME = "came", _("came")
        ONLINE = "online", _("took part online")
        APOLOGIES = "apologies", _("sent apologies")
        ABSENT = "absent", _("did not come")

    THERE = (Attendance.CAME, Attendance.ONLINE)

    class Letter(models.TextChoices):
        HAND = "hand", _("by hand")
        POST = "post", _("by post")

    # Of the one or of the other.
    conversation = models.ForeignKey(
        Conversation, models.CASCADE, null=True, related_name="participants"
    )
    meeting = models.ForeignKey(
        "Meeting", models.CASCADE, null=True, related_name="participants"
    )
    relation = models.ForeignKey(
        Relation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    name = models.CharField(_("name"), max_length=100, blank=True)
    role = models.CharField(_("role"), max_length=100, blank=True)
    consent = models.ForeignKey(
        Consent, models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted_on = models.DateField(_("the resident said yes on"), null=True)
    # Holders of custody take part by law while the resident is a child.
    by_law = models.BooleanField(default=False)
    attendance = models.CharField(
        _("took part"), max_length=10, choices=Attendance, blank=True
    )

    # The invitation on paper: how it was given, when, by whom, and which time it told of.
    letter = models.CharField(
        _("letter"), max_length=10, choices=Letter, blank=True, editable=False
    )
    letter_at = models.DateTimeField(null=True, editable=False)
    letter_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    letter_told_of = models.DateTimeField(null=True, editable=False)

    objects = ParticipantQuerySet.as_manager()

    wall = walls.Wall(
        walls.behind(
            "meetings_conversation",
            "conversation_id",
            f"{BY_STAFF_ALONE} OR {walls.of_resident('whole.resident_id')}",
        )
        + " OR "
        + walls.behind(
            "meetings_meeting",
            "meeting_id",
            f"{BY_STAFF_ALONE} OR {walls.of_resident('whole.resident_id')}",
        )
        + " OR "
        + about_one(
            "relatives_relation", "relation_id", walls.of_relative("whole.relative_id")
        )
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "conversation", "relation", name="a_relative_is_invited_once"
            ),
            models.UniqueConstraint(
                "conversation", "user", name="a_colleague_is_invited_once"
            ),
            models.UniqueConstraint(
                "meeting", "relation", name="a_relative_is_invited_once_to_a_meeting"
            ),
            models.UniqueConstraint(
                "meeting", "user", name="a_colleague_is_invited_once_to_a_meeting"
            ),
            models.CheckConstraint(
                condition=Q(conversation__isnull=False, meeting=None)
                | Q(conversation=None, meeting__isnull=False),
                name="a_participant_takes_part_in_one_meeting",
            ),
            models.CheckConstraint(
                condition=Q(relation__isnull=False, user=None, name="")
                | Q(relation=None, user__isnull=False, name="")
                | Q(relation=None, user=None) & ~Q(name=""),
                name="a_participant_is_one_person",
            ),
            models.CheckConstraint(
                condition=Q(relation=None)
                | Q(accepted_on__isnull=False)
                | Q(by_law=True),
                name="a_relative_is_invited_with_the_residents_acceptance",
            ),
            models.CheckConstraint(
                condition=Q(
                    letter="", letter_at=None, letter_by=None, letter_told_of=None
                )
                | ~Q(letter="")
                & Q(
                    relation__isnull=False,
                    letter_at__isnull=False,
                    letter_by__isnull=False,
                    letter_told_of__isnull=False,
                ),
                name="a_letter_was_given_to_a_relative_by_somebody",
            ),
        ]

    def __str__(self):
        if self.relation:
            return str(self.relation.relative)
        return str(self.user) if self.user else self.name

    @property
    def capacity(self):
        """As what they are there."""
        if self.relation:
            return self.relation.get_kind_display().capitalize()
        return self.role

    @property
    def was_there(self):
        return self.attendance in self.THERE

    @property
    def wants_a_letter(self):
        """A relative whom nothing else reaches: no e-mail and no log-in."""
        relative = self.relation and self.relation.relative
        return bool(relative and not relative.email and not relative.user_id)

    @property
    def letter_is_old(self):
        """The conversation has been moved since the letter was given."""
        return bool(self.letter) and (
            self.letter_told_of != self.conversation.planned_at
        )

    @property
    def consent_is_gone(self):
        """The resident has taken back the consent that the invitation rested on."""
        return bool(
            self.consent
            and (self.consent.closed_at or self.consent.ends_at <= clock.now())
            or self.relation
            and self.relation.ended_at
        )

    def ground_at(self, moment):
        """What a relative's taking part rested on then: (ground, number of its row).

        A yes to this conversation alone has no row of its own. None if nothing held.
        """
        if self.relation.ended_at and self.relation.ended_at <= moment:
            return None
        if self.by_law:
            number = self._custody_on(localdate(moment))
            return number and (AccessEvent.Ground.CUSTODY, number)
        if not self.consent:
            refused = Consent.objects.standing().filter(
                relation=self.relation_id,
                action=Consent.Action.TAKE_PART,
                answer=Consent.Answer.NO,
                given_at__lte=moment,
            )
            return None if refused.exists() else (AccessEvent.Ground.CONSENT, None)
        closed = self.consent.closed_at
        if self.consent.ends_at <= moment or closed and closed <= moment:
            return None
        return AccessEvent.Ground.CONSENT, self.consent.pk

    def _custody_on(self, day):
        if day >= self.relation.resident.born_on + relativedelta(years=18):
            return None
        held = self.relation.representations.filter(
            Q(ends_on=None) | Q(ends_on__gte=day),
            kind__in=Representation.CUSTODY,
            starts_on__lte=day,
            in_error_at=None,
        )
        return held.values_list("pk", flat=True).first()
