import datetime as dt

from dateutil.relativedelta import relativedelta
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consent import texts
from consent.models import Consent, ConsentTalk
from portal import clock
from portal.forms import Chips, DateField, KeptForm
from relatives.models import Representation
from residents.topics import Topic

ANSWERS = [
    ("", _("Not asked")),
    (Consent.Answer.YES, _("Yes")),
    (Consent.Answer.NO, _("No")),
    (Consent.Answer.NOT_YET, _("Does not know yet")),
]
HIMSELF = "self"


class TalkForm(KeptForm):
    """What one resident answers about one relative, and how it was asked."""

    given_by = forms.ChoiceField(label=_("Who answers?"), widget=Chips)
    form = forms.ChoiceField(
        label=_("How is the answer given?"),
        choices=ConsentTalk.Form.choices,
        widget=Chips,
        initial=ConsentTalk.Form.WRITTEN,
    )
    oral_reason = forms.CharField(
        label=_("If it was said aloud: why is it not in writing?"),
        max_length=500,
        required=False,
    )
    witness = forms.CharField(
        label=_("Who else was present?"), max_length=200, required=False
    )
    how_informed = forms.CharField(
        label=_("How was it explained?"),
        help_text=_("For example: we talked about it with pictures, twice."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )
    how_expressed = forms.CharField(
        label=_("How was the answer shown?"),
        help_text=_("For example: said it, signed it, pointed at the picture."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )
    capacity_note = forms.CharField(
        label=_("Is there doubt whether these questions were understood?"),
        help_text=_(
            "If so, write what you saw. A yes that is not understood is not a yes."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )
    until = DateField(
        label=_("The last day it holds"),
        help_text=_("At most one year from today. Then you ask again."),
    )
    earlier_too = forms.BooleanField(
        label=_("They may also see what was written before today"),
        required=False,
        initial=True,
    )

    def __init__(self, *args, relation, **kwargs):
        self.relation = relation
        super().__init__(*args, **kwargs)
        name = relation.relative.given_name
        for topic in Topic:
            self.fields[f"answer_{topic}"] = forms.ChoiceField(
                label=texts.question(topic, name),
                help_text=texts.example(topic),
                choices=ANSWERS,
                widget=Chips,
                required=False,
            )
            self.initial.setdefault(f"answer_{topic}", "")
        self.fields["given_by"].choices = [
            (HIMSELF, relation.resident.short_name),
            *((str(r.pk), str(r)) for r in self.representations()),
        ]
        self._fill_in_again()
        self.initial.setdefault("given_by", HIMSELF)
        self.initial.setdefault("until", self.latest())

    def representations(self):
        """Those who by law may answer for the resident."""
        if not hasattr(self, "_representations"):
            self._representations = list(
                Representation.objects.filter(
                    relation__resident=self.relation.resident, relation__ended_at=None
                ).select_related("relation__relative")
            )
        return self._representations

    @staticmethod
    def latest():
        """The last day of a year from today: the year ends at the same hour."""
        return clock.today() + relativedelta(years=1, days=-1)

    def questions(self):
        return [self[f"answer_{topic}"] for topic in Topic]

    def clean_until(self):
        day = self.cleaned_data["until"]
        if day < clock.today():
            raise ValidationError(_("Choose a day that has not passed."), code="past")
        if day > self.latest():
            raise ValidationError(
                _("A consent lasts at most a year. Choose an earlier day."), code="late"
            )
        return day

    def clean(self):
        given = super().clean()
        if given.get("form") == ConsentTalk.Form.ORAL and not given.get("oral_reason"):
            self.add_error(
                "oral_reason",
                _("Write why the answer is not in writing (sundhedsloven § 44)."),
            )
        if not self.errors and not self.answered():
            raise ValidationError(_("Mark at least one answer."), code="empty")
        self._stay_within_the_representation()
        return given

    def _stay_within_the_representation(self):
        """Who answers for another does so where the law says so, and nowhere else."""
        representation = self.representation()
        if representation is None:
            return
        own = set(self.answered()) - representation.topics_today()
        for topic in own:
            self.add_error(
                f"answer_{topic}",
                _("%(name)s answers this alone: %(who)s does not represent them in it.")
                % {
                    "name": self.relation.resident.short_name,
                    "who": representation.relation.relative,
                },
            )

    def representation(self):
        """The one who answers for the resident, or None: the resident answers."""
        chosen = self.cleaned_data.get("given_by")
        return next((r for r in self.representations() if str(r.pk) == chosen), None)

    def answered(self):
        """Topic and answer of each question that was put."""
        return {
            topic: self.cleaned_data[f"answer_{topic}"]
            for topic in Topic
            if self.cleaned_data.get(f"answer_{topic}")
        }

    def marked(self):
        """The answers as they stand in the form, whatever else it still lacks."""
        marked = {topic.value: self[f"answer_{topic}"].value() for topic in Topic}
        return {t: answer for t, answer in marked.items() if answer in Consent.Answer}

    def how(self):
        """The talk itself, as record_talk() takes it."""
        given = self.cleaned_data
        topics = list(self.answered())
        representation = self.representation()
        return {
            "form": given["form"],
            "given_by": given_as(representation),
            "representation": representation,
            "oral_reason": given["oral_reason"],
            "witness": given["witness"],
            "how_informed": given["how_informed"],
            "how_expressed": given["how_expressed"],
            "capacity_note": given["capacity_note"],
            "text_version": texts.VERSION,
            "text_shown": texts.shown(topics, self.relation.relative.given_name),
        }

    def when(self):
        """From and until when the answers hold, as record_answer() takes it."""
        now = clock.now()
        midnight = dt.datetime.combine(
            self.cleaned_data["until"] + dt.timedelta(days=1), dt.time()
        )
        return {
            "ends_at": timezone.make_aware(midnight, clock.DENMARK),
            "since": None if self.cleaned_data["earlier_too"] else now,
        }


def given_as(representation):
    """In what capacity somebody answers: a representation, or the resident's own."""
    if representation is None:
        return ConsentTalk.GivenAs.SELF
    if representation.kind in Representation.CUSTODY:
        return ConsentTalk.GivenAs.CUSTODY
    if representation.kind == Representation.Kind.FUTURE_POWER:
        return ConsentTalk.GivenAs.FUTURE_POWER
    return ConsentTalk.GivenAs.LEGAL_GUARDIAN
