"""How an agreement went, and a relative who says that it is too much."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from portal import clock, mail
from portal.drafts import new_slip
from portal.models import AuditEvent, Employment
from relatives import actions
from relatives.models import Agreement, AgreementReply, Review
from residents.topics import Topic
from tests.factories import AgreementFactory, PartFactory
from tests.letters import gathered, words_of

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def swim(cast):
    """Anna sees to it, and Rikke helps."""
    agreement = AgreementFactory(
        resident=cast.bo,
        text="Bo swims on Sundays",
        responsible="relative",
        responsible_relative=cast.annas.relative,
        follow_up_on=clock.today() - DAY,
        recorded_by=cast.mette,
    )
    PartFactory(agreement=agreement, relative=cast.rikkes.relative, task="Packs")
    return agreement


def at(name, row):
    return reverse(f"relatives:{name}", args=[row.uuid])


def review(client, user, agreement, **changes):
    data = {
        "slip": new_slip(user),
        "was_kept": "partly",
        "why": "It rained.",
        "outcome": "continues",
        "next_on": (clock.today() + 30 * DAY).isoformat(),
    }
    return client.post(at("agreement-follow-up", agreement), data | changes)


def text(response):
    return response.content.decode()


def test_how_it_went_is_noted_once_and_read_by_those_who_read_the_agreement(
    cast, sign_in, swim
):
    client, slip = sign_in(cast.mette), new_slip(cast.mette)

    first = review(client, cast.mette, swim, slip=slip)
    review(client, cast.mette, swim, slip=slip)

    noted = Review.objects.get()
    assert first.url == at("agreement", swim)
    assert (noted.planned_on, noted.next_on) == (
        clock.today() - DAY,
        clock.today() + 30 * DAY,
    )
    swim.refresh_from_db()
    assert swim.follow_up_on == noted.next_on
    assert AuditEvent.objects.filter(verb="agreement.followed_up").count() == 1
    for person in (cast.mette, cast.anna, cast.bos):
        assert "It rained." in text(sign_in(person).get(at("agreement", swim)))


def test_what_ends_ends_and_what_changes_is_changed_next(cast, sign_in, swim):
    client = sign_in(cast.mette)
    other = AgreementFactory(resident=cast.bo, recorded_by=cast.mette)

    review(client, cast.mette, swim, outcome="ended", next_on="")
    changed = review(client, cast.mette, other, outcome="changed")

    swim.refresh_from_db()
    assert (swim.ended_by, swim.follow_up_on) == (cast.mette, None)
    assert changed.url == at("agreement-change", other)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"was_kept": ""}, "was_kept"),
        ({"was_kept": "perhaps"}, "was_kept"),
        ({"why": " "}, "why"),
        ({"why": "a\x00b"}, "why"),
        ({"outcome": ""}, "outcome"),
        ({"next_on": ""}, "next_on"),
        ({"next_on": "2026-02-30"}, "next_on"),
        ({"next_on": "2020-01-01"}, "next_on"),
        ({"next_on": "0001-01-01"}, "next_on"),
        ({"slip": "forged"}, "slip"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(cast, sign_in, swim, changes, field):
    response = review(sign_in(cast.mette), cast.mette, swim, **changes)

    assert field in response.context["form"].errors
    assert not Review.objects.exists()


def test_whoever_comes_second_sees_both_and_loses_nothing(cast, sign_in, swim):
    actions.end_agreement(swim, by=cast.karen)

    response = review(sign_in(cast.mette), cast.mette, swim)

    assert response.status_code == 409
    assert "It rained." in text(response)


def test_how_it_went_is_never_rewritten_and_has_its_reason(cast, swim):
    details = {"agreement": swim, "recorded_by": cast.mette}
    noted = Review.objects.create(
        was_kept="kept", outcome="continues", next_on=clock.today(), **details
    )

    for change in (
        lambda: Review.objects.filter(pk=noted.pk).update(was_kept="not", why="x"),
        noted.delete,
        lambda: Review.objects.create(was_kept="not", outcome="ended", **details),
        lambda: Review.objects.create(was_kept="kept", outcome="changed", **details),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_what_is_late_stands_first_whether_to_be_done_or_looked_at(cast, sign_in):
    def agreed(name, **days):
        AgreementFactory(
            resident=cast.bo,
            text=f"No. {name}",
            recorded_by=cast.mette,
            **{field: clock.today() + n * DAY for field, n in days.items()},
        )

    agreed("without a day")
    agreed("later", due_on=9)
    agreed("looked at late", follow_up_on=-5)
    agreed("done late", due_on=-2, follow_up_on=20)
    client = sign_in(cast.karen)

    page = client.get(reverse("relatives:agreements"))

    order = [r.agreement.text for r in page.context["readings"]]
    assert [name for name in order if name.startswith("No.")] == [
        "No. looked at late",
        "No. done late",
        "No. later",
        "No. without a day",
    ]


# It is too much


def too_much(client, agreement):
    return client.post(at("agreement-too-much", agreement))


def test_a_relative_says_once_that_it_is_too_much_and_the_home_does_it(
    cast, sign_in, swim
):
    client = sign_in(cast.anna)
    assert "It is too much for me" in text(client.get(at("agreement", swim)))

    for _twice in range(2):
        too_much(client, swim)

    reply = AgreementReply.objects.get(kind="too_much")
    assert (reply.relative, reply.text) == (cast.annas.relative, "")
    page = text(client.get(at("agreement", swim)))
    assert "You have told us that it is too much" in page
    assert "It is too much for me" not in page
    assert "The home, for now</td>" in page
    for person in (cast.mette, cast.bos):
        assert "The home, for now</td>" in text(
            sign_in(person).get(at("agreement", swim))
        )
    # One relative never learns what another has said.
    others = text(sign_in(cast.rikke).get(at("agreement", swim)))
    assert "Another relative</td>" in others
    assert "The home, for now" not in others


def test_a_helper_may_say_so_too(cast, sign_in, swim):
    too_much(sign_in(cast.rikke), swim)

    page = text(sign_in(cast.mette).get(at("agreement", swim)))
    assert "The home, for now</th><td>Packs" in page
    assert "Anna Holm</td>" in page


def test_it_is_a_task_that_stays_until_somebody_has_talked_with_them(
    cast, sign_in, swim
):
    too_much(sign_in(cast.anna), swim)
    client = sign_in(cast.karen)
    heading = "It is too much for a relative: talk with them"
    reply = AgreementReply.objects.get(kind="too_much")

    before = text(client.get(reverse("home")))
    answered = client.post(
        at("change-answer", reply),
        {"slip": new_slip(cast.karen), "answer": "Every other Sunday, then."},
    )

    assert heading in before
    assert "Bo swims on Sundays" in before
    assert answered.status_code == 302
    assert heading not in text(client.get(reverse("home")))
    theirs = text(sign_in(cast.anna).get(at("agreement", swim)))
    assert "You told us that it was too much." in theirs
    assert "Every other Sunday, then." in theirs


def test_the_same_task_is_not_laid_on_them_again_unasked(cast, sign_in, swim):
    too_much(sign_in(cast.anna), swim)
    anna = f"relative:{cast.annas.relative.uuid}"
    data = {
        "slip": new_slip(cast.mette),
        "text": "Bo swims on Saturdays",
        "topic": "health",
        "responsible": anna,
    }
    client = sign_in(cast.mette)

    refused = client.post(at("agreement-change", swim), data)
    client.post(at("agreement-change", swim), data | {"responsible": "staff"})

    assert "responsible" in refused.context["form"].errors
    new = Agreement.objects.get(replaces=swim)
    assert new.responsible == "staff"
    assert not AgreementReply.objects.too_much().exists()


def test_the_action_lays_it_on_nobody_again(cast, sign_in, swim):
    too_much(sign_in(cast.rikke), swim)

    with pytest.raises(ValueError, match="too much"):
        actions.change_agreement(
            swim,
            uuid=uuid.uuid4(),
            topic=Topic.HEALTH,
            text="New",
            parts=[
                {"who": "relative", "relative": cast.rikkes.relative, "task": "Packs"}
            ],
            by=cast.mette,
        )


@pytest.mark.parametrize("person", ["mette", "bos", "jens", "ole"])
def test_nobody_else_can_say_it(cast, sign_in, swim, person):
    response = too_much(sign_in(getattr(cast, person)), swim)

    assert response.status_code in (403, 404)
    assert not AgreementReply.objects.too_much().exists()


def test_not_of_somebody_elses_task_nor_of_one_that_is_done(cast, sign_in, swim):
    assert too_much(sign_in(cast.anna), cast.dentist).status_code == 403
    actions.mark_done(swim, by=cast.mette)

    assert too_much(sign_in(cast.anna), swim).status_code == 403
    with pytest.raises(ValueError, match="no task"):
        actions.say_too_much(cast.dentist, relative=cast.annas.relative, by=cast.anna)


@pytest.mark.parametrize("contact_person", ["mette", None, "liv"])
def test_the_contact_person_hears_of_it_or_else_the_manager(
    cast, sign_in, swim, contact_person
):
    cast.bo.contact_person = getattr(cast, contact_person or "", None)
    cast.bo.save()
    gathered().delete()

    too_much(sign_in(cast.anna), swim)

    [message] = gathered()
    assert message.to == (cast.mette if contact_person == "mette" else cast.karen)
    letter = mail.compose(message)
    for word in ("Bo", "Anna", "swims"):
        assert word not in words_of(letter)
    Employment.objects.filter(user=message.to).update(ends_on=clock.today() - DAY)
    assert mail.compose(gathered().get()) is None
