"""What a page at work says about each relation: the law, what may be told, the log-in."""

from django.db.models import Prefetch

from relatives import opening
from relatives.models import Telling
from residents.topics import Topic


def with_what_is_known(relations):
    """Relations with all that described() asks for."""
    return relations.select_related(
        "relative__user", "resident__department"
    ).prefetch_related(
        Prefetch("tellings", Telling.objects.order_by("topic")),
        "representations__relation__resident",
        "representations__relation__relative",
    )


def described(relations):
    """(relation, topics that may be told, what rests on law) for each.

    What rests on law is also what begins later, each with what it opens in words.
    """
    order = list(Topic)
    return [
        (
            relation,
            sorted(
                {Topic(telling.topic) for telling in relation.tellings.all()},
                key=order.index,
            ),
            [
                (row, opening.in_words(row))
                for row in relation.representations.all()
                if row.can_still_end and not (row.is_custody and not row.holds_today)
            ],
        )
        for relation in relations
    ]
