"""What staff fill in when they ask a resident about one relative."""

from dateutil.relativedelta import relativedelta
from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import before, besides, form_checks, texts
from consent.actions import last_day_of_a_yes, standing_numbers
from consent.besides import Said, field_of
from consent.givers import Givers
from consent.models import Consent, ConsentTalk
from consent.talk_fields import EXPLAINED, SHOWN, TalkFields, in_words
from portal import clock
from portal.forms import Chips
from residents.topics import HEALTH_TOPICS, Topic

ANSWERS = [
    ("", gettext_lazy("Not asked")),
    (Consent.Answer.YES, gettext_lazy("Yes")),
    (Consent.Answer.NO, gettext_lazy("No")),
    (Consent.Answer.NOT_YET, gettext_lazy("Does not know yet")),
]
RECORDED_BEFORE = gettext_lazy(
    "This form was recorded already, with other answers. Save once more if these are to "
    "hold instead."
)


class TalkForm(form_checks.Checked, TalkFields):
    """What one resident answers about one relative, and how it was asked."""

    def __init__(self, *args, relation, **kwargs):
        self.relation = relation
        self.givers = Givers.of(relation.resident)
        self.before = before.sentences(relation)
        super().__init__(*args, **kwargs)
        for topic in self.topics():
            self._add_questions(topic)
        self.fields["given_by"].choices = [
            (way.value, str(way)) for way in self.givers.ways()
        ]
        self.initial.setdefault("given_by", ConsentTalk.GivenAs.SELF.value)
        self.initial.setdefault("until", last_day_of_a_yes())
        stands = standing_numbers(relation)
        self.initial["stood"] = form_checks.written(stands)
        # The questions were not there yet when what was kept was filled in.
        self._fill_in_again()

    def _add_questions(self, topic):
        name = self.relation.relative.given_name
        seen = field_of(topic, Consent.Action.SEE)
        self.fields[seen] = forms.ChoiceField(
            label=texts.question(topic, name),
            help_text=self._hints(
                texts.example(topic),
                self.before.get((topic, Consent.Action.SEE)),
                self.to_consider(topic),
            ),
            choices=ANSWERS,
            widget=Chips,
            required=False,
        )
        self.initial.setdefault(seen, "")
        for way in self.ways():
            self.fields[field_of(topic, way)] = forms.ChoiceField(
                label=topic.label.capitalize(),
                help_text=self._hints(self.before.get((topic, way))),
                choices=besides.choices(way),
                required=False,
            )

    @staticmethod
    def _hints(*hints):
        return format_html_join(mark_safe("<br>"), "{}", ([h] for h in hints if h))

    def to_consider(self, topic):
        """What to think of before the question is put, or ""."""
        considered = self.givers.must_consider(topic)
        if not considered and topic in HEALTH_TOPICS:
            considered = _("Does %(name)s understand what it means to share this?") % {
                "name": self.relation.resident.short_name
            }
        return considered

    def topics(self):
        """What is asked about."""
        return list(Topic)

    def ways(self):
        """What is asked besides what is seen in the portal."""
        return besides.WAYS

    # For the page

    def questions(self):
        return [self[field_of(topic, Consent.Action.SEE)] for topic in self.topics()]

    def whole_to_consider(self):
        """What is to be considered in any of the questions, each sentence once."""
        said = [self.givers.must_consider(topic) for topic in self.topics()]
        return [*dict.fromkeys(filter(None, said)), *before.doubts(self.relation)]

    def groups(self):
        """The other ways: heading, questions, and whether anything is answered there."""
        name = self.relation.relative.given_name
        for way in self.ways():
            fields = [self[field_of(topic, way)] for topic in self.topics()]
            is_open = any(field.value() or field.errors for field in fields)
            yield besides.heading(way, name), fields, is_open

    def marked(self):
        """The answers as they stand in the form, whatever else it still lacks."""
        marked = {
            topic.value: self[field_of(topic, Consent.Action.SEE)].value()
            for topic in self.topics()
        }
        return {t: answer for t, answer in marked.items() if answer in Consent.Answer}

    # For the action

    def said(self):
        """Every question that was put, with its answer."""
        for topic in self.topics():
            if answer := self.cleaned_data.get(field_of(topic, Consent.Action.SEE)):
                yield Said(topic.value, answer)
            for way in self.ways():
                if chosen := self.cleaned_data.get(field_of(topic, way)):
                    yield besides.said(topic.value, way, chosen)

    def how(self):
        """The talk itself, as record_talk() takes it."""
        given = self.cleaned_data
        return {
            **self.givers.way(given["given_by"]).how(),
            "form": given["form"],
            "oral_reason": given["oral_reason"],
            "witness": given["witness"],
            "how_informed": in_words(
                EXPLAINED, given.get("explained", ()), given["how_informed"]
            ),
            "how_expressed": in_words(
                SHOWN, given.get("shown", ()), given["how_expressed"]
            ),
            "capacity": given["capacity"],
            "capacity_note": given["capacity_note"],
            **self.wording(),
        }

    def wording(self):
        """Word for word what was asked."""
        name = self.relation.relative.given_name
        shown = besides.shown(list(self.said()), name)
        return {"text_version": texts.VERSION, "text_shown": shown}

    def when(self):
        """From and until when the answers hold, as record_asked() takes it."""
        given = self.cleaned_data
        later = given["starts"] and given["starts"] > clock.today()
        starts_at = clock.midnight(given["starts"]) if later else None
        return {
            "starts_at": starts_at,
            "ends_at": clock.midnight(given["until"] + relativedelta(days=1)),
            "since": None if given["earlier_too"] else starts_at or clock.now(),
            "ask_again_on": given["ask_again_on"],
            "stood": form_checks.read(given["stood"]),
            "scan": given["scan"] if given["form"] == ConsentTalk.Form.PAPER else None,
        }

    def recorded_before(self):
        """The same form came with other answers: it becomes a form of its own."""
        self.renew_slip()
        self.add_error(None, RECORDED_BEFORE)
        self._stands_as_now()

    def answered_since(self, questions):
        """Somebody was quicker: says so at each question, and asks to look once more."""
        for topic, action in questions:
            newest = before.newest(self.relation, topic, action)
            self.add_error(field_of(topic, action), before.meanwhile(newest))
        self._stands_as_now()

    def _stands_as_now(self):
        self.data = self.data.copy()
        self.data["stood"] = form_checks.written(standing_numbers(self.relation))
