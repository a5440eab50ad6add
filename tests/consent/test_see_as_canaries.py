"""Every word about somebody is marked, and everybody looks through everybody's eyes."""

import pytest
from django.urls import resolve

from consent.views.see_as import PAGES
from relatives.models import Relation, Representation
from residents.models import Resident
from tests.factories import EmploymentFactory, RelationFactory
from tests.test_access import PEOPLE
from tests.test_canaries import (
    SEES,
    addresses,
    canaries,  # noqa: F401 -- a fixture
    plain_refusals,
)

# What every relative of somebody in the house reads. An idea that is let out is everybody's.
BOS_HOUSE = {
    "Åkanden's news",
    "Åkanden's meeting",
    "Åkanden's event",
    "Åkanden's idea",
    "Solgården's library",
}
IDAS_HOUSE = {
    "Bakken's news",
    "Bakken's meeting",
    "Bakken's event",
    "Åkanden's idea",
    "Solgården's library",
}
# What each relative may be shown of Bo, and their own words to it. The banner names Bo
# and the relative.
OF_BO = {
    "anna": {"Bo", "Anna", "health", "Anna's wish", "Anna's extract", *BOS_HOUSE},
    "rikke": {"Bo", "Rikke", "health", "economy", "Rikke's wish", *BOS_HOUSE}
    # What was said at the meeting she was at, which she finds by searching.
    | {"Bo's meeting", "health at Bo's meeting"},
    "jens": {"Bo", "Jens", *BOS_HOUSE},
}
OF_IDA = {
    "anna": {"Ida", "Anna", "Ida's economy", "Anna's extract of Ida", *IDAS_HOUSE}
}
# Niels acts for Bo about money, and is told who else hears of it.
OF_BO_TO_ALL = OF_BO | {"niels": {"Bo", "Rikke", "economy", *BOS_HOUSE}}
# Who may look through whose eyes: at Bo's own, and at Ida's.
MAY = {
    "mette": (OF_BO_TO_ALL, {}),
    "clara": (OF_BO_TO_ALL, OF_IDA),
    "bos": (OF_BO_TO_ALL, {}),
    "tim": ({}, OF_IDA),
    # At work, through her own.
    "anna": ({}, OF_IDA),
    "niels": ({"rikke": {"Bo", "Rikke", "economy", *BOS_HOUSE}}, {}),
}


@pytest.fixture
def many_sided(cast, canaries):  # noqa: F811
    """Anna is at work in Ida's department, and she is another home's resident herself."""
    EmploymentFactory(user=cast.anna, department=cast.bakken)
    Resident.objects.filter(department=cast.elsewhere).update(user=cast.anna)
    guardian = RelationFactory(
        resident=cast.bo, relative__given_name="Niels", relative__user__name="Niels"
    )
    Representation.objects.create(
        relation=guardian, kind=Representation.Kind.ECONOMIC, recorded_by=cast.karen
    )
    cast.niels = guardian.relative.user
    return canaries


def paths_to_try(cast):
    """Each address of what relatives read, and one of every other page."""
    tried = {}
    for address in addresses(cast):
        page = resolve(address.partition("?")[0]).view_name
        tried.setdefault(page, []).append(address)
    return [
        address
        for page, found in tried.items()
        for address in (found if page in PAGES else found[:1])
    ]


def name_of(user, cast):
    return next(one for one in (*OF_BO, "niels") if getattr(cast, one) == user)


@pytest.mark.parametrize("person", MAY)
def test_whoever_looks_sees_what_both_may_see_of_this_resident(
    cast, sign_in, many_sided, person, monkeypatch
):
    plain_refusals(monkeypatch)
    client = sign_in(getattr(cast, person))
    paths = paths_to_try(cast)
    seen = {cast.bo: {}, cast.ida: {}}
    for relation in Relation.objects.select_related("relative__user", "resident"):
        # Whoever may not look at the first page may look at none.
        may = client.get(f"/as/{relation.uuid}/").status_code == 200
        pages = [
            client.get(f"/as/{relation.uuid}{path}")
            for path in (paths if may else paths[:5])
        ]
        nests = set().union(*map(many_sided.seen_in, pages))
        if nests:
            seen[relation.resident][name_of(relation.relative.user, cast)] = nests

    of_bo, of_ida = MAY[person]
    assert seen == {cast.bo: of_bo, cast.ida: of_ida}
    for nests in [*of_bo.values(), *of_ida.values()]:
        assert nests <= SEES.get(person, nests) | {"Anna", "Bo"}


def test_nobody_else_looks_through_anybodys_eyes(cast, sign_in, many_sided):
    for person in set(PEOPLE) - MAY.keys() - {"karen"}:
        client = sign_in(getattr(cast, person))
        for relation in Relation.objects.all():
            status = client.get(f"/as/{relation.uuid}/").status_code
            assert status == (404 if person != "nobody" else 302), person


def test_the_pages_that_may_be_looked_at_are_counted():
    assert len(PAGES) == 26
