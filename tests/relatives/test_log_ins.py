"""A relative who cannot come in any more, or shall not."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from portal.models import AuditEvent
from tests.factories import EmploymentFactory, RelationFactory
from tests.portal.test_log_in import PASSWORD, log_in


@pytest.fixture
def jens(cast):
    cast.jens.set_password(PASSWORD)
    cast.jens.save()
    return cast.jens


def help_with(client, person, what):
    page = reverse("relatives:relative-log-in", args=[person.relative.uuid])
    return client.post(page, {"what": what})


def can_log_in(person):
    client = Client()
    log_in(client, person)
    return client.get(reverse("my-account")).status_code == 200


def verbs():
    return list(
        AuditEvent.objects.filter(verb__startswith="user.")
        .exclude(verb__startswith="user.sign")
        .values_list("verb", flat=True)
    )


@pytest.mark.parametrize("what", ["log-out", "close"])
def test_who_is_logged_out_is_out_everywhere_at_once(cast, sign_in, jens, what):
    at_home = Client()
    log_in(at_home, jens)

    help_with(sign_in(cast.karen), jens, what)

    assert at_home.get(reverse("my-account")).status_code == 302
    assert can_log_in(jens) is (what == "log-out")


def test_a_closed_log_in_is_opened_again_with_the_same_password(cast, sign_in, jens):
    karen = sign_in(cast.karen)

    help_with(karen, jens, "close")
    help_with(karen, jens, "close")
    assert not can_log_in(jens)
    help_with(karen, jens, "open")

    assert can_log_in(jens)
    assert verbs() == ["user.closed", "user.opened"]


def test_a_lost_telephone_is_set_up_anew_and_nobody_learns_a_code(cast, sign_in, jens):
    for person in (jens, cast.anna):
        Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})

    help_with(sign_in(cast.karen), jens, "forget-codes")

    assert [one.user for one in Authenticator.objects.all()] == [cast.anna]
    assert verbs() == ["user.second_factor_forgotten"]


def test_a_log_in_that_is_also_a_colleagues_is_not_touched_here(cast, sign_in, jens):
    EmploymentFactory(user=jens, department=cast.bakken)
    karen = sign_in(cast.karen)

    assert help_with(karen, jens, "close").status_code == 403
    page = reverse("relatives:relative", args=[jens.relative.uuid])
    assert not karen.get(page).context["can_help_with_log_in"]
    jens.refresh_from_db()
    assert jens.is_active


def test_who_has_no_log_in_cannot_be_helped_with_it(cast, sign_in):
    relative = RelationFactory(resident=cast.bo, relative__user=None).relative
    page = reverse("relatives:relative-log-in", args=[relative.uuid])

    answer = sign_in(cast.karen).post(page, {"what": "close"})

    assert answer.status_code == 403


def test_the_centre_manager_logs_a_colleague_out(cast, sign_in):
    cast.mette.set_password(PASSWORD)
    cast.mette.save()
    at_work = Client()
    log_in(at_work, cast.mette)

    sign_in(cast.clara).post(reverse("employee-log-out", args=[cast.mette.uuid]))

    assert at_work.get(reverse("my-account")).status_code == 302
