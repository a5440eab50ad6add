"""An instant that somebody writes, by the clock on the wall in Denmark."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from portal import clock


class MomentField(forms.DateTimeField):
    """A day and a time of the day.

    Twice a year the clock on the wall is not enough. Of the hour that comes twice in
    October the first is meant; of the hour that is not there in March nobody knows.
    """

    default_error_messages = {
        "not_there": _(
            "There was no such time: that night the clock was put forward from 2 to 3. "
            "When was it?"
        ),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "widget",
            forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            ),
        )
        super().__init__(**kwargs)

    def to_python(self, value):
        try:
            return super().to_python(value)
        except forms.ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            written = error.params["datetime"]
        # In UTC, for Python finds no instant equal to one of the doubled hour's.
        first = written.replace(tzinfo=clock.DENMARK, fold=0).astimezone(dt.UTC)
        if first.astimezone(clock.DENMARK).replace(tzinfo=None) != written:
            raise forms.ValidationError(
                self.error_messages["not_there"], code="not_there"
            )
        return first
