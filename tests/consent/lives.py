"""Made-up lives: what may happen at a home, told to the portal and to the rule alike.

Two residents, of whom one grows up, five relatives, three employees, a decoy of each.
Each thing that happens is done with the portal's own actions, and remembered beside it;
after each of them the portal must say what the rule (consent.rule) says of the memory.
"""

import datetime as dt
from collections import defaultdict

from django.db import transaction
from guardian.shortcuts import get_perms  # noqa: TID251 -- a door that must agree
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from consent import actions
from consent import rule as plain
from consent.models import Consent
from news.models import DiaryEntry
from portal import clock
from portal.models import DepartmentGrant, Employment, User
from relatives.models import Agreement, Relation, Relative, Representation, Telling
from residents.access import readers
from residents.models import Grant, Resident
from residents.shared import shared_models
from residents.topics import Topic
from tests import factories

# With microseconds: SQLite compares instants as text.
START = dt.datetime(2027, 3, 2, 11, 0, 0, 250_007, tzinfo=dt.UTC)
MOMENT = dt.timedelta(microseconds=1)
TOPICS = ["daily", "health", "economy"]
KINDS = ["shared_custody", "sole_custody", "economic", "personal", "future_power"]
GIVEN_AS = {
    "shared_custody": "custody",
    "sole_custody": "custody",
    "future_power": "future_power",
}
MAKERS = {
    Agreement: factories.AgreementFactory,
    DiaryEntry: factories.DiaryEntryFactory,
}

one_of = st.sampled_from
topics = one_of(TOPICS)
ties = one_of(["anna-bo", "anna-ung", "jens-bo", "mor-ung", "far-ung"])
whom = one_of(["bo", "ung"])
people = one_of(["anna", "jens", "mor", "far", "bo", "mette", "clara", "tim"])


def span(**units):
    return dt.timedelta(**units)


