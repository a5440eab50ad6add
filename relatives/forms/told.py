from django import forms
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.forms import KeptForm, ManyChips
from residents.topics import Topic


class TellingForm(KeptForm):
    """A contact in which something may have been told; what is closed is said so.

    What was told although it is closed is no contact like others: saved so, the next
    page is the record of what was told without consent.
    """

    WITHOUT_CONSENT = "without_consent"

    told = forms.MultipleChoiceField(
        label=_("What did you tell about?"),
        help_text=_("Press nothing if you only listened."),
        choices=Topic.choices,
        widget=ManyChips,
        required=False,
    )

    @property
    def told_topics(self):
        """In the order of the topics."""
        return [topic for topic in Topic if topic in self.cleaned_data["told"]]

    @property
    def is_without_consent(self):
        """Pressed: it was told all the same, and that is recorded too."""
        return self.WITHOUT_CONSENT in self.data

    @property
    def is_refused(self):
        """Whether the ways on are to be shown."""
        return self.is_bound and self.has_error("told", code="closed")

    def refuse(self, topics, *, name):
        """These are closed. Everything stays as it was written, the ticks too."""
        closed = get_text_list([str(topic.label) for topic in topics], gettext("and"))
        self.add_error(
            "told",
            forms.ValidationError(
                _(
                    "%(name)s may not be told about: %(topics)s. The resident has not "
                    "said yes to it. Nothing is saved yet."
                ),
                code="closed",
                params={"name": name, "topics": closed},
            ),
        )

    def without_consent(self, contact):
        """The topics that were told and are not on the entry: no yes covered them."""
        if not self.is_without_consent:
            return []
        kept = set(contact.told.values_list("topic", flat=True))
        return [topic for topic in self.told_topics if topic not in kept]

    def is_what_was_saved(self, contact, *, resident, relation):
        """Whether a second press of the button sent the same contact.

        Of another resident, or with somebody else, it is one that is not saved yet.
        """
        kept = set(contact.told.values_list("topic", flat=True))
        told = set(self.told_topics)
        return (
            contact.resident_id == resident.pk
            and contact.relative_id == (relation.relative_id if relation else None)
            and contact.note == self.cleaned_data["note"]
            and (kept == told or self.is_without_consent and kept <= told)
        )
