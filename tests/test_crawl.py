"""Everything that is shared, everybody who could see it, every page: is it the rule?

Each thing about Bo, Ida and Ung carries a word of its own, one thing a topic and kind.
Everybody opens every page with every number, and the words that were seen are exactly
those that the plain rule (consent.rule) lets them see: none too many, none too few.
Then something is withdrawn, then time passes, and they look again.
"""

import datetime as dt
import logging
import re
import uuid

import pytest
from django.db import transaction
from django.urls import reverse

from consent import actions as consent
from consent import facts, rule
from consent.models import Consent
from news.models import DiaryEntry
from portal import clock, mail
from relatives.models import Agreement
from residents.shared import shared_models
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import (
    AgreementFactory,
    DiaryEntryFactory,
    RelationFactory,
    ResidentFactory,
)
from tests.letters import gathered
from tests.test_access import WAYS, arguments
from tests.test_canaries import plain_refusals

# Cyrillic letters stand nowhere else in the portal.
WORD = re.compile(r"щ(\d+)щ")
MAKERS = {Agreement: AgreementFactory, DiaryEntry: DiaryEntryFactory}
DAY = dt.timedelta(days=1)
RELATIVES = ["anna", "rikke", "jens", "niels", "mor", "expired", "future", "since"]
OTHERS = ["bos", "mette", "clara", "tim", "vera", "liv", "ole", "root"]


class Shared:
    """The people, the things about them, and the word on each."""

    def __init__(self, cast):
        self.cast, self.things = cast, []
        self.ung = ResidentFactory(
            department=cast.aakanden,
            given_name="Ung",
            # Fifteen in eight days.
            born_on=(clock.today() + 8 * DAY).replace(year=clock.today().year - 15),
        )
        self._let_in()
        for resident, topics in (
            (cast.ida, ["health", "economy"]),
            (self.ung, ["daily", "health"]),
            (cast.bo, Topic.values),
        ):
            for topic in topics:
                for model, make in MAKERS.items():
                    self._put(model, make, resident, topic, clock.now() - 2 * DAY)
        # The newest is on top of every list, and Anna may not see it.
        for model, make in MAKERS.items():
            self._put(model, make, cast.bo, "daily", clock.now())

    def _let_in(self):
        cast, now = self.cast, clock.now()
        for name in ("niels", "expired", "future", "since"):
            relation = RelationFactory(resident=cast.bo, relative__user__name=name)
            setattr(cast, name, relation.relative.user)
            setattr(cast, f"{name}s_tie", relation)
        tell(cast.jenss, Topic.HEALTH, answer="no", by=cast.mette)
        consent.withdraw(tell(cast.jenss, Topic.GOALS, by=cast.mette), by=cast.mette)
        tell(cast.jenss, Topic.PHOTOS, action="be_told", by=cast.mette)
        tell(
            cast.expireds_tie,
            Topic.PHOTOS,
            starts_at=now - 2 * DAY,
            ends_at=now - dt.timedelta(microseconds=1),
            by=cast.mette,
        )
        tell(cast.futures_tie, Topic.PHOTOS, starts_at=now + DAY, by=cast.mette)
        tell(cast.sinces_tie, Topic.DAILY, since=now - DAY, by=cast.mette)
        self._represent(cast.nielss_tie, "personal", ["treatment", "social"])
        mor = RelationFactory(resident=self.ung, relative__user__name="mor")
        cast.mor = mor.relative.user
        self._represent(mor, "sole_custody", [])

    def _represent(self, relation, kind, topics):
        relation.representations.create(
            kind=kind, topics=topics, starts_on=clock.today() - DAY
        )

    def _put(self, model, make, resident, topic, at):
        number = len(self.things)
        row = make(
            resident=resident,
            topic=topic,
            text=f"0щ{number}щ",
            recorded_by=self.cast.mette,
        )
        model.objects.filter(pk=row.pk).update(recorded_at=at)
        row.refresh_from_db()
        self.things.append(row)

    def for_(self, user):
        """The words that the rule lets somebody see at this instant."""
        world, now = facts.read(), clock.now()
        opened = {}
        for one in rule.openings(world, now):
            if one.user == user.pk:
                opened.setdefault((one.resident, one.topic), []).append(one.since)
        work, _manage = rule.workplaces(world, now)
        departments = {place for who, place in work if who == user.pk}
        return {
            number
            for number, row in enumerate(self.things)
            if rule.may_see(
                world,
                rule.Thing(row.resident_id, row.topic, row.recorded_at),
                departments=departments,
                opened=opened,
            )
        }

    def paths(self):
        """Every page that can be opened, and each that is about a thing for each."""
        kinds = {model: set() for model in MAKERS}
        pages = {}
        for page, method, _statuses in WAYS:
            pages.setdefault(page, set()).add(method)
        people = (self.cast.bo, self.cast.ida, self.ung)
        for page, methods in pages.items():
            args = arguments(page, self.cast)
            numbers = [args[:1]]
            for model, asked in kinds.items():
                field = "address" if model is DiaryEntry else "uuid"
                if (
                    args
                    and isinstance(args[0], uuid.UUID)
                    and model.objects.filter(**{field: args[0]}).exists()
                ):
                    numbers = [
                        [getattr(row, field)]
                        for row in self.things
                        if isinstance(row, model)
                    ]
                    asked.add(page)
            if args and args[0] == self.cast.bo.uuid:
                numbers = [[one.uuid] for one in people]
            for number in numbers:
                yield reverse(page, args=[*number, *args[1:]]), methods
        assert all(kinds.values()), "nothing was asked of a kind of thing"


