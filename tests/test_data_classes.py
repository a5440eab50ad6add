"""Every table and every field says what it holds about whom."""

from collections import Counter

from django.apps import apps

from portal import personal
from portal.models import User
from portal.uses import Uses
from relatives.models import Relation, Relative
from residents.models import Resident

CLASSES = personal.all_classes()
TABLES = [model for model in apps.get_models() if model._meta.managed]
PEOPLE = (User, Resident, Relative, Relation)


def test_no_table_and_no_field_is_left_out():
    undeclared = [model._meta.label for model in TABLES if model not in CLASSES]
    wrong = {}
    for model, data in CLASSES.items():
        held = Counter(
            field.name
            for field in model._meta.local_fields
            if not personal.is_self_evident(field)
        )
        # Self-evident ones may be named, but each at most once and only what is there.
        named = Counter(data.classified)
        if difference := (named - held) + (held - named):
            wrong[model._meta.label] = dict(difference)

    assert undeclared == []
    assert wrong == {}


def test_what_is_of_nobody_holds_nothing_of_anybody():
    of_nobody = [
        model._meta.label
        for model, data in CLASSES.items()
        if not data.people and (data.who or data.reach or data.words or data.topic)
    ]

    assert of_nobody == []


def test_every_link_to_a_person_is_given_or_explained():
    """Who asks for everything about themselves gets what is theirs."""
    forgotten, wrong = [], []
    for model, data in CLASSES.items():
        paths = [data.resident, data.relative, data.user]
        named = {path.split("__")[0] for path in paths if path} | set(data.by.split())
        links = {
            field.name
            for field in model._meta.local_fields
            if field.is_relation and field.related_model in PEOPLE
        }
        forgotten += [f"{model._meta.label}.{name}" for name in links - named]
        own = {field.name for field in model._meta.get_fields()} | {"pk"}
        wrong += [f"{model._meta.label}.{name}" for name in named - own]

    assert forgotten == []
    assert wrong == []


def test_every_way_leads_to_a_person():
    ends = {"resident": Resident, "relative": Relative, "user": User}
    astray = [
        f"{model._meta.label}: {path}"
        for model, data in CLASSES.items()
        for kind, end in ends.items()
        if (path := getattr(data, kind)) and the_end(model, path) is not end
    ]

    assert astray == []


def the_end(model, path):
    for step in path.split("__"):
        field = model._meta.pk if step == "pk" else model._meta.get_field(step)
        model = field.related_model or model
    return model


def test_what_is_handed_out_has_passed_the_gate():
    """By its own visible_to(), or that of the row it belongs to, or it is an account."""
    open_to_anybody = []
    for model, data in CLASSES.items():
        behind = (
            model._meta.get_field(data.behind).related_model if data.behind else model
        )
        is_gated = hasattr(behind._default_manager.all(), "visible_to")
        if (data.resident or data.relative) and not is_gated:
            open_to_anybody.append(model._meta.label)

    assert open_to_anybody == []


def test_every_use_has_a_table():
    assert {data.use for data in CLASSES.values()} == set(Uses)
