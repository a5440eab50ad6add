"""Whom the resident accepts at the table, seen from the relative's side."""

from dateutil.relativedelta import relativedelta
from django.db.models import OuterRef, Q, Subquery

from consent.models import Consent
from meetings.models.conversations import Conversation
from meetings.models.participants import Participant
from portal import clock
from portal.once import once
from relatives.models import Relation, Representation
from residents import ledger
from residents.models import Resident
from residents.topics import Topic


def accepted_relations(user):
    """The numbers of the user's relations to residents who accept them, at this instant.

    By a standing consent to take part, by a yes to one conversation, or by custody of a
    child. Tells the ledger what opened it.
    """
    grounds = once(("accepted", user.pk, user.sight), lambda: _read(user))
    ledger.relied_on(
        user,
        [
            (resident, Topic.MEETINGS, None, *ground)
            for resident, ground in grounds.values()
        ],
    )
    return list(grounds)


def as_whom(user):
    """The relations themselves, with the resident: as whom the user may say something."""
    found = Relation.objects.filter(pk__in=accepted_relations(user))
    return list(found.select_related("resident", "relative"))


def invitations(user):
    """As whom the user is invited to a conversation, while the resident accepts them."""
    return Participant.objects.filter(
        relation__in=accepted_relations(user),
        conversation__status__in=Conversation.STANDING,
    ).select_related("conversation__resident", "relation__relative")


def invitations_to_meetings(user):
    """As whom the user is invited to meetings, while the resident accepts them there.

    By a standing consent to take part or by custody to all that they are invited to; by
    a yes to one meeting to that one alone. Tells the ledger what opened it.
    """
    lasting, single = once(
        ("accepted to meetings", user.pk, user.sight), lambda: _read_of_meetings(user)
    )
    ledger.relied_on(
        user,
        [
            (resident, Topic.MEETINGS, None, *ground)
            for resident, ground in (*lasting.values(), *single.values())
        ],
    )
    return Participant.objects.filter(
        Q(relation__in=list(lasting)) | Q(pk__in=list(single)), meeting__isnull=False
    )


def own_conversations(user):
    """The conversations about the user, who is the resident."""
    return Conversation.objects.filter(
        resident__in=Resident.objects.of(user), status__in=Conversation.STANDING
    ).select_related("resident")


def _read_of_meetings(user):
    """As _read: by relation what holds for all, by participant what holds for one."""
    standing = _standing_relations(user)
    if not standing:
        return {}, {}
    lasting = {**_by_consent(standing), **_by_custody(standing)}
    single = _accepted_once(standing).filter(meeting__isnull=False)
    ground = (ledger.Ground.CONSENT, None)
    return (
        {pk: (standing[pk].resident_id, why) for pk, why in lasting.items()},
        {
            pk: (standing[relation].resident_id, ground)
            for pk, relation in single.values_list("pk", "relation")
        },
    )


def _read(user):
    """relation's number: (resident's number, (ground, number of its row))."""
    standing = _standing_relations(user)
    if not standing:
        return {}
    grounds = {**_once(standing), **_by_consent(standing), **_by_custody(standing)}
    return {pk: (standing[pk].resident_id, why) for pk, why in grounds.items()}


def _standing_relations(user):
    relative = getattr(user, "relative", None)
    if relative is None or relative.confidentiality_accepted_at is None:
        return {}
    today = clock.today()
    relations = Relation.objects.standing().filter(
        Q(resident__moved_out_on=None) | Q(resident__moved_out_on__gt=today),
        relative=relative,
    )
    if user.sight is not None:
        if Topic.MEETINGS not in user.sight.topics:
            return {}
        relations = relations.filter(resident=user.sight.resident)
    yes = Consent.objects.in_force().filter(
        relation=OuterRef("pk"), action=Consent.Action.TAKE_PART
    )
    latest = yes.order_by("-given_at", "-pk").values("pk")[:1]
    relations = relations.annotate(let_in_by=Subquery(latest))
    return {one.pk: one for one in relations.select_related("resident")}


def _once(standing):
    invited = _accepted_once(standing).filter(
        conversation__status__in=("planned", "held")
    )
    ground = (ledger.Ground.CONSENT, None)
    return dict.fromkeys(invited.values_list("relation", flat=True), ground)


def _accepted_once(standing):
    """A yes to one meeting that still stands, with no "no" beside it.

    It ends after a year, as every yes to take part does: what was said at the meeting is
    not open for good because nobody was asked again.
    """
    refused = Consent.objects.standing().filter(
        relation__in=standing,
        action=Consent.Action.TAKE_PART,
        answer=Consent.Answer.NO,
    )
    a_year_ago = clock.today() - relativedelta(years=1)
    return Participant.objects.filter(
        relation__in=standing, accepted_on__gt=a_year_ago, consent=None, by_law=False
    ).exclude(relation__in=refused.values("relation"))


def _by_consent(standing):
    return {
        pk: (ledger.Ground.CONSENT, one.let_in_by)
        for pk, one in standing.items()
        if one.let_in_by
    }


def _by_custody(standing):
    today = clock.today()
    held = Representation.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today),
        relation__in=[pk for pk, one in standing.items() if one.resident.is_minor],
        kind__in=Representation.CUSTODY,
        starts_on__lte=today,
        in_error_at=None,
    )
    return {
        pk: (ledger.Ground.CUSTODY, number)
        for pk, number in held.values_list("relation", "pk")
    }
