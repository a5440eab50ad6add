"""The people whom the residents count among their own."""

import datetime as dt

from dateutil.relativedelta import relativedelta

from demo.families import (
    ALSO,
    CHILDREN,
    HERE,
    INVITED,
    LANGUAGES,
    NOT_INVITED,
    PROTECTED_ADDRESS,
    RELATIVES,
    REPRESENTATIONS,
    ROADS,
    K,
)
from demo.house import at, number
from demo.staff import address_of, new_user
from portal.models import Invitation
from relatives.models import Relation, Relative, Representation


def build(house):
    count = 0
    for resident, rows in RELATIVES.items():
        for given, family, kind, state in rows:
            count += 1
            relative = _relative(house, given, family, state, count)
            _relate(house, resident, relative, kind)
    for resident, known_from, given, kind in ALSO:
        _relate(house, resident, house.relations[known_from, given].relative, kind)
    pernille = _relative(house, "Pernille", "Skov", None, count + 1)
    pernille.user = house.staff["Pernille"]
    pernille.confidentiality_accepted_at = house.moment(-300, "17.20")
    pernille.save()
    _relate(house, "Thomas", pernille, K.SISTER)
    for resident, given, kind, first, last, topics, document in REPRESENTATIONS:
        with at(house.moment(max(first, -700), "10.15")):
            Representation.objects.create(
                relation=house.relations[resident, given],
                kind=kind,
                topics=topics,
                starts_on=house.day(first),
                ends_on=None if last is None else house.day(last),
                document=document,
                recorded_by=house.staff["Charlotte"],
            )


def _relative(house, given, family, state, count):
    name = f"{given} {family}"
    road, postcode, city = ROADS[count % len(ROADS)]
    child = CHILDREN.get(given)
    language, interpreter = LANGUAGES.get(given, ("", False))
    reachable = state != NOT_INVITED and not child
    hidden = given in PROTECTED_ADDRESS
    relative = Relative(
        uuid=number("relative", name),
        home=house.home,
        given_name=given,
        family_name=family,
        born_on=child and house.today - relativedelta(years=child[0], days=child[1]),
        email=address_of(name) if reachable else "",
        phone="" if child else f"20 00 {20 + count // 10} {count * 7 % 90 + 10}",
        address="" if hidden else f"{road} {count * 3 % 70 + 1}",
        postcode="" if hidden else postcode,
        city="" if hidden else city,
        protected_address=hidden,
        language=language,
        interpreter=interpreter,
        register_id=f"P-{5100 + count}",
    )
    if state == HERE:
        seen = house.moment(-3 - count % 11, f"{16 + count % 6}.{count * 7 % 60}")
        relative.user = new_user(house, name, seen=seen)
        relative.confidentiality_accepted_at = house.moment(
            -200 - count, f"{17 + count % 5}.{count * 11 % 60}"
        )
    elif state == INVITED:
        relative.user = new_user(house, name, password=False)
        _invite(house, relative.user, count)
    relative.save()
    return relative


def _invite(house, user, count):
    invited = house.moment(-2 - count % 8, "10.30")
    with at(invited):
        Invitation.objects.create(
            uuid=number("invitation", user.name),
            user=user,
            invited_by=house.staff["Karen"],
            expires_at=invited + dt.timedelta(days=14),
        )


def _relate(house, resident, relative, kind):
    relation = Relation.objects.create(
        uuid=number("relation", resident, relative),
        resident=house.residents[resident],
        relative=relative,
        kind=kind,
        started_at=_known_since(house, house.residents[resident]),
    )
    house.relations[resident, relative.given_name] = relation


def _known_since(house, resident):
    """The afternoon on which the resident moved in, or was about to."""
    return house.moment(min((resident.moved_in_on - house.today).days, -3), "13.00")
