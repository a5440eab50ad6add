"""Reads the record as it stands in the tables, for the rule in plain Python.

From the tables alone, and never from the views: what the views say is to be checked.
"""

from django.db.models import Q

from consent import rule
from consent.models import Consent
from portal.models import Department, Employment, User
from relatives.models import Relation, Representation
from residents.models import Resident
from residents.topics import Topic


def read():
    """The world of consent.rule, as the database has it at this instant."""
    return rule.World(
        topics=tuple(Topic.values),
        departments=dict(Department.objects.values_list("pk", "home")),
        locked_out=set(
            User.objects.filter(is_active=False).values_list("pk", flat=True)
        ),
        residents={
            row.pk: rule.Resident(
                row.user_id, row.born_on, row.department_id, row.moved_out_on
            )
            for row in Resident.objects.all()
        },
        ties={
            row.pk: rule.Tie(
                resident=row.resident_id,
                user=row.relative.user_id,
                is_over=row.ended_at is not None,
                has_promised_silence=bool(row.relative.confidentiality_accepted_at),
            )
            for row in Relation.objects.select_related("relative")
        },
        rights={
            row.pk: rule.Right(
                row.relation_id,
                row.kind,
                tuple(row.topics),
                row.starts_on,
                row.ends_on,
                never_was=row.in_error_at is not None,
            )
            for row in Representation.objects.all()
        },
        answers={row.pk: _answer(row) for row in _answers_that_count()},
        jobs=[
            rule.Job(
                row.user_id,
                row.role,
                row.home_id,
                row.department_id,
                row.starts_on,
                row.ends_on,
            )
            for row in Employment.objects.all()
        ],
    )


def _answers_that_count():
    """Each yes that stands, and whatever was ever answered about being told.

    A no to that, or a stop, closes what may be told of what one may read. All else that
    was answered opens and closes nothing, and there is much of it.
    """
    return Consent.objects.filter(
        Q(closed_at=None, answer="yes") | Q(action="be_told")
    ).select_related("talk")


def _answer(row):
    givers = (row.talk.representation_id, row.talk.agreed_too_id)
    return rule.Answer(
        row.relation_id,
        row.topic,
        row.action,
        row.answer,
        row.starts_at,
        row.ends_at,
        row.since,
        is_closed=row.closed_at is not None,
        never_was=row.closed_because == "in_error",
        givers=tuple(giver for giver in givers if giver),
    )
