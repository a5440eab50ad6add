"""What personal data is used for here, and how long: the law's questions, our answers.

The record of processing activities (GDPR article 30) is these, with the tables that
each app puts under them (portal.data_classes).
"""

from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Use:
    """One activity of the record: what for, on what ground, and who gets to know."""

    title: str | Promise
    purpose: str | Promise
    ground: str | Promise
    recipients: str | Promise


# Retsinformation: the general ground of a public authority that gives care.
TASK = _(
    "A public task: article 6(1)(e), and article 9(2)(g) for health and social life."
)
SAFETY = _("A duty to keep data safe: articles 6(1)(c), 5(1)(f) and 32.")
NO_ONE = _("Nobody outside the home.")
STAFF = _("The staff of the resident's department, and nobody outside the home.")
SHARED = _(
    "The staff of the resident's department. The resident. Relatives, when the resident "
    "has said yes to the topic or the law opens it."
)


class Uses(Enum):
    PEOPLE = Use(
        _("Knowing who is who"),
        _("To know who lives here, who their relatives are, and who works here."),
        TASK,
        STAFF,
    )
    CONSENT = Use(
        _("What the resident shares"),
        _("To let the resident decide who may hear what, and to be able to prove it."),
        TASK,
        _("The staff of the resident's department, and the resident."),
    )
    COOPERATION = Use(
        _("Working with relatives"),
        _("To keep agreements, answer questions, and remember who was told what."),
        TASK,
        SHARED,
    )
    MEETINGS = Use(
        _("Conversations and meetings"),
        _("To prepare and hold meetings about the resident, and keep what was agreed."),
        TASK,
        SHARED,
    )
    EVERYDAY = Use(
        _("Everyday life"),
        _("To tell what the resident does, in words and pictures."),
        _(
            "A public task, and for photographs also the resident's consent: article 6(1)(a) and 9(2)(a)."
        ),
        SHARED,
    )
    NEWS = Use(
        _("News and knowledge"),
        _("To tell everybody in the house what happens and what help there is."),
        TASK,
        _("Everybody with a log-in to the home."),
    )
    LOGIN = Use(
        _("Log-in"),
        _("To let in whom it should, and nobody else."),
        SAFETY,
        _("With MitID: the company that passes the log-in on."),
    )
    MAIL = Use(
        _("Mail and drafts"),
        _(
            "To tell that there is something new, and to lose nothing that is being written."
        ),
        TASK,
        _("The company that carries the mail. A mail names no resident."),
    )
    LOG = Use(
        _("The logs"),
        _("To be able to show who has seen and changed what."),
        SAFETY,
        _("The managers. The resident sees who has looked, by role."),
    )
    HOUSE = Use(
        _("Running the home"),
        _("To keep departments, templates and numbers. No person is described here."),
        TASK,
        NO_ONE,
    )


class Periods(Enum):
    """How long rows are kept. What is deleted, and by what, is portal.retention's."""

    RECORD = _(
        "As long as the resident's record must be kept: the home and its municipality "
        "decide. The portal deletes nothing of it by itself."
    )
    TIES = _(
        "As long as the person has to do with the home, or until they ask to be erased."
    )
    LOG = _("As long as the resident's record: nothing in a log is changed or removed.")
    MAIL = _("400 days after it was sent or given up.")
    DRAFT = _("30 days at most. A draft that is sent is gone at once.")
    HOUR = _("An hour.")
    UPLOAD = _("A day: then the contents are forgotten, and the numbers stay.")
    INVITATION = _("400 days after it was used or ran out.")
    MARK = _("Two years.")
    SESSION = _("Until log-out, and eight hours at most.")
    HOUSE = _("As long as it is of use to the home.")


class Category(Enum):
    """What kind of data a field holds. The names are those of portal.data_classes.Data."""

    WHO = _("name, birthday and numbers")
    REACH = _("addresses and telephone numbers")
    WORDS = _(
        "words that somebody has written, which may tell of health and social life"
    )
    TOPIC = _("what it was about: health, economy and other topics")
    FACTS = _("what was done, answered or chosen")
    PICTURE = _("pictures and papers")
    PROOF = _("what proves who logs in, kept so that it cannot be read or shown")


class Person(Enum):
    RESIDENT = _("residents")
    RELATIVE = _("relatives")
    EMPLOYEE = _("employees")


MEASURES = (
    _("Two factors to log in. Access ends the same day as a job ends."),
    _(
        "Staff see the residents of their own department. Others see what is shared with them."
    ),
    _(
        "Every page about a resident is written in a log. Without the log no page is shown."
    ),
    _("The database itself refuses to change or remove what was said and who looked."),
    _("All traffic is encrypted. Nothing is kept in the browser."),
    _("Mails hold no names of residents and nothing about them."),
)
