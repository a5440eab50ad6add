"""Recomputes who sees what, by the plain rule, and holds the portal against it."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Q
from guardian.core import ObjectPermissionChecker

from consent import facts, rule
from portal import clock, refusals, walls
from portal.models import DepartmentGrant, User
from relatives.models import Call, Telling
from residents.models import Grant, Resident
from residents.shared import shared_models


@dataclass
class Findings:
    """Numbers alone: what was compared, and where the two did not agree."""

    at: object = None
    counts: Counter = field(default_factory=Counter)
    compared: Counter = field(default_factory=Counter)
    disagreements: list[str] = field(default_factory=list)

    def compare(self, what, portal, plain):
        self.compared[what] += len(portal | plain)
        self.disagreements += [
            f"{what}: {one}" for one in sorted(map(str, portal ^ plain))
        ]


@transaction.atomic
def verify():
    """Compare everything for everybody. The answer counts, and names nobody.

    What lapses at the very instant could look like a disagreement: ask again.
    """
    world, now = facts.read(), clock.now()
    found = Findings(at=now)
    openings = set(rule.openings(world, now))
    work, manage = rule.workplaces(world, now)
    found.counts.update(
        residents=len(world.residents),
        relations=sum(not tie.is_over for tie in world.ties.values()),
        consents=sum(
            one.says == "yes" and not one.is_closed for one in world.answers.values()
        ),
        representations=len(world.rights),
        openings=len(openings),
    )
    _views(found, world, now, openings, work, manage)
    _things(found, world, openings, work)
    _guards(found)
    return found


def _views(found, world, now, openings, work, manage):
    found.compare(
        "grants",
        set(
            Grant.objects.values_list(
                "user", "content_object", "topic", "since", "ground", "ground_id"
            )
        ),
        {tuple(one) for one in openings},
    )
    found.compare(
        "tellings",
        set(Telling.objects.values_list("relation", "topic", "ground", "ground_id")),
        set(rule.tellings(world, now)),
    )
    for codename, plain in (
        ("work_in_department", work),
        ("manage_department", manage),
    ):
        rows = DepartmentGrant.objects.filter(permission__codename=codename)
        found.compare(codename, set(rows.values_list("user", "content_object")), plain)


def _things(found, world, openings, work):
    """What each person sees of all that is written, by either wall and by guardian."""
    opened, places = defaultdict(lambda: defaultdict(list)), defaultdict(set)
    for one in openings:
        opened[one.user][one.resident, one.topic].append(one.since)
    for user, place in work:
        places[user].add(place)
    users = User.objects.in_bulk(opened.keys() | places.keys())
    found.counts["people"] = len(users)
    # To read everything as somebody takes long where there is much: some of them do.
    tried = sorted(users)[:: len(users) // 200 + 1]
    if connection.vendor != "postgresql":
        tried = []
    for model in shared_models():
        by_place = _by_place(model, world, found)
        for number, user in users.items():
            plain = {
                pk
                for place in _near(world, places[number], opened[number])
                for pk, thing in by_place[place]
                if rule.may_see(
                    world, thing, departments=places[number], opened=opened[number]
                )
            }
            rows = model.objects.visible_to(user).order_by()
            found.compare("things seen", set(rows.values_list("pk", flat=True)), plain)
            if number in tried:
                with walls.seen_by(user):
                    every = set(model._base_manager.values_list("pk", flat=True))
                found.compare("things behind the second wall", every, plain)
    for number, user in users.items():
        _calls(found, world, user, places[number], opened[number])
    for number, topics in opened.items():
        _guardian(found, users[number], topics)


def _calls(found, world, user, places, opened):
    """The contact chain: staff and the resident see it, a relative the own part."""
    plain = set()
    for call in Call.objects.filter(_anywhere_near(places, opened)):
        resident, tie = world.residents[call.resident_id], world.ties[call.relation_id]
        is_own = tie.user == user.pk and call.ended_at is None
        since = opened.get((call.resident_id, call.topic), ())
        if (
            resident.department in places
            or resident.user == user.pk
            or is_own
            and any(one is None or one <= call.recorded_at for one in since)
        ):
            plain.add(call.pk)
    rows = Call.objects.visible_to(user).order_by()
    found.compare("calls seen", set(rows.values_list("pk", flat=True)), plain)


def _anywhere_near(places, opened):
    residents = {resident for resident, _topic in opened}
    return Q(resident__department__in=places) | Q(resident__in=residents)


def _by_place(model, world, found):
    """Every row of the model as the rule sees it, by its resident."""
    shareable = set(
        model._base_manager.filter(model.objects.all().shareable).values_list(
            "pk", flat=True
        )
    )
    things = defaultdict(list)
    rows = model._base_manager.values_list("pk", "resident", "topic", "recorded_at")
    for pk, resident, topic, at in rows.iterator():
        thing = rule.Thing(resident, topic, at, may_be_shared=pk in shareable)
        things[resident].append((pk, thing))
        found.counts["things"] += 1
    return things


def _near(world, departments, opened):
    """The residents of whom the person could see anything at all."""
    return {
        number
        for number, resident in world.residents.items()
        if resident.department in departments
    } | {resident for resident, _topic in opened}


def _guardian(found, user, topics):
    for resident in {resident for resident, _topic in topics}:
        said = set(ObjectPermissionChecker(user).get_perms(Resident(pk=resident)))
        plain = {f"see_{topic}" for who, topic in topics if who == resident}
        found.compare("permissions by guardian", said, plain)


def _guards(found):
    """The triggers and walls that belong in the database, and those that stand there."""
    wanted = {(one.name, one.table) for one in refusals.refusals(connection)}
    found.compare("refusals", set(refusals.standing(connection)), wanted)
    if connection.vendor == "postgresql":
        found.compare(
            "walls",
            walls.standing(connection),
            {model._meta.db_table for model in walls.walled()},
        )