class Lives(RuleBasedStateMachine):
    # Set by the test: the fixture that moves the clock of portal and database.
    move_clock = staticmethod(lambda instant: None)

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now, self.step, self.agreed = START, 0, False
        self.move_clock(self.now)
        self.world = plain.World(topics=tuple(Topic.values))
        self.things = {model: {} for model in shared_models()}
        assert self.things.keys() == MAKERS.keys(), "a kind of thing nobody makes here"

    def teardown(self):
        try:
            if self.agreed:
                self.look_back_and_ahead()
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def look_back_and_ahead(self):
        """At everything from just before and just after each `since`, and at each day
        and instant to come on which something opens or shuts."""
        sinces = [answer for answer in self.world.answers.values() if answer.since]
        for answer in sinces[-2:]:
            resident = self.world.ties[answer.tie].resident
            for model in MAKERS:
                for at in (answer.since, answer.since - MOMENT):
                    self.write_down(model, resident, answer.topic, at)
        concerned = {self.world.ties[answer.tie].user for answer in sinces[-2:]}
        for place, user in enumerate(self.users.values()):
            if user.pk in concerned or place % 3 == self.step % 3:
                self.look(user)
        ahead = {edge for edge in self.edges() if edge - MOMENT > self.now}
        for edge in sorted(ahead)[:20]:
            for instant in (edge - MOMENT, edge):
                self.move(instant)
                self.compare_views()

    # The people

    @initialize(decoy=st.integers(0, 3))
    def people_live_here(self, decoy):
        for _number in range(decoy):
            factories.ResidentFactory()
        home = factories.HomeFactory()
        here = factories.DepartmentFactory(home=home)
        there = factories.DepartmentFactory(home=home)
        elsewhere = factories.DepartmentFactory()
        self.departments = [here, there, elsewhere]
        self.world.departments = {d.pk: d.home_id for d in self.departments}
        self.users = {
            name: factories.UserFactory(name=name)
            for name in ("mette", "clara", "tim", "anna", "jens", "mor", "far", "bo")
        }
        self.homes = {
            "bo": factories.ResidentFactory(
                department=here, user=self.users["bo"], born_on=dt.date(1980, 2, 29)
            ),
            # Fifteen in some weeks.
            "ung": factories.ResidentFactory(
                department=there, born_on=dt.date(2012, 3, 20)
            ),
        }
        for resident in self.homes.values():
            self.world.residents[resident.pk] = plain.Resident(
                resident.user_id, resident.born_on, resident.department_id
            )
        self.relatives = {
            name: factories.RelativeFactory(home=home, user=self.users[name])
            for name in ("anna", "jens", "mor", "far")
        }
        self.ties = {}
        for tie in ("anna-bo", "anna-ung", "jens-bo", "mor-ung", "far-ung"):
            self.tie(tie)
        self.employ("mette", "care", 0, 0, None)
        self.employ("clara", "centre_manager", 0, 0, None)
        self.employ("tim", "care", 2, 0, None)

    def tie(self, name):
        relative, resident = name.split("-")
        row = factories.RelationFactory(
            relative=self.relatives[relative], resident=self.homes[resident]
        )
        self.ties[name] = row
        self.world.ties[row.pk] = plain.Tie(
            resident=row.resident_id,
            user=row.relative.user_id,
            has_promised_silence=self.has_promised(relative),
        )

    def has_promised(self, name):
        return all(
            tie.has_promised_silence
            for tie in self.world.ties.values()
            if tie.user == self.users[name].pk
        )

    # What residents answer

    @rule(
        tie=ties,
        topic=topics,
        action=one_of(["see", "see", "see", "be_told", "be_contacted"]),
        says=one_of(["yes", "yes", "yes", "no", "not_yet"]),
        waits=one_of([span(), span(), span(hours=1), span(days=2)]),
        lasts=one_of([span(hours=1), span(days=1), span(days=60)]),
        since=one_of([None, span(), span(days=-1), span(hours=1)]),
        spoken_for=st.integers(-2, 3),
    )
    def answer(self, tie, topic, action, says, waits, lasts, since, spoken_for):
        self.answered(tie, topic, action, says, waits, lasts, since, spoken_for)

    @rule(tie=ties, topic=topics, since=one_of([None, span(), span(days=-1)]))
    def yes(self, tie, topic, since):
        """The commonest answer by far: yes, from now on."""
        self.answered(tie, topic, "see", "yes", span(), span(days=60), since, -1)

    def answered(self, tie, topic, action, says, waits, lasts, since, spoken_for):
        relation = self.ties[tie]
        givers = [
            number
            for number, right in self.world.rights.items()
            if self.world.ties[right.tie].resident == relation.resident_id
        ][max(spoken_for, 0) : spoken_for + 1]
        how = {}
        if givers:
            giver = Representation.objects.get(pk=givers[0])
            assume(giver.holds_today)
            as_what = GIVEN_AS.get(giver.kind, "legal_guardian")
            how = {"representation": giver, "given_by": as_what}
        talk = actions.record_talk(
            resident=relation.resident,
            form="written",
            text_version="test",
            text_shown="May she?",
            by=self.users["mette"],
            **how,
        )
        starts_at = self.now + waits
        details = {
            "starts_at": starts_at,
            "ends_at": starts_at + lasts,
            "since": None if since is None else self.now + since,
        }
        row = actions.record_answer(
            talk=talk,
            relation=relation,
            topic=topic,
            action=action,
            answer=says,
            by=self.users["mette"],
            **details,
        )
        self.close(relation.pk, topic, action)
        self.world.answers[row.pk] = plain.Answer(
            relation.pk, topic, action, says, givers=tuple(givers), **details
        )

    def close(self, tie, topic, action):
        for answer in self.world.answers.values():
            if (answer.tie, answer.topic, answer.action) == (tie, topic, action):
                answer.is_closed = True

    @precondition(lambda self: self.world.answers)
    @rule(which=st.integers(0, 30))
    def stop(self, which):
        numbers = sorted(self.world.answers)
        row = Consent.objects.get(pk=numbers[which % len(numbers)])
        actions.withdraw(row, by=self.users["clara"])
        # An answer that was asked again: the stop is to what stands now.
        if row.closed_because in ("", "replaced"):
            self.close(row.relation_id, row.topic, row.action)

    # What the law opens

    @rule(
        tie=ties,
        kind=one_of(KINDS),
        topics=st.lists(topics, max_size=2, unique=True),
        begins=one_of([-400, 0, 1]),
        lasts=one_of([None, None, 0, 20]),
    )
    def represent(self, tie, kind, topics, begins, lasts):
        relation, today = self.ties[tie], clock.today()
        begins_on = today + span(days=begins)
        ends_on = lasts if lasts is None else today + span(days=max(begins, lasts))
        open_ = relation.representations.filter(kind=kind, ends_on=None)
        assume(ends_on or not open_.exists())
        row = relation.representations.create(
            kind=kind, topics=topics, starts_on=begins_on, ends_on=ends_on
        )
        self.world.rights[row.pk] = plain.Right(
            relation.pk, kind, tuple(topics), begins_on, ends_on
        )

    @precondition(lambda self: self.world.rights)
    @rule(which=st.integers(0, 30))
    def representation_ends(self, which):
        numbers = sorted(self.world.rights)
        number = numbers[which % len(numbers)]
        right = self.world.rights[number]
        right.ends_on = max(clock.today(), right.starts_on)
        Representation.objects.filter(pk=number).update(ends_on=right.ends_on)

    # What happens to people

    @rule(tie=ties)
    def relation_ends(self, tie):
        row = self.ties[tie]
        Relation.objects.filter(pk=row.pk).update(
            ended_at=self.now, ended_by=self.users["mette"]
        )
        self.world.ties[row.pk].is_over = True
        # They may come back, as somebody new: nothing of before counts.
        self.tie(tie)

    @rule(name=whom, away=one_of([None, None, 0, 1, 30]))
    def move_out(self, name, away):
        moves_on = away if away is None else clock.today() + span(days=away)
        self.changed(name, "moved_out_on", moves_on)

    @rule(name=whom, place=st.integers(0, 2))
    def move_within(self, name, place):
        self.changed(name, "department", self.departments[place])
        resident = self.world.residents[self.homes[name].pk]
        resident.department = self.departments[place].pk

    def changed(self, name, field, value):
        resident = Resident.objects.get(pk=self.homes[name].pk)
        setattr(resident, field, value)
        resident.save()
        setattr(self.world.residents[resident.pk], field, value)

    @rule(name=people)
    def lock_out_or_let_in(self, name):
        number = self.users[name].pk
        self.world.locked_out ^= {number}
        User.objects.filter(pk=number).update(
            is_active=number not in self.world.locked_out
        )

    @rule(name=one_of(["anna", "jens", "mor", "far"]))
    def promise_silence_or_not_yet(self, name):
        promised = not self.has_promised(name)
        Relative.objects.filter(pk=self.relatives[name].pk).update(
            confidentiality_accepted_at=self.now if promised else None
        )
        self.relatives[name].refresh_from_db()
        for tie in self.world.ties.values():
            if tie.user == self.users[name].pk:
                tie.has_promised_silence = promised

    @rule(
        name=people,
        role=one_of(["care", "manager", "centre_manager", "adviser", "system"]),
        place=st.integers(0, 2),
        begins=one_of([-10, 0, 1]),
        lasts=one_of([0, 5]),
    )
    def employ(self, name, role, place, begins, lasts):
        department = self.departments[place]
        begins_on = clock.today() + span(days=begins)
        job = Employment.objects.create(
            user=self.users[name],
            role=role,
            home=department.home,
            department=department if role in ("care", "manager") else None,
            starts_on=begins_on,
            ends_on=None
            if lasts is None
            else clock.today() + span(days=max(begins, lasts)),
        )
        self.world.jobs.append(
            plain.Job(
                job.user_id,
                role,
                job.home_id,
                job.department_id,
                job.starts_on,
                job.ends_on,
            )
        )

    # Time, and what is written in it

    @rule(by=one_of([MOMENT, span(hours=1), span(days=1), span(days=40)]))
    def time_passes(self, by):
        self.move(self.now + by)

    @rule(short_of=one_of([span(), MOMENT]), nth=st.integers(0, 3))
    def until_something_changes(self, short_of, nth):
        """To the instant itself, or to the last before it."""
        edges = sorted(edge for edge in self.edges() if edge - short_of > self.now)
        assume(edges)
        self.move(edges[min(nth, len(edges) - 1)] - short_of)

    def move(self, instant):
        self.now = instant
        self.move_clock(instant)

    def edges(self):
        days = []
        for answer in self.world.answers.values():
            yield from (answer.starts_at, answer.ends_at)
        for right in (*self.world.rights.values(), *self.world.jobs):
            days += [right.starts_on, right.ends_on and right.ends_on + span(days=1)]
        for resident in self.world.residents.values():
            born = resident.born_on
            if born.year > 2000:
                days += [born.replace(year=born.year + age) for age in (15, 18)]
            days.append(resident.moved_out_on)
        for day in filter(None, days):
            yield dt.datetime(day.year, day.month, day.day, tzinfo=clock.DENMARK)

    @rule(
        name=whom,
        topic=topics,
        model=one_of(sorted(MAKERS, key=lambda model: model.__name__)),
        ago=one_of([span(), span(hours=1), span(days=1)]),
    )
    def write(self, name, topic, model, ago):
        self.write_down(model, self.homes[name].pk, topic, self.now - ago)

    def write_down(self, model, resident, topic, at):
        row = MAKERS[model](
            resident=Resident(pk=resident),
            topic=topic,
            recorded_at=at,
            recorded_by=self.users["mette"],
        )
        self.things[model][row.pk] = plain.Thing(resident, topic, at)

    @precondition(lambda self: self.things[DiaryEntry])
    @rule(which=st.integers(0, 30), how=one_of(["recalled_at", "replaced_at"]))
    def take_back(self, which, how):
        numbers = sorted(self.things[DiaryEntry])
        number = numbers[which % len(numbers)]
        told = {how: self.now}
        if how == "recalled_at":
            told |= {"recalled_by": self.users["mette"], "recall_reason": "A name."}
        DiaryEntry.objects.filter(pk=number).update(**told)
        thing = self.things[DiaryEntry][number]
        self.things[DiaryEntry][number] = thing._replace(may_be_shared=False)

    # What must hold

    @invariant()
    def portal_and_rule_agree(self):
        if not self.world.ties:
            return
        self.agreed, self.step = False, self.step + 1
        self.compare_views()
        if self.step % 3 == 0:
            users = list(self.users.values())
            self.look(users[self.step // 3 % len(users)])
        self.agreed = True

    def compare_views(self):
        assert set(
            Grant.objects.values_list(
                "user", "content_object", "topic", "since", "ground", "ground_id"
            )
        ) == set(plain.openings(self.world, self.now))
        assert set(
            Telling.objects.values_list("relation", "topic", "ground", "ground_id")
        ) == set(plain.tellings(self.world, self.now))
        work, manage = plain.workplaces(self.world, self.now)
        places = defaultdict(set)
        for codename, user, place in DepartmentGrant.objects.values_list(
            "permission__codename", "user", "content_object"
        ):
            places[codename].add((user, place))
        assert places["work_in_department"] == work
        assert places["manage_department"] == manage

    def look(self, user):
        """Everything that one user sees, through every door."""
        user = User.objects.get(pk=user.pk)
        work, _manage = plain.workplaces(self.world, self.now)
        departments = {place for who, place in work if who == user.pk}
        opened = defaultdict(list)
        for opening in plain.openings(self.world, self.now):
            if opening.user == user.pk:
                opened[opening.resident, opening.topic].append(opening.since)
        for model, things in self.things.items():
            seen = {
                number: thing
                for number, thing in things.items()
                if plain.may_see(
                    self.world, thing, departments=departments, opened=opened
                )
            }
            rows = model.objects.visible_to(user)
            assert set(rows.values_list("pk", flat=True)) == set(seen)
            newest = sorted(seen, key=lambda pk: (seen[pk].at, pk), reverse=True)
            assert [row.pk for row in model.objects.newest(user, 2)] == newest[:2]
        resident = list(self.homes.values())[self.step % 2]
        topics = {topic for who, topic in opened if who == resident.pk}
        assert set(get_perms(user, resident)) == {f"see_{topic}" for topic in topics}
        topic = TOPICS[self.step % 3]
        may = user.has_perm(f"residents.see_{topic}", resident)
        assert may is (topic in topics)
        self.who_reads_the_latest()

    def who_reads_the_latest(self):
        for model, things in self.things.items():
            if not things:
                continue
            number, thing = max(things.items())
            opened = {
                opening.user
                for opening in plain.openings(self.world, self.now)
                if (opening.resident, opening.topic) == (thing.resident, thing.topic)
                and opening.ground != "own"
                and (opening.since is None or opening.since <= thing.at)
            }
            row = model.objects.get(pk=number)
            assert set(readers(row).values_list("pk", flat=True)) == opened
