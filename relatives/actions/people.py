"""What happens to the people around a resident."""

import uuid as uuids

from django.db import transaction

from portal import audit, clock, invitations
from portal.models import User
from relatives.models import Relation, Relative


class CannotBeInvited(Exception):
    """No e-mail, a closed log-in, or an e-mail that is somebody else's log-in."""


@transaction.atomic
def record_relative(*, resident, kind, by, uuid=None, representation=None, **details):
    """A new person, and who they are to the resident. The same uuid is the same person.

    `details`: the fields of Relative. `representation`: kind, topics and document of
    what the law lets them hear of, or None. Opens nothing to anybody by itself.
    """
    uuid = uuid or uuids.uuid4()
    relative, created = Relative.objects.get_or_create(
        uuid=uuid,
        defaults={
            "home": resident.department.home,
            # Entered here and not by the care system, which numbers its own.
            "register_id": f"samspil-{uuid.hex[:12]}",
            **details,
        },
    )
    if created:
        audit.record("relative.recorded", by=by, about=relative)
        connect_relative(
            relative,
            resident=resident,
            kind=kind,
            representation=representation,
            by=by,
        )
    return relative


@transaction.atomic
def connect_relative(relative, *, resident, kind, by, representation=None):
    """Who a person we know is to one more resident. Once, however often it is pressed."""
    # Two at once come one after the other.
    Relative.objects.select_for_update().get(pk=relative.pk)
    relation, created = Relation.objects.get_or_create(
        resident=resident, relative=relative, ended_at=None, defaults={"kind": kind}
    )
    if created:
        audit.record("relation.recorded", by=by, about=relation, kind=kind)
        if representation:
            _represent(relation, by=by, **representation)
    return relation


def _represent(relation, *, kind, by, topics=(), **shown):
    row = relation.representations.create(
        kind=kind, topics=list(topics), recorded_by=by, **shown
    )
    audit.record(
        "representation.recorded", by=by, about=row, kind=kind, topics=list(topics)
    )


@transaction.atomic
def change_relative(relative, *, by, **details):
    """Put right what is written about the person: a new telephone number, a new name.

    A log-in that waits at an old address opens nothing of theirs any more: perhaps the
    address was wrong, and is a stranger's.
    """
    changed = sorted(n for n, value in details.items() if getattr(relative, n) != value)
    if changed:
        for name in changed:
            setattr(relative, name, details[name])
        relative.save(update_fields=changed)
        audit.record("relative.changed", by=by, about=relative, fields=changed)
        # As the database has it: perhaps somebody has just invited them.
        waiting = User.objects.filter(relative=relative.pk).first()
        if "email" in changed and _has_never_come_in(waiting):
            invitations.take_back(waiting)
            audit.record("relative.shut_out", by=by, about=relative)
            relative.user = None
            relative.save(update_fields=["user"])
    return relative


def _has_never_come_in(user):
    return (
        user is not None
        and user.last_login is None
        and not user.has_usable_password()
        and not user.employments.exists()
    )


@transaction.atomic
def invite_relative(relative, *, by, cpr_number=""):
    """Let the relative in, by a link in a mail. What they see, residents decide.

    With a CPR number only the person who has it can use the link.
    Gives the user. Somebody who has a log-in already, at work for example, keeps it and
    is sent no link. Raises CannotBeInvited.
    """
    user = _let_in(relative, by=by)
    if user.last_login is None:
        invitations.invite(user, by=by, cpr_number=cpr_number)
    return user


@transaction.atomic
def invite_by_letter(relative, *, by, cpr_number=""):
    """The same by a letter: (invitation, code). Whoever has logged in needs none.

    Raises CannotBeInvited, also for them.
    """
    user = _let_in(relative, by=by)
    if user.last_login is not None:
        raise CannotBeInvited
    return invitations.print_for(user, by=by, cpr_number=cpr_number)


def _let_in(relative, *, by):
    relative = Relative.objects.select_for_update().get(pk=relative.pk)
    if relative.user is None:
        if not relative.email or relative.is_under_15:
            raise CannotBeInvited
        user = User.objects.filter(email__iexact=relative.email).first()
        if user is None:
            user = User.objects.create_user(email=relative.email, name=str(relative))
        elif hasattr(user, "relative") or hasattr(user, "resident"):
            raise CannotBeInvited
        relative.user = user
        relative.save(update_fields=["user"])
        audit.record("relative.let_in", by=by, about=relative, user=user.pk)
    if not relative.user.is_active:
        raise CannotBeInvited
    return relative.user


@transaction.atomic
def end_relation(relation, *, by):
    """They are no longer among the resident's own: nothing is shared from now on.

    Consents and representations stay as they were written, and open nothing: what
    guardian reads asks for a standing relation (consent.grants).
    """
    relation = Relation.objects.select_for_update().get(pk=relation.pk)
    if relation.ended_at is None:
        relation.ended_at, relation.ended_by = clock.now(), by
        relation.save(update_fields=["ended_at", "ended_by"])
        audit.record("relation.ended", by=by, about=relation)


@transaction.atomic
def accept_confidentiality(relative, *, by):
    """The relative has read what confidentiality asks of them. From now on they see."""
    relative = Relative.objects.select_for_update().get(pk=relative.pk)
    if relative.confidentiality_accepted_at is None:
        relative.confidentiality_accepted_at = clock.now()
        relative.save(update_fields=["confidentiality_accepted_at"])
        audit.record("confidentiality.accepted", by=by, about=relative)
