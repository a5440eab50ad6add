"""Recording what a resident answers, in the browser's words."""

import datetime as dt

import pytest
from django.urls import reverse

from consent.models import Consent, ConsentTalk
from portal import clock
from portal.drafts import new_slip
from relatives.models import Representation
from residents.models import Grant
from tests.factories import RelationFactory


def page(relation):
    return reverse("consent:consent-ask", args=[relation.uuid])


def filled_in(user, **changes):
    return {
        "slip": new_slip(user),
        "given_by": "self",
        "form": "written",
        "capacity": "clear",
        "how_informed": "With pictures.",
        "how_expressed": "Said yes.",
        "until": (clock.today() + dt.timedelta(days=90)).isoformat(),
        "earlier_too": "on",
        "answer_daily": "yes",
        "answer_economy": "no",
        **changes,
    }


def topics(user, resident):
    return set(
        Grant.objects.filter(user=user, content_object=resident).values_list(
            "topic", flat=True
        )
    )


def test_answers_hold_from_now_and_one_by_one(cast, sign_in):
    response = sign_in(cast.mette).post(page(cast.jenss), filled_in(cast.mette))

    assert topics(cast.jens, cast.bo) == {"daily"}
    answers = {c.topic: c.answer for c in cast.jenss.consents.all()}
    assert answers == {"daily": "yes", "economy": "no"}
    talk = ConsentTalk.objects.get(answers__relation=cast.jenss, answers__topic="daily")
    assert response.url == reverse("consent:receipt", args=[talk.uuid])
    assert "Jens" in talk.text_shown
    assert (talk.recorded_by, talk.given_by) == (cast.mette, "self")


def test_the_last_chosen_day_is_a_whole_one(cast, sign_in, move_clock):
    sign_in(cast.mette).post(
        page(cast.jenss), filled_in(cast.mette, until=clock.today().isoformat())
    )
    consent = cast.jenss.consents.get(topic="daily")

    midnight = consent.ends_at.astimezone(clock.DENMARK)

    assert (midnight.hour, midnight.minute) == (0, 0)
    assert midnight.date() == clock.today() + dt.timedelta(days=1)
    assert consent.last_day == clock.today()


def test_pressing_twice_is_one_talk(cast, sign_in):
    client = sign_in(cast.mette)
    form = filled_in(cast.mette)

    client.post(page(cast.jenss), form)
    client.post(page(cast.jenss), form)

    assert Consent.objects.filter(relation=cast.jenss).count() == 2


def test_a_no_is_not_taken_for_a_second_press_of_yes(cast, sign_in):
    client = sign_in(cast.mette)
    form = filled_in(cast.mette)
    client.post(page(cast.jenss), form)

    form["answer_daily"] = "no"
    again = client.post(page(cast.jenss), form)

    # Nobody is told that it is recorded while it is not.
    assert again.status_code == 200
    form["slip"] = again.context["form"]["slip"].value()
    form["stood"] = again.context["form"]["stood"].value()
    assert client.post(page(cast.jenss), form).status_code == 302
    assert topics(cast.jens, cast.bo) == set()


def test_the_slip_of_one_relative_records_nothing_about_another(cast, sign_in):
    client = sign_in(cast.mette)
    form = filled_in(cast.mette)
    client.post(page(cast.jenss), form)

    assert client.post(page(cast.rikkes), form).status_code == 200
    assert topics(cast.rikke, cast.bo) == {"health", "economy"}


def test_nobody_records_a_yes_about_themselves(cast, sign_in):
    own = RelationFactory(resident=cast.bo, relative__user=cast.mette)

    refused = sign_in(cast.mette).post(page(own), filled_in(cast.mette))
    sign_in(cast.karen).post(page(own), filled_in(cast.karen))

    assert refused.status_code == 403
    assert own.consents.get(topic="daily").talk.recorded_by == cast.karen


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"until": "2020-01-01"}, "until"),
        ({"until": "2199-01-01"}, "until"),
        ({"until": ""}, "until"),
        ({"form": "oral"}, "oral_reason"),
        ({"form": ""}, "form"),
        ({"how_informed": ""}, "explained"),
        ({"how_informed": "x" * 2001}, "how_informed"),
        ({"how_expressed": ""}, "shown"),
        ({"explained": ["hypnosis"]}, "explained"),
        ({"answer_daily": "", "answer_economy": ""}, "__all__"),
        ({"answer_daily": "always"}, "answer_daily"),
        ({"given_by": "999999"}, "given_by"),
        ({"slip": "forged"}, "slip"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_recorded(cast, sign_in, changes, field):
    response = sign_in(cast.mette).post(
        page(cast.jenss), filled_in(cast.mette, **changes)
    )

    assert field in response.context["form"].errors
    assert not cast.jenss.consents.exists()


def test_a_guardian_answers_within_the_guardianship_alone(cast, sign_in):
    guardianship = Representation.objects.create(
        relation=cast.rikkes, kind="economic", starts_on=dt.date(2020, 1, 1)
    )
    by_guardian = f"legal_guardian-{guardianship.pk}"
    client = sign_in(cast.mette)

    refused = client.post(page(cast.jenss), filled_in(cast.mette, given_by=by_guardian))
    client.post(
        page(cast.jenss),
        filled_in(
            cast.mette,
            given_by=by_guardian,
            capacity="not",
            capacity_note="Adds up wrongly.",
            answer_daily="",
            answer_economy="yes",
        ),
    )

    assert "answer_daily" in refused.context["form"].errors
    assert topics(cast.jens, cast.bo) == {"economy"}
    talk = ConsentTalk.objects.latest("pk")
    assert (talk.given_by, talk.representation) == ("legal_guardian", guardianship)


def test_nothing_from_before_stays_hidden(cast, sign_in):
    form = filled_in(cast.mette)
    del form["earlier_too"]

    sign_in(cast.mette).post(page(cast.jenss), form)

    grant = Grant.objects.get(user=cast.jens, topic="daily")
    assert grant.since is not None


def test_stopping_closes_the_relatives_next_click(cast, client):
    agreement = cast.annas.consents.get()
    assert topics(cast.anna, cast.bo) == {"health"}

    client.force_login(cast.mette, "portal.backends.Backend")
    client.post(reverse("consent:consent-withdraw", args=[agreement.uuid]))

    assert topics(cast.anna, cast.bo) == set()


@pytest.mark.parametrize("answers", [1, 3])
def test_the_list_of_consents_costs_the_same_for_few_and_many_answers(
    cast, sign_in, django_assert_num_queries, answers
):
    names = ["answer_daily", "answer_economy", "answer_goals"][:answers]
    client = sign_in(cast.mette)
    form = filled_in(cast.mette, answer_daily="", answer_economy="")
    client.post(page(cast.jenss), form | dict.fromkeys(names, "yes"))
    client.get("/")

    with django_assert_num_queries(12, exact=False):
        client.get(reverse("consent:consents", args=[cast.bo.uuid]))


def test_a_draft_keeps_the_answers_too(cast, sign_in):
    client = sign_in(cast.mette)
    form = filled_in(cast.mette, draft_of=page(cast.jenss))
    del form["earlier_too"]
    client.post(reverse("draft"), form)

    drawn = client.get(page(cast.jenss)).context["form"]

    assert drawn["answer_daily"].value() == "yes"
    assert drawn["answer_economy"].value() == "no"
    assert drawn["earlier_too"].value() is False
