"""Who does what in an agreement: choosing among the resident, relatives and staff."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import KeptForm
from relatives.models import Doer

A_RELATIVE = "relative:"
# One empty row is shown below those that are filled in, up to so many.
MOST_PARTS = 6
_A_ROW = re.compile(r"part_\d_who")


class PeopleSelect(forms.Select):
    """A list in which those who are not given tasks can be seen and not chosen."""

    disabled = frozenset()

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value in self.disabled:
            option["attrs"]["disabled"] = True
        return option


class DoersForm(KeptForm):
    """Knows the resident's people, and has rows for those who help.

    Each helper is two fields, who and what, added when the form is made.
    """

    def __init__(self, *args, resident, relations, **kwargs):
        self.resident, self.relations = resident, relations
        self.relatives = {
            f"{A_RELATIVE}{relation.relative.uuid}": relation.relative
            for relation in relations
        }
        super().__init__(*args, **kwargs)
        for number in range(self._rows()):
            self._add_row(number)
        self._fill_in_again()

    def _rows(self):
        """As many as were on the page, and one more if that was asked for."""
        sent = self.data if self.is_bound else self._kept or self.initial
        shown = sum(bool(_A_ROW.fullmatch(name)) for name in sent)
        empty = 0 if self.is_bound or self._kept and "reload" not in self._kept else 1
        return max(1, min(MOST_PARTS, shown + empty))

    def _add_row(self, number):
        who, task = f"part_{number}_who", f"part_{number}_task"
        self.fields[who] = forms.ChoiceField(
            label=_("Helper %(number)s: who?") % {"number": number + 1},
            required=False,
            widget=PeopleSelect,
        )
        self.offer_people(who, nobody=_("Nobody"))
        self.fields[task] = forms.CharField(
            label=_("Helper %(number)s: does what?") % {"number": number + 1},
            required=False,
            max_length=300,
        )

    def offer_people(self, name, *, nobody):
        field = self.fields[name]
        field.choices = [("", nobody), *self._people()]
        field.widget.disabled = {
            value for value, person in self.relatives.items() if person.is_minor
        }

    def _people(self):
        yield Doer.STAFF, Doer.STAFF.label
        if self.resident.contact_person:
            yield (
                Doer.CONTACT_PERSON,
                _("the contact person, %(name)s")
                % {"name": self.resident.contact_person},
            )
        yield Doer.RESIDENT, self.resident.short_name
        for value, relation in zip(self.relatives, self.relations, strict=True):
            if relation.relative.is_minor:
                yield value, _("%(person)s – under 18") % {"person": relation}
            else:
                yield value, str(relation)
        yield Doer.MANAGER, Doer.MANAGER.label
        yield Doer.OTHER, Doer.OTHER.label

    @property
    def part_rows(self):
        """The fields of each helper, for drawing them together."""
        rows = sum(bool(_A_ROW.fullmatch(name)) for name in self.fields)
        return [(self[f"part_{n}_who"], self[f"part_{n}_task"]) for n in range(rows)]

    @property
    def can_have_more_parts(self):
        return len(self.part_rows) < MOST_PARTS

    def check_adult(self, name):
        """Adds an error if a child is chosen (København: children are not helpers)."""
        person = self.relatives.get(self.cleaned_data.get(name))
        if person and person.is_minor:
            said = _(
                "%(name)s is under 18. Children and young people are not given tasks in an agreement. Choose an adult."
            )
            self.add_error(
                name,
                forms.ValidationError(said % {"name": person.given_name}, code="minor"),
            )

    def clean(self):
        answers = super().clean()
        for who, task in self.part_rows:
            chosen, what = answers.get(who.name), answers.get(task.name)
            if chosen and what == "":
                self.add_error(task.name, _("Write what the helper does."))
            if what and chosen == "":
                self.add_error(who.name, _("Choose who does it."))
            self.check_adult(who.name)
        return answers

    def parts(self):
        """As the actions take them: for each who helps, who, which relative, and what."""
        return [
            self.doer(self.cleaned_data[who.name], "who", "relative")
            | {"task": self.cleaned_data[task.name]}
            for who, task in self.part_rows
            if self.cleaned_data[who.name]
        ]

    def doer(self, chosen, kind, relative):
        person = self.relatives.get(chosen)
        return {kind: Doer.RELATIVE if person else chosen, relative: person}

    def answers(self):
        flat = {
            name: answer
            for name, answer in super().answers().items()
            if not name.startswith("part_")
        }
        return {**flat, "parts": self.parts()}


def chosen(who, relative):
    """A doer as the list of people has it."""
    return f"{A_RELATIVE}{relative.uuid}" if relative else who


def rows_of(parts):
    """What the rows of a form are filled in with."""
    return {
        name: value
        for number, part in enumerate(parts)
        for name, value in (
            (f"part_{number}_who", chosen(part.who, part.relative)),
            (f"part_{number}_task", part.task),
        )
    }
