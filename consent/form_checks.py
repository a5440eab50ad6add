"""What must hold of a form that is filled in about a talk, before anything is recorded."""

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from consent.actions import last_day_of_a_yes
from consent.models import ConsentTalk
from portal import clock

Form, GivenAs = ConsentTalk.Form, ConsentTalk.GivenAs
# Of the refusals of consent.givers, those that are about one question and no other.
ABOUT_THE_QUESTION = {
    "under_15",
    "incapacitated",
    "jointly",
    "from_15",
    "scope",
    "about_oneself",
}
AT_FIELD = {"agreed_too": "given_by"}


def written(stood):
    """What stands about each question, in a hidden field."""
    return " ".join(f"{t}.{a}.{number}" for (t, a), number in sorted(stood.items()))


def read(stood):
    """The same, read again; what nobody could have written there counts as nothing."""
    found = {}
    for one in stood.split():
        topic, _dot, rest = one.partition(".")
        action, _dot, number = rest.partition(".")
        found[topic, action] = int(number) if number.isdecimal() else 0
    return found


class Checked:
    """The checks of TalkForm, field by field and then together."""

    def clean_starts(self):
        day = self.cleaned_data["starts"]
        if day and day < clock.today():
            raise ValidationError(_("Choose a day that has not passed."), code="past")
        return day

    def clean_until(self):
        day = self.cleaned_data["until"]
        if day < clock.today():
            raise ValidationError(_("Choose a day that has not passed."), code="past")
        if day > last_day_of_a_yes():
            raise ValidationError(
                _("A consent lasts at most a year. Choose an earlier day."), code="late"
            )
        return day

    def clean_ask_again_on(self):
        day = self.cleaned_data["ask_again_on"]
        if day and day < clock.today():
            raise ValidationError(_("Choose a day that has not passed."), code="past")
        if day and day > clock.today() + relativedelta(years=1):
            raise ValidationError(_("Ask again within a year."), code="late")
        return day

    def clean(self):
        given = super().clean()
        said = list(self.said())
        if not self.errors and not said:
            raise ValidationError(_("Mark at least one answer."), code="empty")
        starts, until = given.get("starts"), given.get("until")
        if starts and until and until < starts:
            self.add_error("until", _("It ends before it starts."))
        self._check_how(given)
        if way := self.givers.way(given.get("given_by")):
            self._check_giver(way, said, given)
        self._check_paper(given)
        return given

    def _check_how(self, given):
        if not given.get("explained") and not given.get("how_informed"):
            self._missing(
                "explained", "how_informed", _("Choose or write how it was explained.")
            )
        if not given.get("shown") and not given.get("how_expressed"):
            self._missing(
                "shown", "how_expressed", _("Choose or write how the answer was shown.")
            )
        if given.get("form") != Form.ORAL:
            return
        if not given.get("oral_reason"):
            self.add_error(
                "oral_reason",
                _("Write why the answer is not in writing (sundhedsloven § 44)."),
            )
        if not given.get("witness"):
            self.add_error(
                "witness", _("Write who was present and heard what was answered.")
            )

    def _missing(self, pressed, written, message):
        # Where one of the two has a fault of its own, that is what is to be mended.
        if pressed not in self.errors and written not in self.errors:
            self.add_error(pressed, message)

    def _check_paper(self, given):
        scan = given.get("scan")
        if given.get("form") == Form.PAPER and "scan" not in self.errors:
            if not scan and not given.get("paper_follows"):
                self.add_error(
                    "scan", _("Choose the signed paper, or say that it follows later.")
                )
            elif scan and self.errors:
                self.add_error(
                    "scan",
                    _(
                        "Choose the file once more: browsers do not keep it. All else is kept."
                    ),
                )
        elif scan:
            self.add_error(
                "form",
                _("A paper is chosen: then the answer is given on signed paper."),
            )

    def _check_giver(self, way, said, given):
        """Whoever answers does so where the law says so, and nowhere else."""
        capacity = given.get("capacity", "")
        if not capacity and way.given_by != GivenAs.CUSTODY:
            self.add_error(
                "capacity", _("Say whether the questions were understood today.")
            )
            return
        for one in said:
            refused = self.givers.refusal(
                one.topic,
                one.answer,
                way,
                capacity=capacity,
                capacity_note=given.get("capacity_note", ""),
                about=self.relation,
            )
            if refused:
                self._refuse(one, refused)

    def _refuse(self, one, refused):
        field = AT_FIELD.get(refused.field, refused.field)
        if refused.code in ABOUT_THE_QUESTION:
            field = one.field
        # One doubt is about all questions, and is said once.
        if refused.message not in self.errors.get(field, ()):
            self.add_error(field, refused.message)
