"""Every kind of thing that residents share by topic."""

from django.apps import apps

from residents.access import AboutResidentQuerySet


def shared_models():
    """The models with a resident, a topic and an instant, which the gate decides about.

    Found by their queryset, so that a new kind of thing cannot be left out of the
    counts, the proofs and the second wall.
    """
    return [
        model
        for model in apps.get_models()
        if isinstance(model._default_manager.all(), AboutResidentQuerySet)
    ]