def words(response):
    body = b"".join(response) if response.streaming else response.content
    text = body.decode(errors="replace") + str(response.headers)
    return {int(number) for number in WORD.findall(text)}


def seen_by(user, shared, sign_in):
    """The words on every page for somebody, also on those that follow from a list."""
    client, seen, asked = sign_in(user), set(), set()
    todo = [path for path, methods in shared.paths() if "GET" in methods]
    while todo:
        path = todo.pop()
        if path in asked:
            continue
        asked.add(path)
        response = client.get(path)
        seen |= words(response)
        if response.streaming:
            continue
        # Older pages of a list are pages too.
        todo += [
            path.partition("?")[0] + further.replace("&amp;", "&")
            for further in re.findall(
                r'href="[^"?]*(\?(?:before|page)=[^"]+)"', response.content.decode()
            )
        ]
    assert len(asked) > 150
    return seen


@pytest.fixture
def shared(cast, monkeypatch, caplog):
    # Thousands of refusals are not worth telling.
    caplog.set_level(logging.CRITICAL, "django.request")
    assert set(shared_models()) == MAKERS.keys(), "a kind of thing nobody made here"
    monkeypatch.setattr("portal.pdf.draw", str.encode)
    plain_refusals(monkeypatch)
    return Shared(cast)


@pytest.mark.parametrize("person", [*RELATIVES, *OTHERS])
def test_who_sees_what_is_the_rule(cast, shared, sign_in, person):
    user = getattr(cast, person)

    assert seen_by(user, shared, sign_in) == shared.for_(user)


@pytest.mark.parametrize("person", ["anna", "rikke", "since"])
def test_after_a_stop_it_still_is(cast, shared, sign_in, person):
    user = getattr(cast, person)
    before = shared.for_(user)
    for answer in Consent.objects.in_force().filter(relation__resident=cast.bo):
        consent.withdraw(answer, by=cast.mette)

    after = shared.for_(user)
    assert after < before
    assert seen_by(user, shared, sign_in) == after


@pytest.mark.parametrize(
    ("person", "later", "change"),
    [
        ("future", DAY, "more"),
        ("mor", 9 * DAY, "less"),
        ("anna", 367 * DAY, "less"),
        ("since", 367 * DAY, "less"),
        ("bos", 367 * DAY, "same"),
        ("mette", 367 * DAY, "same"),
    ],
)
def test_after_its_time_it_still_is(
    cast, shared, sign_in, move_clock, person, later, change
):
    user = getattr(cast, person)
    before = shared.for_(user)

    move_clock(clock.now() + later)

    after = shared.for_(user)
    assert {"more": before < after, "less": after < before, "same": before == after}[
        change
    ]
    assert seen_by(user, shared, sign_in) == after


@pytest.mark.parametrize("person", ["anna", "jens", "bos", "tim", "vera"])
def test_no_answer_to_a_form_and_no_mail_tells_more(cast, shared, sign_in, person):
    user = getattr(cast, person)
    client, may_see, asked = sign_in(user), shared.for_(user), 0
    for path, methods in shared.paths():
        for method in methods | {"HEAD", "PUT"}:
            if method == "GET":
                continue
            with transaction.atomic():
                response = client.generic(method, path)
                for message in gathered().select_related("to"):
                    letter = mail.compose(message)
                    assert not WORD.search(str(letter and letter.message()))
                transaction.set_rollback(True)
            told = words(response)
            assert told <= may_see, (method, path)
            assert method == "POST" or not told, (method, path)
            asked += 1
    assert asked > 400
