"""May I say it? What staff on the telephone find, read and write down."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from consent import actions as consent
from consent.models import Consent, ConsentTalk
from consent.phone.callers import Asked, fits_names, found, national
from portal import clock
from portal.drafts import new_slip
from relatives.models import Contact, Relation, Representation, ToldTopic
from residents.models import AccessEvent
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import EmploymentFactory, RelationFactory, ResidentFactory

SEARCH = reverse("consent:may-i-say-it")


def page(relation):
    return reverse("consent:may-i-tell", args=[relation.uuid])


def call(user, **changes):
    return {
        "slip": new_slip(user),
        "told": ["health"],
        "note": "",
        "follow_up": "none",
        "direction": "from_relative",
        **changes,
    }


def text_of(response):
    return response.content.decode()


# Finding the caller


@pytest.mark.parametrize(
    "typed",
    [
        "12 34 56 78",
        "12345678",
        "+45 12345678",
        "0045 12 34 56 78",
        "12-34-56-78",
        "5678",
        "4512345678",
    ],
)
def test_a_number_is_found_however_it_is_written(cast, typed):
    cast.annas.relative.phone = "+45 1234 5678"
    cast.annas.relative.save()

    assert found(cast.mette, typed) == [cast.annas]


def test_two_numbers_in_one_field_are_two_numbers(cast):
    cast.annas.relative.phone = "12 34 56 78 / 87654321"
    cast.annas.relative.save()

    assert found(cast.mette, "87 65 43 21") == [cast.annas]
    assert found(cast.mette, "7887") == []


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("åse", "Åse"),
        ("ÅSE", "Åse"),
        ("aase", "Åse"),
        ("Åge", "Aage"),
        ("soren", "Søren"),
        ("kjær", "Kjaer"),
        ("marie", "Anne-Marie"),
        ("rene", "René"),
        ("ünal", "Unal"),
    ],
)
def test_a_name_is_found_however_it_is_spelt(typed, name):
    assert fits_names(Asked.of(typed).words, Asked.of(name).words)


def test_short_words_begin_a_name(cast):
    assert not fits_names(Asked.of("bo").words, Asked.of("Jacobsen").words)
    assert fits_names(Asked.of("cobs").words, Asked.of("Jacobsen").words)


def test_a_part_of_a_name_is_enough_and_too_little_finds_nobody(cast):
    assert found(cast.mette, "ann") == [cast.annas]
    for too_little in ("", "a", "12", " \x00 ", "%", "_"):
        assert found(cast.mette, too_little) == []


def test_the_residents_name_finds_all_of_theirs(cast):
    assert set(found(cast.mette, "Bo")) == {cast.annas, cast.jenss, cast.rikkes}


@pytest.mark.parametrize(
    "typed", ["Bos brother", "Bo's brother", "Bo\u2019s brother", "the brother of Bo"]
)
def test_whose_relative_it_is_finds_them(cast, typed):
    cast.jenss.kind = "brother"
    cast.jenss.save()

    with translation.override("en"):
        assert found(cast.mette, typed) == [cast.jenss]


def test_little_words_alone_are_names(cast):
    cast.jenss.relative.given_name = "Forbes"
    cast.jenss.relative.save()

    assert found(cast.mette, "for") == [cast.jenss]
    assert found(cast.mette, "xs") == []


def test_nobody_elsewhere_is_found_nor_hinted_at(cast, sign_in):
    client = sign_in(cast.tim)

    # Jens is Bo's brother, and Tim works in another department.
    assert found(cast.tim, "Jens") == []
    assert found(cast.tim, "Anna") == [cast.idas]
    known, invented = (
        text_of(client.post(SEARCH, {"q": name}, follow=True))
        for name in ("Jens", "Jxns")
    )
    assert (
        known.replace("Jens", "Jxns").split('name="csrf')[1][100:]
        == (invented.split('name="csrf')[1][100:])
    )
    assert client.get(page(cast.jenss)).status_code == 404


def test_those_who_are_relatives_no_longer_are_nobody(cast, sign_in):
    cast.jenss.ended_at, cast.jenss.ended_by = clock.now(), cast.mette
    cast.jenss.save()

    assert found(cast.mette, "Jens") == []
    assert sign_in(cast.mette).get(page(cast.jenss)).status_code == 404


def test_nor_are_those_of_somebody_who_has_moved_out(cast):
    cast.bo.moved_out_on = clock.today()
    cast.bo.save()

    assert found(cast.mette, "Anna") == []


def test_one_alone_is_opened_at_once_and_no_name_stands_in_the_address(cast, sign_in):
    response = sign_in(cast.mette).post(SEARCH, {"q": "Jens"})

    assert response.url.startswith(page(cast.jenss))
    assert "Jens" not in response.url


def test_several_are_a_list_that_tells_them_apart(cast, sign_in):
    EmploymentFactory(user=cast.mette, department=cast.bakken)
    namesake = RelationFactory(resident=cast.bo, relative__given_name="Anna")
    tell(namesake, Topic.DAILY, by=cast.mette)

    response = sign_in(cast.mette).post(SEARCH, {"q": "anna"}, follow=True)

    told = {one.relation: one.open_topics for one in response.context["answers"]}
    # Two of the name, and one of them of two residents: each with their own.
    assert told == {
        cast.annas: ["health"],
        cast.idas: ["economy"],
        namesake: ["daily"],
    }


def test_two_searches_are_never_mixed(cast, sign_in):
    client = sign_in(cast.mette)
    first = client.post(SEARCH, {"q": "Bo"}).url
    second = client.post(SEARCH, {"q": "nobody"}).url

    assert client.get(first).context["text"] == "Bo"
    assert client.get(second).context["text"] == "nobody"
    assert client.get(SEARCH).context["text"] == ""
    assert client.get(f"{SEARCH}?found=\x00").context["text"] == ""


def test_a_search_is_forgotten_after_half_an_hour(cast, sign_in, move_clock):
    client = sign_in(cast.mette)
    address = client.post(SEARCH, {"q": "Bo"}).url

    move_clock(clock.now() + dt.timedelta(minutes=31))

    assert client.get(address).context["text"] == ""


def test_a_search_of_one_person_is_nobody_elses(cast, sign_in):
    address = sign_in(cast.mette).post(SEARCH, {"q": "Bo"}).url

    assert sign_in(cast.karen).get(address).context["text"] == ""


# What may be said


def test_the_answer_is_what_holds_at_this_instant(cast, sign_in, move_clock):
    consent_ = cast.annas.consents.get()
    client = sign_in(cast.mette)

    move_clock(consent_.ends_at - dt.timedelta(microseconds=1))
    assert client.get(page(cast.annas)).context["answer"].open_topics == ["health"]
    move_clock(consent_.ends_at)
    assert client.get(page(cast.annas)).context["answer"].open_topics == []


def test_only_what_is_important_is_said_to_be_so(cast, sign_in):
    be_told = {"by": cast.mette, "action": Consent.Action.BE_TOLD}
    tell(cast.jenss, Topic.DAILY, degree=Consent.Degree.IMPORTANT, **be_told)
    # What one may read does not widen what is said aloud.
    tell(cast.jenss, Topic.DAILY, by=cast.mette)
    tell(cast.jenss, Topic.GOALS, degree=Consent.Degree.ONGOING, **be_told)
    tell(cast.jenss, Topic.HEALTH, by=cast.mette)

    lines = sign_in(cast.mette).get(page(cast.jenss)).context["answer"].may

    assert [(line.topic, line.only_important) for line in lines] == [
        ("daily", True),
        ("goals", False),
        ("health", False),
    ]


def test_what_one_may_read_is_not_told_when_telling_was_answered_otherwise(cast):
    """A no to being told stays a no, though the relative may read in the portal."""
    be_told = {"by": cast.mette, "action": Consent.Action.BE_TOLD}

    def told():
        return set(cast.jenss.tellings.values_list("topic", flat=True))

    tell(cast.jenss, Topic.DAILY, by=cast.mette)
    assert told() == {"daily"}
    tell(cast.jenss, Topic.DAILY, answer="no", **be_told)
    assert told() == set()
    yes = tell(cast.jenss, Topic.DAILY, **be_told)
    assert told() == {"daily"}
    consent.withdraw(yes, by=cast.mette)
    assert told() == set()
    # What was recorded in error was never asked.
    tell(cast.annas, Topic.DAILY, by=cast.mette)
    wrong = tell(cast.annas, Topic.DAILY, answer="no", **be_told)
    consent.mark_in_error(wrong, why="About Jens.", by=cast.mette)
    assert "daily" in cast.annas.tellings.values_list("topic", flat=True)


def test_nobody_is_told_by_law_or_by_a_yes_when_they_are_a_relative_no_more(cast):
    Representation.objects.create(relation=cast.annas, kind="sole_custody")
    type(cast.bo).objects.update(born_on=clock.today() - dt.timedelta(days=3_000))
    assert cast.annas.tellings.count() > len(Topic) - 1
    given = cast.annas.consents
    assert given.in_force().exists()

    Relation.objects.filter(pk=cast.annas.pk).update(
        ended_at=clock.now(), ended_by=cast.karen
    )

    assert not cast.annas.tellings.exists()
    assert not given.in_force().exists()


@pytest.mark.parametrize(
    "action", [Consent.Action.BE_CONTACTED, Consent.Action.TAKE_PART]
)
def test_whoever_may_be_called_or_take_part_is_not_told_for_that(cast, action):
    tell(cast.jenss, Topic.DAILY, action=action, by=cast.mette)

    assert not cast.jenss.tellings.exists()


def test_what_custody_opens_is_said_to_end_with_it(cast, sign_in, move_clock):
    move_clock(dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC))
    cast.bo.born_on = dt.date(2013, 5, 4)
    cast.bo.save()
    custody = Representation.objects.create(relation=cast.jenss, kind="sole_custody")
    talk = consent.record_talk(
        resident=cast.bo,
        form=ConsentTalk.Form.WRITTEN,
        given_by=ConsentTalk.GivenAs.CUSTODY,
        representation=custody,
        text_version="test",
        text_shown="May she?",
        by=cast.mette,
    )
    consent.record_answer(
        talk=talk,
        relation=cast.annas,
        topic=Topic.HEALTH,
        answer="yes",
        by=cast.mette,
        ends_at=clock.now() + dt.timedelta(days=300),
    )

    def ends(relation):
        answer = sign_in(cast.mette).get(page(relation)).context["answer"]
        return {line.topic: line.until for line in answer.may}

    # The young person's own consent is needed for health from 15; custody ends at 18.
    theirs = ends(cast.jenss)
    assert "2028" in theirs["health"]
    assert "2031" in theirs["daily"]
    # The yes that was given for Bo until Christmas ends on its own day all the same.
    assert "2027" in ends(cast.annas)["health"]


def test_a_guardian_is_told_by_law_and_only_of_the_guardianship(cast, sign_in):
    Representation.objects.create(
        relation=cast.jenss, kind="economic", starts_on=dt.date(2020, 1, 1)
    )

    answer = sign_in(cast.mette).get(page(cast.jenss)).context["answer"]

    assert answer.open_topics == ["economy"]
    assert [law.kind for law in answer.laws] == ["economic"]


def test_a_no_a_stop_a_lapse_and_never_asked_read_the_same(cast, sign_in):
    """Staff are not tempted to say why either: the page does not say."""
    pages = set()
    for way in ("never", "no", "stopped"):
        relation = RelationFactory(
            resident=cast.bo, relative__given_name="Pia", relative__phone="11111111"
        )
        if way == "no":
            tell(relation, Topic.DAILY, by=cast.mette, answer="no")
        if way == "stopped":
            consent.withdraw(tell(relation, Topic.DAILY, by=cast.mette), by=cast.mette)
        answer = sign_in(cast.mette).get(page(relation)).context["answer"]
        pages.add((tuple(answer.may), tuple(answer.may_not)))
    assert len(pages) == 1


# Who is calling


@pytest.mark.parametrize(
    ("typed", "fits"),
    [("Jens", None), ("Jens 12345678", True), ("Jens 87654321", False), ("5678", None)],
)
def test_another_number_than_the_registered_one_is_warned_of(
    cast, sign_in, typed, fits
):
    cast.jenss.relative.phone = "12 34 56 78"
    cast.jenss.relative.save()

    response = sign_in(cast.mette).post(SEARCH, {"q": typed}, follow=True)

    assert response.context["checks"].number_fits is fits


def test_a_protected_address_is_warned_of(cast, sign_in):
    relative = cast.jenss.relative
    relative.protected_address = True
    relative.save()
    cast.bo.protected_address = True
    cast.bo.save()

    response = sign_in(cast.mette).get(page(cast.jenss))

    assert text_of(response).count("#lock") >= 2


def test_a_colleague_who_is_a_relative_is_a_relative(cast, sign_in):
    own = RelationFactory(resident=cast.bo, relative__user=cast.karen)

    assert sign_in(cast.mette).get(page(own)).context["checks"].is_colleague
    # Rikke works in another home, which is nobody's business here.
    assert not sign_in(cast.mette).get(page(cast.rikkes)).context["checks"].is_colleague


def test_nobody_logs_a_call_with_themselves(cast, sign_in):
    own = RelationFactory(resident=cast.bo, relative__user=cast.mette)
    client = sign_in(cast.mette)

    assert client.get(page(own)).context["form"] is None
    assert client.post(page(own), call(cast.mette, note="Hi")).status_code == 403
    assert not Contact.objects.filter(relative=own.relative).exists()


# Writing it down


def latest():
    return Contact.objects.latest("pk")


def test_one_press_logs_the_call_with_what_was_told(cast, sign_in):
    tell(cast.annas, Topic.DAILY, by=cast.mette)

    response = sign_in(cast.mette).post(
        page(cast.annas), call(cast.mette, told=["health", "daily"])
    )

    assert response.url == reverse("relatives:resident-contacts", args=[cast.bo.uuid])
    contact = latest()
    assert (contact.resident, contact.relative) == (cast.bo, cast.annas.relative)
    assert (contact.channel, contact.recorded_by) == ("phone", cast.mette)
    by_topic = {one.topic: one for one in cast.annas.consents.all()}
    told = {(one.topic, one.ground, one.ground_id) for one in contact.told.all()}
    assert told == {
        (topic, "consent", by_topic[topic].pk) for topic in ("daily", "health")
    }


def test_each_topic_that_was_told_is_a_line_of_disclosure(cast, sign_in):
    tell(cast.annas, Topic.DAILY, by=cast.mette)
    client = sign_in(cast.mette)
    sent = call(cast.mette, told=["health", "daily"])
    client.post(page(cast.annas), sent)
    client.post(page(cast.annas), sent)

    lines = AccessEvent.objects.filter(relation_id=cast.annas.pk, way="phone")

    rests_on = {one.topic: one.pk for one in cast.annas.consents.all()}
    assert {
        (one.user, one.resident, one.topic, one.ground, one.ground_id) for one in lines
    } == {
        (cast.mette, cast.bo, topic, "consent", rests_on[topic])
        for topic in ("daily", "health")
    }
    assert lines.count() == 2


def test_a_search_is_in_the_access_log_without_the_number(cast, sign_in):
    client = sign_in(cast.mette)
    client.post(SEARCH, {"q": "Jens 12 34 56 78"}, follow=True)
    client.post(SEARCH, {"q": "Nobody"}, follow=True)

    found, none = AccessEvent.objects.filter(way="search").order_by("pk")
    assert (found.user, found.resident) == (cast.mette, cast.bo)
    assert "Jens" in found.searched
    assert "1" not in found.searched
    assert (none.resident, none.searched) == (None, "Nobody")


def test_what_was_told_stands_in_the_log_and_is_found_by_topic(cast, sign_in):
    tell(cast.annas, Topic.DAILY, by=cast.mette)
    client = sign_in(cast.mette)
    client.post(page(cast.annas), call(cast.mette, told=["daily", "health"]))
    log = reverse("relatives:resident-contacts", args=[cast.bo.uuid])

    shown = client.get(log, {"topic": "health"}).context["entries"]
    entry = next(one for one in shown if one.contact == latest())

    assert len(entry.told.split(", ")) == 2
    detail = client.get(reverse("relatives:contact", args=[latest().uuid]))
    assert entry.told in text_of(detail)


def test_a_stop_during_the_call_refuses_the_topic_and_keeps_the_note(cast, sign_in):
    tell(cast.annas, Topic.DAILY, by=cast.mette)
    client = sign_in(cast.mette)
    client.get(page(cast.annas))
    consent.withdraw(cast.annas.consents.get(topic="health"), by=cast.karen)
    before = Contact.objects.count()
    sent = call(
        cast.mette, told=["daily", "health"], note="She asked about the dentist"
    )

    response = client.post(page(cast.annas), sent)

    form = response.context["form"]
    assert list(form.errors) == ["told"]
    assert Contact.objects.count() == before
    assert ToldTopic.objects.count() == 1
    # Drawn again everything is as it was, and the ways on are beside it.
    assert form["note"].value() == "She asked about the dentist"
    assert form["told"].value() == ["daily", "health"]
    assert 'name="without_consent"' in text_of(response)
    # The answer above says what is open now.
    assert response.context["answer"].open_topics == ["daily"]
    again = sent | {"told": ["daily"], "slip": form["slip"].value()}
    assert client.post(page(cast.annas), again).status_code == 302
    assert {one.topic for one in latest().told.all()} == {"daily"}


def test_what_was_told_before_the_stop_was_seen_is_recorded_as_that(cast, sign_in):
    client = sign_in(cast.mette)
    consent.withdraw(cast.annas.consents.get(), by=cast.karen)

    answer = client.post(page(cast.annas), call(cast.mette, without_consent="1"))

    assert not latest().told.exists()
    form = client.get(answer.url).context["form"]
    assert form["relation"].value() == cast.annas.uuid
    assert form["topics"].value() == ["health"]


def test_a_closed_topic_is_never_told_by_a_forged_form(cast, sign_in):
    response = sign_in(cast.mette).post(
        page(cast.annas), call(cast.mette, told=["economy"])
    )

    assert "told" in response.context["form"].errors
    assert not ToldTopic.objects.filter(topic="economy").exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"told": [], "note": " \n"}, "__all__"),
        ({"told": ["everything"]}, "told"),
        ({"note": "x" * 10_001}, "note"),
        ({"note": "a\x00b"}, "note"),
        ({"follow_up": "never"}, "follow_up"),
        ({"slip": "forged"}, "slip"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(cast, sign_in, changes, field):
    before = Contact.objects.count()

    response = sign_in(cast.mette).post(page(cast.annas), call(cast.mette, **changes))

    assert field in response.context["form"].errors
    assert Contact.objects.count() == before


def test_only_listening_is_a_contact_without_topics(cast, sign_in):
    sign_in(cast.mette).post(
        page(cast.jenss),
        call(cast.mette, told=[], note="He was worried.", follow_up="tomorrow"),
    )

    contact = latest()
    assert (contact.note, contact.told.count()) == ("He was worried.", 0)
    assert contact.follow_up_on == clock.today() + dt.timedelta(days=1)
    assert contact.follow_up_by == cast.mette


def test_pressing_twice_is_one_call_and_other_words_are_not_lost(cast, sign_in):
    client = sign_in(cast.mette)
    sent = call(cast.mette)
    before = Contact.objects.count()

    client.post(page(cast.annas), sent)
    assert client.post(page(cast.annas), sent).status_code == 302
    assert Contact.objects.count() == before + 1
    other = client.post(page(cast.annas), sent | {"note": "And something else"})
    assert other.status_code == 200
    # Nor is a slip that was used for one relative good for another.
    assert client.post(page(cast.rikkes), sent).status_code == 200
    assert Contact.objects.count() == before + 1
    assert latest().told.count() == 1


def test_a_second_press_after_a_stop_is_still_the_call_that_was_saved(cast, sign_in):
    client = sign_in(cast.mette)
    sent = call(cast.mette)
    client.post(page(cast.annas), sent)
    consent.withdraw(cast.annas.consents.get(), by=cast.karen)

    assert client.post(page(cast.annas), sent).status_code == 302
    assert latest().told.count() == 1


def test_what_was_told_stays_told_when_the_entry_is_corrected(cast, sign_in):
    client = sign_in(cast.mette)
    client.post(page(cast.annas), call(cast.mette, note="Fridya"))
    first = latest()
    client.post(
        reverse("relatives:correct-contact", args=[first.uuid]),
        {
            "slip": new_slip(cast.mette),
            "version": str(first.uuid),
            "relative": str(cast.annas.relative.uuid),
            "channel": "phone",
            "direction": "from_relative",
            "topic": "health",
            "note": "Friday",
            "follow_up": "none",
        },
    )

    detail = client.get(reverse("relatives:contact", args=[first.uuid]))

    assert detail.context["contact"].note == "Friday"
    assert detail.context["entry"].told


@pytest.mark.parametrize("relatives", [1, 3])
def test_the_pages_cost_the_same_for_few_and_many(
    cast, sign_in, django_assert_max_num_queries, relatives
):
    for _ in range(relatives):
        relation = RelationFactory(resident=cast.bo, relative__given_name="Pia")
        tell(relation, Topic.DAILY, by=cast.mette)
        tell(relation, Topic.HEALTH, by=cast.mette)
    client = sign_in(cast.mette)
    address = client.post(SEARCH, {"q": "holm"}).url
    client.get("/")

    with django_assert_max_num_queries(8):
        client.get(address)
    with django_assert_max_num_queries(11):
        client.get(page(relation))


def test_a_resident_elsewhere_with_the_same_relative_stays_unknown(cast, sign_in):
    stranger = ResidentFactory(given_name="Zenia", department=cast.bakken)
    RelationFactory(resident=stranger, relative=cast.jenss.relative)

    response = sign_in(cast.mette).post(SEARCH, {"q": "jens"}, follow=True)

    assert response.context["relation"] == cast.jenss
    assert "Zenia" not in text_of(response)


def test_numbers_are_read_as_they_are_dialled():
    assert national("+46 70 123 45 67") == "46701234567"
    assert national("0045 1234") == "1234"


def test_a_call_in_which_nothing_was_told_is_one_press(cast, sign_in):
    client = sign_in(cast.mette)
    sent = call(cast.mette, told=[], listened="1")

    for _press in range(2):
        assert client.post(page(cast.jenss), sent).status_code == 302

    contact = Contact.objects.get(relative=cast.jenss.relative)
    with translation.override("da"):
        assert contact.note == gettext("Listened, and told nothing.")
    assert not contact.told.exists()


def test_only_listened_keeps_what_was_written_and_contradicts_what_was_told(
    cast, sign_in
):
    tell(cast.annas, Topic.HEALTH, by=cast.mette)
    client, before = sign_in(cast.mette), Contact.objects.count()

    both = client.post(page(cast.annas), call(cast.mette, listened="1"))
    assert list(both.context["form"].errors) == ["told"]
    assert Contact.objects.count() == before

    client.post(
        page(cast.annas), call(cast.mette, told=[], note="She cried.", listened="1")
    )
    assert Contact.objects.count() == before + 1
    assert Contact.objects.filter(note="She cried.").exists()
