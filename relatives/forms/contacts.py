import datetime as dt

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.forms import Chips, DateField, KeptForm
from portal.models import Employment, User
from portal.moments import MomentField
from relatives.models import Contact
from relatives.tellings import Telling
from residents.topics import Topic

OTHER = "other"


class FollowUp:
    NONE, TOMORROW, WEEK, DATE = "none", "tomorrow", "week", "date"
    CHOICES = [
        (NONE, _("No")),
        (TOMORROW, _("Tomorrow")),
        (WEEK, _("In a week")),
        (DATE, _("Choose a date")),
    ]
    DAYS = {TOMORROW: 1, WEEK: 7}


class ContactDetails(KeptForm):
    """What is written about one contact, once it is known whom it is about.

    `resident` decides which relatives and which colleagues there are to choose among.
    """

    use_required_attribute = False
    # Asked only after certain answers: "optional" would be the wrong word.
    depending = ("other_person", "follow_up_on", "follow_up_by", "happened_at")

    relative = forms.ChoiceField(
        label=_("Who was it with?"),
        widget=Chips,
        error_messages={
            "required": _("Choose whom you talked with."),
            "invalid_choice": _(
                "That person is no longer among the resident's relatives. "
                "Choose whom you talked with."
            ),
        },
    )
    other_person = forms.CharField(
        label=_("Name of the other person"), max_length=100, required=False
    )
    channel = forms.ChoiceField(
        label=_("How?"),
        choices=Contact.Channel.choices,
        widget=Chips,
        initial=Contact.Channel.PHONE,
    )
    direction = forms.ChoiceField(
        label=_("Who took the first step?"),
        choices=Contact.Direction.choices,
        widget=Chips,
        initial=Contact.Direction.FROM_RELATIVE,
    )
    topic = forms.ChoiceField(
        label=_("What was it about?"), choices=Topic.choices, initial=Topic.DAILY
    )
    note = forms.CharField(
        label=_("What was said?"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages={"required": _("Write what was said.")},
    )
    follow_up = forms.ChoiceField(
        label=_("Shall somebody follow up?"),
        choices=FollowUp.CHOICES,
        widget=Chips,
        initial=FollowUp.NONE,
    )
    follow_up_on = DateField(label=_("Follow up on"), required=False)
    follow_up_by = forms.ChoiceField(label=_("Who follows up?"), required=False)
    happened_at = MomentField(label=_("When was it?"), required=False)

    def offer(self, resident, *, usually=None):
        """Whom and what there is to choose among, now that the resident is known."""
        self.about = resident
        self.relations = {}
        if resident:
            relations = self.known_relations().select_related("relative")
            self.relations = {str(one.relative.uuid): one for one in relations}
        self.fields["relative"].choices = [
            *((value, str(relation)) for value, relation in self.relations.items()),
            (OTHER, _("Somebody else")),
        ]
        self.fields["follow_up_by"].choices = [
            ("", _("Whoever is at work")),
            *((str(user.uuid), user.name) for user in self.colleagues),
        ]
        guesses = [self.initial.get("relative"), usually, *self.relations]
        self.initial["relative"] = next(
            (one for one in guesses if one in self.relations or one == OTHER), OTHER
        )
        self.initial.setdefault("follow_up_by", str(self.by.uuid))
        self.initial.setdefault("happened_at", clock.now())

    def known_relations(self):
        return self.about.relations.standing().order_by("pk")

    @cached_property
    def colleagues(self):
        """Who could follow up: oneself, and those of the resident's department."""
        if not self.about:
            return [self.by]
        jobs = Employment.objects.in_force().filter(department=self.about.department)
        others = User.objects.filter(employments__in=jobs, is_active=True)
        return [self.by, *others.exclude(pk=self.by.pk).distinct().order_by("name")]

    @cached_property
    def tellings(self):
        """What each of the relatives may be told at this instant."""
        return Telling.of(self.relations.values())

    def clean_happened_at(self):
        moment = self.cleaned_data["happened_at"] or clock.now()
        if moment > clock.now() + dt.timedelta(minutes=10):
            raise forms.ValidationError(_("That is in the future. When was it?"))
        if moment < clock.now() - dt.timedelta(days=3660):
            raise forms.ValidationError(_("That is too long ago. When was it?"))
        return moment

    def clean(self):
        answers = super().clean()
        if answers.get("relative") == OTHER and not answers.get("other_person"):
            self.add_error("other_person", _("Write the name of the person."))
        if answers.get("follow_up") == FollowUp.DATE:
            self._check_day(answers.get("follow_up_on"))
        return answers

    def _check_day(self, day):
        if "follow_up_on" in self.errors:
            return
        if not day:
            self.add_error("follow_up_on", _("Choose the day to follow up."))
        elif day < clock.today() and day != self.initial.get("follow_up_on"):
            self.add_error("follow_up_on", _("Choose a day that has not passed."))

    @property
    def telling(self):
        """What the relative that was chosen may be told, or None."""
        return next(
            (one for one in self.tellings if one.value == self._chosen("relative")),
            None,
        )

    def _chosen(self, name):
        return self.data.get(name) if self.is_bound else self.initial.get(name)

    def answers(self):
        """For the actions: people instead of their numbers, a day instead of a chip."""
        said = self.cleaned_data
        known = self.relations.get(said["relative"])
        when = said["follow_up"]
        day = said["follow_up_on"] if when == FollowUp.DATE else None
        if when in FollowUp.DAYS:
            day = clock.today() + dt.timedelta(days=FollowUp.DAYS[when])
        who = {str(user.uuid): user for user in self.colleagues}.get(
            said["follow_up_by"]
        )
        return {
            "relative": known.relative if known else None,
            "other_person": "" if known else said["other_person"],
            "channel": said["channel"],
            "direction": said["direction"],
            "topic": said["topic"],
            "note": said["note"],
            "happened_at": said["happened_at"],
            "follow_up_on": day,
            "follow_up_by": who if day else None,
        }
