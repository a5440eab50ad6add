import datetime as dt
from pathlib import Path

import pytest

from portal import clock
from portal.models import Employment
from relatives.register import actions
from relatives.register.plan import make_plan
from relatives.register.sheets import read_register
from tests.factories import EmploymentFactory, HomeFactory

EXAMPLES = Path(__file__).parent.parent.parent / "demo" / "register"
LISTS = ("afdelinger", "medarbejdere", "borgere", "paaroerende")


@pytest.fixture(autouse=True)
def in_november(move_clock):
    """The day on which four of the example's residents are below 18."""
    move_clock(dt.datetime(2026, 11, 22, 9, 5, tzinfo=clock.DENMARK))


@pytest.fixture
def manager(db):
    home = HomeFactory(name="Solgården")
    return EmploymentFactory(
        home=home, department=None, role=Employment.Role.CENTRE_MANAGER
    ).user


@pytest.fixture
def home(manager):
    return manager.employments.get().home


def examples():
    """The example files: pairs of a name and bytes."""
    return [(f"{n}.csv", (EXAMPLES / f"{n}.csv").read_bytes()) for n in LISTS]


@pytest.fixture
def plan(home):
    """What files would do: texts by name, or nothing but one text."""

    def plan(*texts, **files):
        files = files or {f"fil{i}": text for i, text in enumerate(texts, 1)}
        pairs = [(f"{name}.csv", text.encode()) for name, text in files.items()]
        return make_plan(home, read_register(pairs))

    return plan


@pytest.fixture
def bring_in(home, manager):
    """Import texts, or the example files."""

    def bring_in(*texts):
        files = [(f"fil{i}.csv", t.encode()) for i, t in enumerate(texts, 1)]
        register = read_register(files or examples())
        return actions.import_register(home=home, register=register, by=manager)

    return bring_in
