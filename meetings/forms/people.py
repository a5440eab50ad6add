from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import clock
from portal.forms import DateField, KeptForm

MOST_OTHERS = 20


class ParticipantsForm(KeptForm):
    """Relatives with the resident's yes, colleagues, and others by name."""

    # The day of the yes depends on the tick above it.
    depending = ()

    colleagues = forms.MultipleChoiceField(
        label=gettext_lazy("From the staff"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    others = forms.CharField(
        label=gettext_lazy("Others"),
        help_text=gettext_lazy(
            "One a line, with the role after a comma: Fatima Lund, caseworker. An interpreter is never a child."
        ),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )

    def __init__(self, *args, acceptances, colleagues, conversation, **kwargs):
        self.acceptances, self.jobs = acceptances, colleagues
        self.conversation = conversation
        self.people = {str(user.uuid): user for user in colleagues}
        there = list(conversation.participants.with_names())
        kwargs["initial"] = self._written(there)
        super().__init__(*args, **kwargs)
        for acceptance in acceptances:
            self._add_relative(acceptance)
        self.fields["colleagues"].choices = [
            (key, str(user)) for key, user in self.people.items()
        ]
        self.order_fields([name for name in self.fields if name.startswith("r-")])
        self._fill_in_again()

    def _written(self, there):
        chosen = {p.relation_id: p for p in there if p.relation_id}
        first = [self.conversation.chair, self.conversation.minute_taker]
        users = [p.user for p in there if p.user_id] if there else first
        written = {
            "colleagues": [str(user.uuid) for user in users if user],
            "others": "\n".join(
                f"{p.name}, {p.role}" if p.role else p.name for p in there if p.name
            ),
        }
        for acceptance in self.acceptances:
            relation = acceptance.relation
            if person := chosen.get(relation.pk):
                written[f"r-{relation.uuid}"] = True
                written[f"r-{relation.uuid}-on"] = person.accepted_on
        return written

    def _add_relative(self, acceptance):
        relation = acceptance.relation
        # Nobody writes down what the resident answers about themselves.
        own = relation.relative.user_id == self.by.pk
        if acceptance.said_no or own and acceptance.must_be_asked:
            return
        self.fields[f"r-{relation.uuid}"] = forms.BooleanField(
            label=str(relation), required=False, help_text=self._ground(acceptance)
        )
        if acceptance.must_be_asked:
            self.fields[f"r-{relation.uuid}-on"] = DateField(
                label=_("%(resident)s said yes to %(name)s on")
                % {
                    "resident": self.conversation.resident.short_name,
                    "name": relation.relative.given_name,
                },
                required=False,
            )
            self.depending += (f"r-{relation.uuid}-on",)

    def _ground(self, acceptance):
        if acceptance.by_law:
            return _("Holds custody, and takes part by law.")
        if acceptance.consent:
            return _("The resident has consented to meetings.")
        return _("Has no consent to meetings. Ask the resident first.")

    @property
    def refused(self):
        """Those to whose taking part the resident has said no."""
        return [a.relation for a in self.acceptances if a.said_no]

    def clean(self):
        answers = super().clean()
        for acceptance in self.acceptances:
            name = f"r-{acceptance.relation.uuid}"
            if not (answers.get(name) and acceptance.must_be_asked):
                continue
            day = answers.get(f"{name}-on")
            if day and day > clock.today():
                self.add_error(f"{name}-on", _("Choose today or an earlier day."))
            elif not day and f"{name}-on" not in self.errors:
                self.add_error(
                    f"{name}-on",
                    _("Write when the resident said yes to %(name)s.")
                    % {"name": acceptance.relation.relative.given_name},
                )
        return answers

    def clean_others(self):
        found = {}
        for line in self.cleaned_data["others"].splitlines():
            name, _comma, role = (part.strip() for part in line.partition(","))
            if len(name) > 100 or len(role) > 100:
                raise forms.ValidationError(_("A name or a role is too long."))
            if name:
                found[name] = role
        if any(
            self._is_child(name) for name, role in found.items() if _interprets(role)
        ):
            raise forms.ValidationError(
                _(
                    "An interpreter is never a child of the family. Ask for a professional."
                )
            )
        if len(found) > MOST_OTHERS:
            raise forms.ValidationError(_("Those are too many names."))
        return list(found.items())

    def _is_child(self, name):
        return any(
            a.relation.relative.is_minor
            and str(a.relation.relative).casefold() == name.casefold()
            for a in self.acceptances
        )

    def answers(self):
        answers, resident = self.cleaned_data, self.conversation.resident
        return {
            "relatives": {
                a.relation: a.ground(answers.get(f"r-{a.relation.uuid}-on"))
                for a in self.acceptances
                if answers.get(f"r-{a.relation.uuid}")
            },
            "colleagues": {
                user: _("Contact person")
                if user.pk == resident.contact_person_id
                else self.jobs[user].get_role_display().capitalize()
                for user in map(self.people.get, answers["colleagues"])
            },
            "others": answers["others"],
        }


def _interprets(role):
    return _("interpreter") in role.casefold()
