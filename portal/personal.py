"""What the tables of the portal hold about whom: each app says it beside its models.

An app's `data_classes.py` has DATA_CLASSES: for each of its models one Data. No model and
no field may be left out (tests/test_data_classes.py). The record of processing, what a
person is handed of their own, and what erasing touches are read from here.
"""

from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import models

from portal.uses import Category, Periods, Person, Uses

# What such fields hold goes without saying: a number of no meaning, a link, a time.
SELF_EVIDENT = (models.AutoField, models.UUIDField, models.DateTimeField)


@dataclass(frozen=True)
class Data:
    """One table: what for, how long, about whom, and what each field holds.

    Fields stand by name, apart by spaces. `plain` ones say nothing about anybody.
    """

    use: Uses
    kept: Periods
    about: str = ""

    who: str = ""
    reach: str = ""
    words: str = ""
    topic: str = ""
    facts: str = ""
    picture: str = ""
    proof: str = ""
    plain: str = ""

    # Whose rows they are: the way from the row to the person.
    resident: str = ""
    relative: str = ""
    user: str = ""
    # The row whose visible_to() decides, where the model has none of its own.
    behind: str = ""
    # What of it a relative said in confidence: no manager hands it to the resident.
    in_confidence: dict = field(default_factory=dict)
    # Links to people who did or decided it, and whose row it is not for that: what
    # somebody does at work is in the record of whom it is about.
    by: str = ""

    def fields(self, category):
        return getattr(self, category.name.lower()).split()

    @property
    def categories(self):
        return [one for one in Category if self.fields(one)]

    @property
    def people(self):
        return [one for one in Person if one.name.lower() in self.about.split()]

    @property
    def classified(self):
        """Every field that is named, as often as it is."""
        return [
            *(name for one in Category for name in self.fields(one)),
            *self.plain.split(),
        ]


def is_self_evident(field):
    return field.is_relation or isinstance(field, SELF_EVIDENT)


@cache
def all_classes():
    """The Data of every table, by model."""
    found = {}
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.data_classes"):
            module = import_module(f"{config.name}.data_classes")
            for label, data in getattr(module, "DATA_CLASSES", {}).items():
                found[apps.get_model(label)] = data
    return found


# Not ours to rewrite: what they hold is who somebody is, or a link of a chain.
NOT_WRITTEN = (Uses.LOGIN, Uses.LOG, Uses.HOUSE)


def words_of(model):
    """The columns of a table in which somebody may have written who another person is."""
    data = all_classes().get(model)
    if data is None or data.use in NOT_WRITTEN:
        return []
    named = {*data.who.split(), *data.reach.split(), *data.words.split()}
    return [
        one.column
        for one in model._meta.local_fields
        if one.name in named
        and isinstance(one, models.CharField | models.TextField | models.JSONField)
        and not one.choices
    ]
