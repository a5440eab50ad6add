"""A page asks only once who is reading."""

import datetime as dt
from functools import partial

import pytest

from portal import clock
from portal.backends import Backend
from portal.models import User
from tests.factories import EmploymentFactory

DAY = dt.timedelta(days=1)


@pytest.mark.parametrize("person", ["anna", "bos", "mette", "rikke"])
def test_who_somebody_is_is_read_with_them(cast, person, django_assert_num_queries):
    user = Backend().get_user(getattr(cast, person).pk)

    with django_assert_num_queries(0):
        relative = getattr(user, "relative", None)
        resident = getattr(user, "resident", None)
        home = relative.home if relative else None
        home = resident.home if resident else home
        jobs = [
            (job.role, job.home.name, job.department and job.department.name)
            for job in user.employments_in_force
        ]

    assert bool(relative) is (person in ("anna", "rikke"))
    assert bool(resident) is (person == "bos")
    assert home == (cast.solgaarden if relative or resident else None)
    assert jobs == {
        "mette": [("care", "Solgården", "Åkanden")],
        "rikke": [("manager", "Elsewhere", "Nord")],
    }.get(person, [])


def test_every_job_of_today_is_read_and_no_other(cast):
    employ = partial(EmploymentFactory, user=cast.mette, department=cast.bakken)
    employ(ends_on=clock.today() - DAY)
    employ(starts_on=clock.today() + DAY)
    employ(ends_on=clock.today(), starts_on=clock.today())

    [first, second] = Backend().get_user(cast.mette.pk).employments_in_force

    assert (first.department, second.department) == (cast.aakanden, cast.bakken)
    assert Backend().get_user(cast.liv.pk).employments_in_force == []


def test_who_may_no_longer_sign_in_is_nobody(cast):
    User.objects.filter(pk=cast.anna.pk).update(is_active=False)

    assert Backend().get_user(cast.anna.pk) is None
    assert Backend().get_user(0) is None
