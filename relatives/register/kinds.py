"""What a register may hold: each kind of row and each column.

The reading, the page that explains the columns and the empty templates all come from here.
"""

from functools import partial

from django.utils.translation import gettext_lazy as _

from relatives.register import cells
from relatives.register.columns import Column, Kind
from relatives.register.relation_columns import RELATION

_name = cells.short(100)
_day_help = _("Day, month and year.")
_ID = _("The care system's own number. It is how a row is known again next time.")
_PROTECTED = _("“ja” if the address is protected. Empty changes nothing.")

KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "department",
            _("Departments"),
            (
                Column(
                    "name",
                    _name,
                    _("The name of the department."),
                    "Åkanden",
                    needed=True,
                ),
                Column("phone", cells.phone, _("Its telephone."), "86 12 34 50"),
            ),
        ),
        Kind(
            "employee",
            _("Employees"),
            (
                Column("register_id", cells.number, _ID, "M-101", needed=True),
                Column(
                    "given_name", _name, _("Or the whole name in one column."), "Mette"
                ),
                Column("family_name", _name, _("All family names."), "Kjær Sørensen"),
                Column(
                    "name",
                    cells.short(150),
                    _("The whole name, instead of given and family name."),
                ),
                Column(
                    "email",
                    cells.email,
                    _("For the invitation and the log-in. Each has their own."),
                    "mette@example.dk",
                    needed=True,
                ),
                Column(
                    "profession",
                    partial(cells.choice, of="profession"),
                    _("What the employee is trained as."),
                    "pædagog",
                    words="profession",
                ),
                Column(
                    "role",
                    partial(cells.choice, of="role"),
                    _("What the employee may do here. Empty means care worker."),
                    "medarbejder",
                    words="role",
                ),
                Column(
                    "department",
                    _name,
                    _(
                        "Where the employee works. One row for each department. Empty for "
                        "the centre manager and the relatives' adviser."
                    ),
                    "Åkanden",
                ),
                Column(
                    "starts_on",
                    cells.day,
                    _("The first day of work. Empty means today."),
                    "01-08-2021",
                ),
                Column(
                    "ends_on",
                    cells.day,
                    _("The last day of work, if it is known."),
                ),
            ),
            either=(("given_name", "name"), ("family_name", "name")),
        ),
        Kind(
            "resident",
            _("Residents"),
            (
                Column("register_id", cells.number, _ID, "B-2001", needed=True),
                Column("given_name", _name, _("All given names."), "Bo", needed=True),
                Column(
                    "family_name",
                    _name,
                    _("All family names."),
                    "Åkjær Holm",
                    needed=True,
                ),
                Column("called", _name, _("What the resident likes to be called.")),
                Column(
                    "cpr",
                    cells.cpr_number,
                    _(
                        "Only for knowing the person again: the portal keeps an unreadable "
                        "mark and not the number."
                    ),
                    "",
                ),
                Column(
                    "born_on",
                    cells.birthday,
                    _("Needed where there is no CPR number."),
                    "04-06-1990",
                ),
                Column(
                    "department",
                    _name,
                    _("Where the resident lives."),
                    "Åkanden",
                    needed=True,
                ),
                Column("room", cells.short(30), _("The room or flat."), "12"),
                Column("moved_in_on", cells.day, _day_help, "01-02-2024", needed=True),
                Column("moved_out_on", cells.day, _("If the resident has moved out.")),
                Column("protected_address", cells.yes_no, _PROTECTED, "nej"),
                Column(
                    "contact_person",
                    cells.short(254),
                    _("The number or e-mail address of the employee."),
                    "M-101",
                ),
            ),
            either=(("cpr", "born_on"),),
        ),
        Kind(
            "relative",
            _("Relatives"),
            (
                Column("register_id", cells.number, _ID, "P-3001", needed=True),
                Column("given_name", _name, _("All given names."), "Anna", needed=True),
                Column(
                    "family_name",
                    _name,
                    _("All family names."),
                    "Bjørn Holm",
                    needed=True,
                ),
                Column(
                    "born_on",
                    cells.birthday,
                    _("At least for those below 18, who may not be given tasks."),
                ),
                Column(
                    "email",
                    cells.email,
                    _("For the invitation. Without it there is no log-in."),
                    "anna@example.dk",
                ),
                Column(
                    "phone",
                    cells.phone,
                    _("Eight digits, or + and the country code."),
                    "20 30 40 50",
                ),
                Column(
                    "address",
                    cells.short(200),
                    _("Not kept for those whose address is protected."),
                    "Søndergade 3",
                ),
                Column("postcode", cells.short(10), _("Four digits."), "8700"),
                Column("city", _name, _("The town."), "Horsens"),
                Column("protected_address", cells.yes_no, _PROTECTED, "nej"),
                Column(
                    "language",
                    cells.short(50),
                    _("The language at home, if not Danish."),
                ),
                Column("interpreter", cells.yes_no, _("“ja” if one is needed.")),
                Column(
                    "resident_ids",
                    partial(cells.several, each=cells.number),
                    _(
                        "The resident's number. For several residents: one row each, or "
                        "the numbers with commas between."
                    ),
                    "B-2001",
                ),
                *RELATION,
            ),
        ),
        Kind(
            "relation",
            _("Who is whose"),
            (
                Column(
                    "relative_id",
                    cells.number,
                    _("The relative's number."),
                    "P-3001",
                    needed=True,
                ),
                Column(
                    "resident_ids",
                    partial(cells.several, each=cells.number),
                    _("The resident's number."),
                    "B-2001",
                    needed=True,
                ),
                *RELATION,
            ),
        ),
    )
}
