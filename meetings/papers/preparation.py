"""The sheet to prepare on, before the conversation: for relatives, or in easy words."""

from django.utils import translation

from meetings.models import Question, Template

TEMPLATE = "pdf/preparation.html"
RELATIVES, RESIDENT = "relatives", "resident"
# What the staff keep for themselves, and what is asked in another way.
NOT_ASKED = ("checklist", "involvement", "minors")


def blank(home, *, who):
    """The sections of the conversation with room to write, without a name on it."""
    template = Template.objects.for_home(home)
    with translation.override("da"):
        return {
            "home": home.name,
            "phone": home.phone,
            "blank": True,
            "easy": who == RESIDENT,
            "version": template.version,
            "written": f"{template.dated}T12:00:00+01:00",
            "sections": [
                {"title": str(section), "questions": _questions(section)}
                for section in template.sections.asked()
                if section.key not in NOT_ASKED and _questions(section)
            ],
        }


def _questions(section):
    return [
        str(question)
        for question in section.questions.all()
        if question.audience != Question.Audience.STAFF
    ]
