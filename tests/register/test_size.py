"""Five thousand rows: statements are counted, for a clock says little on a busy machine."""

import datetime as dt

import pytest

from bench.register import files
from portal import clock
from portal.models import Department, Employment
from relatives.models import RegisterUpload, Relation, Relative
from relatives.register import actions
from relatives.register.plan import make_plan
from relatives.register.sheets import read_register
from residents.models import Resident


def test_five_thousand_rows_are_a_bounded_number_of_statements(
    home, manager, django_assert_max_num_queries
):
    register = read_register(list(files(5_000)))

    with django_assert_max_num_queries(900):
        actions.import_register(home=home, register=register, by=manager)
    with django_assert_max_num_queries(40):
        again = make_plan(home, register)

    assert again.changes_nothing
    assert Department.objects.filter(home=home).count() == 10
    assert Employment.objects.filter(home=home).count() == 501
    assert Resident.objects.count() == 1_250
    assert Relative.objects.count() == Relation.objects.count() == 3_240


@pytest.mark.django_db
def test_the_sweep_forgets_what_was_left_lying(home, manager):
    from relatives.tasks import forget_register_uploads  # noqa: PLC0415 -- the task itself

    RegisterUpload.objects.create(
        home=home, by=manager, uploaded_at=clock.now() - dt.timedelta(days=2)
    )

    forget_register_uploads()

    assert not RegisterUpload.objects.exists()
