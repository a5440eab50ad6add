"""The columns that tell who is whose: of the relatives' lists, and of lists of their own."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from relatives.register import cells
from relatives.register.columns import Column

RELATION = (
    Column(
        "kinds",
        partial(cells.several, each=partial(cells.choice, of="kind")),
        _("Who the relative is to the resident."),
        "mor",
        words="kind",
    ),
    Column(
        "custody",
        partial(cells.choice, of="custody"),
        _("For residents below 18: “ene” or “delt”. “nej” ends it."),
        "delt",
        words="custody",
    ),
    Column(
        "guardianship",
        partial(cells.several, each=partial(cells.choice, of="guardianship")),
        _("Which kind of legal guardian, if the relative is one. “nej” ends it."),
        "",
        words="guardianship",
    ),
    Column(
        "guardian_of",
        partial(cells.several, each=partial(cells.choice, of="topic")),
        _("The topics that a personal guardianship is about, with commas between."),
        "",
        words="topic",
    ),
    Column(
        "guardian_from",
        cells.day,
        _("The first day of the guardianship."),
        "",
    ),
    Column(
        "guardian_until",
        cells.day,
        _("The last day of the guardianship, if one is set."),
        "",
    ),
)
