"""The record of processing activities (GDPR article 30), made from what the tables say."""

from dataclasses import dataclass

from portal import personal
from portal.uses import Category, Periods, Person, Uses


@dataclass(frozen=True)
class Activity:
    """One use of personal data, with everything the article asks of it."""

    use: Uses
    people: list[Person]
    categories: list[Category]
    periods: list[Periods]


def activities():
    """One for each use, in the order in which they stand in portal.uses."""
    classes = personal.all_classes().values()
    return [_activity(use, [one for one in classes if one.use is use]) for use in Uses]


def _activity(use, tables):
    def known(kind, of):
        return [one for one in kind if any(one in of(table) for table in tables)]

    return Activity(
        use,
        people=known(Person, lambda table: table.people),
        categories=known(Category, lambda table: table.categories),
        periods=known(Periods, lambda table: [table.kept]),
    )
