"""A page asks only once who is reading."""

import pytest

from portal.backends import Backend
from portal.models import User


@pytest.mark.parametrize("person", ["anna", "bos", "mette", "rikke"])
def test_who_somebody_is_is_read_with_them(cast, person, django_assert_num_queries):
    user = Backend().get_user(getattr(cast, person).pk)

    with django_assert_num_queries(0):
        relative = getattr(user, "relative", None)
        resident = getattr(user, "resident", None)
        home = relative.home if relative else None
        home = resident.home if resident else home

    assert bool(relative) is (person in ("anna", "rikke"))
    assert bool(resident) is (person == "bos")
    assert home == (cast.solgaarden if relative or resident else None)


def test_who_may_no_longer_sign_in_is_nobody(cast):
    User.objects.filter(pk=cast.anna.pk).update(is_active=False)

    assert Backend().get_user(cast.anna.pk) is None
    assert Backend().get_user(0) is None
