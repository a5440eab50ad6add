from uuid import UUID

from django import forms
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.forms import Chips
from relatives.forms.contacts import OTHER, ContactDetails, FollowUp
from relatives.forms.told import TellingForm
from relatives.models import Contact, Relation
from residents.models import Resident

# As many chips as a thumb finds its way among; the list below them has everybody.
MOST_CHIPS = 8
GONE = _(
    "The resident has moved out, or you do not work in the department any more. "
    "Your text is here still."
)
CORRECTED_MEANWHILE = _(
    "Somebody has corrected this contact in the meantime. Their version is shown below. "
    "Your text is here still: save once more if it is to stand."
)


class FirstInFocus(Chips):
    in_focus = False

    def create_option(self, name, value, label, selected, index, **kwargs):
        option = super().create_option(name, value, label, selected, index, **kwargs)
        if index == 0 and self.in_focus:
            option["attrs"]["autofocus"] = True
        return option


class ContactForm(TellingForm, ContactDetails):
    """The quick log: one text to write, everything else has a good guess."""

    kept_apart_by = ("resident", "relative")
    depending = (*ContactDetails.depending, "resident", "other_resident")

    resident = forms.ChoiceField(
        label=_("Who is it about?"),
        required=False,
        widget=FirstInFocus(attrs={"data-reload": "resident"}),
        error_messages={"invalid_choice": GONE},
    )
    other_resident = forms.ChoiceField(
        label=_("Another resident"),
        required=False,
        widget=forms.Select(attrs={"data-reload": "resident"}),
        error_messages={"invalid_choice": GONE},
    )
    field_order = ("resident", "other_resident")

    def __init__(self, *args, by, asked, **kwargs):
        super().__init__(*args, by=by, **kwargs)
        residents = Resident.objects.cared_for_by(by).living_here()
        self.residents = {
            str(one.uuid): one for one in residents.select_related("department")
        }
        mine = Contact.objects.filter(recorded_by=by).order_by("-pk")
        self.recent = [
            (str(resident), str(relative))
            for resident, relative in mine.values_list(
                "resident__uuid", "relative__uuid"
            )[:50]
        ]
        self._choose(asked)

    def _choose(self, asked):
        """Whom it is about: what was sent, what was kept, or what the link asked for."""
        wanted = self._chosen("other_resident") or self._chosen("resident")
        if not self.is_bound and not wanted:
            self.initial["relative"] = asked.get("relative")
            wanted = asked.get("resident") or self._resident_of(asked.get("relative"))
        if not wanted and len(self.residents) == 1:
            wanted = next(iter(self.residents))
        resident = self.residents.get(wanted)
        self._offer_residents(wanted if resident else None)
        last = (other for one, other in self.recent if one == wanted)
        self.offer(resident, usually=next(last, None))

    def _resident_of(self, relative):
        """The one resident of mine who has this relative, if the link names nobody."""
        try:
            theirs = Relation.objects.visible_to(self.by).filter(
                relative__uuid=UUID(relative or ""), ended_at=None
            )
        except ValueError:
            return None
        residents = [
            str(one) for one in theirs.values_list("resident__uuid", flat=True)
        ]
        return residents[0] if len(residents) == 1 else None

    def _offer_residents(self, chosen):
        """Those I wrote about last come first, and the chosen one is always there."""
        order = dict.fromkeys(
            one for one, _relative in self.recent if one in self.residents
        )
        order = [*order, *(one for one in self.residents if one not in order)]
        near = order[:MOST_CHIPS]
        if chosen and chosen not in near:
            near = [chosen, *near[:-1]]
        self.fields["resident"].choices = [
            (one, str(self.residents[one])) for one in near
        ]
        self.fields["other_resident"].choices = [("", "–"), *self._by_department()]
        if chosen:
            self._answer_once(chosen)
        if not self.is_bound:
            self._put_cursor("note" if chosen else "resident")

    def _answer_once(self, chosen):
        """Two lists, one question: from here on the answer is the chip."""
        answers = {"resident": chosen, "other_resident": ""}
        if self.is_bound:
            self.data = self.data.copy()
            for name, answer in answers.items():
                self.data[name] = answer
        self.initial |= answers

    def _by_department(self):
        """For the list of all: in groups, when there is more than one department."""
        groups = {}
        for value, resident in self.residents.items():
            groups.setdefault(str(resident.department), []).append(
                (value, str(resident))
            )
        return next(iter(groups.values()), []) if len(groups) < 2 else groups.items()

    def _put_cursor(self, name):
        widget = self.fields[name].widget
        if name == "resident":
            widget.in_focus = True
        else:
            widget.attrs["autofocus"] = True

    @property
    def relation(self):
        """With whom it was, if they are one of the resident's own."""
        return self.relations.get(self.cleaned_data["relative"])

    @property
    def person(self):
        return self.relation or self.cleaned_data["other_person"]

    @property
    def has_many(self):
        return len(self.residents) > MOST_CHIPS

    def clean(self):
        answers = super().clean()
        if not self.about:
            # Whom it was with is asked again when the resident is known.
            self.errors.pop("relative", None)
            if "resident" not in self.errors and "other_resident" not in self.errors:
                self.add_error("resident", _("Choose whom it is about."))
        return answers


class CorrectionForm(ContactDetails):
    """The same again, as it should have been. Whom it is about stays."""

    version = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, contact, **kwargs):
        self.contact = contact
        super().__init__(*args, initial=_as_answers(contact), **kwargs)
        self.offer(contact.resident)

    def known_relations(self):
        """Also the relative of the entry, if that relation has ended since."""
        theirs = Q(ended_at=None) | Q(relative=self.contact.relative_id)
        return self.about.relations.filter(theirs).order_by(
            F("ended_at").asc(nulls_last=True), "pk"
        )

    def clean_version(self):
        """The version that was on the screen must still be the latest."""
        shown = self.cleaned_data["version"]
        pressed_twice = self.contact.versions.filter(uuid=self.number)
        if shown != str(self.contact.uuid) and not pressed_twice.exists():
            self.start_over_from(self.contact)
            raise forms.ValidationError(CORRECTED_MEANWHILE)
        return shown

    def start_over_from(self, latest):
        """Drawn again, it corrects what somebody else has written meanwhile."""
        self.renew_slip()
        self.data["version"] = str(latest.uuid)


def _as_answers(contact):
    return {
        "version": str(contact.uuid),
        "relative": str(contact.relative.uuid) if contact.relative else OTHER,
        "other_person": contact.other_person,
        "channel": contact.channel,
        "direction": contact.direction,
        "topic": contact.topic,
        "note": contact.note,
        "happened_at": contact.happened_at,
        "follow_up": FollowUp.DATE if contact.follow_up_on else FollowUp.NONE,
        "follow_up_on": contact.follow_up_on,
        "follow_up_by": str(contact.follow_up_by.uuid) if contact.follow_up_by else "",
    }
