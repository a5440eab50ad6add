"""The texts about one's own data, role by role. A change of words is a new version.

Each section is a pictogram, a heading, and paragraphs. Law: GDPR articles 13, 14, 6(1)(e)
and 9(2); databeskyttelsesloven §§ 8 and 11; servicelovens botilbud as a public task;
forvaltningsloven § 27 and straffeloven § 152 on confidentiality.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.models import PrivacyShown

VERSION = "2026-11-22"
Role = PrivacyShown.Role


@dataclass(frozen=True)
class Section:
    picture: str
    heading: str | Promise
    paragraphs: tuple


RESPONSIBLE = Section(
    "home",
    _("Who is responsible?"),
    (_("%(home)s decides what is kept here, and takes care of it."),),
)
RIGHTS = Section(
    "yes",
    _("Your rights"),
    (
        _("You can ask to see what we keep about you."),
        _("You can ask us to put right what is wrong."),
        _("You can ask us to delete. Some things the law asks us to keep."),
        _("You can say that you do not agree, and ask us to wait with using it."),
    ),
)
LOG = _("Each time somebody looks, it is written down who it was and when.")
COMPLAIN = _(
    "Are you not content with our answer? You can complain to Datatilsynet, at "
    "datatilsynet.dk or by telephone 33 19 32 00."
)

TEXTS = {
    Role.RESIDENT: (
        Section(
            "home",
            _("Who takes care of it?"),
            (_("%(home)s takes care of what is written about you."),),
        ),
        Section(
            "paper",
            _("What do we write?"),
            (
                _("We write who you are."),
                _("We write what we have agreed with you and your family."),
                _("We write what you have said yes and no to."),
            ),
        ),
        Section(
            "question",
            _("Why?"),
            (_("We do it to help you well. The law says that we must."),),
        ),
        Section(
            "see",
            _("Who sees it?"),
            (
                _("The staff who help you see it."),
                _("You decide what your family may see."),
                _("You can see who has looked."),
            ),
        ),
        Section(
            "wait",
            _("How long?"),
            (_("As long as you live here. The law says how long after that."),),
        ),
        Section(
            "stop",
            _("What can you do?"),
            (
                _("You can see it all."),
                _("You can say if it is wrong."),
                _("You can stop what you share. It stops at once."),
            ),
        ),
        Section(
            "talk",
            _("Whom can you ask?"),
            (
                _("Ask the staff. You can also call %(phone)s."),
                _("You can complain to Datatilsynet. We will help you."),
            ),
        ),
    ),
    Role.RELATIVE: (
        RESPONSIBLE,
        Section(
            "paper",
            _("What do we keep about you?"),
            (
                _("Your name, how to reach you, and whose relative you are."),
                _("What you write to us, and what we have agreed with you."),
                _("When we talk with you about the resident, we write that down."),
                LOG,
            ),
        ),
        Section(
            "question",
            _("Why do we keep it?"),
            (
                _(
                    "To work together with you about the resident. It is part of our "
                    "public task (GDPR article 6(1)(e))."
                ),
                _(
                    "You have told us yourself, or the resident or the municipality has."
                ),
            ),
        ),
        Section(
            "see",
            _("Who sees it?"),
            (
                _("The staff who care for the resident. Other relatives do not."),
                _("The resident can see that you are let in, and on what."),
            ),
        ),
        Section(
            "wait",
            _("How long?"),
            (
                _("As long as the resident counts you among their own."),
                _(
                    "What is part of the resident's record stays as long as the law "
                    "asks. The rest we delete."
                ),
            ),
        ),
        RIGHTS,
    ),
    Role.EMPLOYEE: (
        RESPONSIBLE,
        Section(
            "paper",
            _("What do we keep about you?"),
            (
                _("Your name, your e-mail at work, where you work, and as what."),
                _("What you write here stands with your name."),
                _("Each time you look at something about a resident, it is logged."),
            ),
        ),
        Section(
            "question",
            _("Why do we keep it?"),
            (
                _(
                    "So that residents and relatives know whom they talk with, and so "
                    "that it can be seen who has done what (GDPR articles 6(1)(e) and 32)."
                ),
            ),
        ),
        Section(
            "see",
            _("Who sees it?"),
            (
                _("Your manager sees the log, and takes samples of it each month."),
                _("A resident can ask who has looked."),
            ),
        ),
        Section(
            "wait",
            _("How long?"),
            (
                _("Your log-in closes on the day when your job ends."),
                _("Your name stays where you have written, as long as that is kept."),
            ),
        ),
        Section(
            "closed",
            _("Your duty of confidentiality"),
            (
                _("Look only at what you need for your work."),
                _("Tell relatives only what the resident has said yes to."),
                _(
                    "Keep your log-in to yourself, and log out when you leave the screen."
                ),
                _("The duty holds after your job has ended too."),
            ),
        ),
        RIGHTS,
    ),
}
TEXTS[Role.REPRESENTATIVE] = (
    RESPONSIBLE,
    Section(
        "law",
        _("You represent the resident"),
        (
            _("The law lets you see and decide in some matters, and only in those."),
            _(
                "We keep which matters they are, from when until when, and the document."
            ),
            _("When it ends, you see nothing more by it from the next day."),
        ),
    ),
    *TEXTS[Role.RELATIVE][1:],
)
