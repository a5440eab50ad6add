"""Who is whose, wherever it stands: in the relatives' rows or on a sheet of its own."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from relatives.models import Representation
from relatives.register.sheets import Row, Sheet


@dataclass
class Tie:
    """What the files say of one relative and one resident."""

    sheet: Sheet
    row: Row
    relative_id: str
    resident_id: str
    kind: str
    custody: str = ""
    guardianship: tuple = ()
    guardian_of: tuple = ()
    guardian_from: str = ""
    guardian_until: str = ""

    @property
    def has_custody(self):
        return self.custody in Representation.CUSTODY

    @property
    def is_guardian(self):
        return any(kind != "none" for kind in self.guardianship)


def of(register, wrong):
    """The ties of the files. `wrong` is told of rows that make none."""
    ties, lines = [], {}
    for about in ("relative", "relation"):
        for sheet, row in register.of(about):
            for tie in _of_row(about, sheet, row, wrong):
                pair = (tie.relative_id, tie.resident_id)
                if pair in lines:
                    text = _(
                        "%(relative)s and %(resident)s also stand in line %(line)s."
                    )
                    wrong(
                        sheet,
                        row,
                        "resident_ids",
                        text
                        % {
                            "relative": tie.relative_id,
                            "resident": tie.resident_id,
                            "line": lines[pair],
                        },
                    )
                    continue
                lines[pair] = row.line
                ties.append(tie)
    return ties


def _of_row(about, sheet, row, wrong):
    values = row.values
    residents = values.get("resident_ids", [])
    kinds = values.get("kinds", [])
    number = values.get("register_id" if about == "relative" else "relative_id")
    if not number or not residents:
        return
    if not kinds:
        if row.good:
            text = _("Write who the relative is to the resident, for example “mor”.")
            wrong(sheet, row, "kinds", text)
        return
    if len(kinds) not in (1, len(residents)):
        text = _(
            "There are %(residents)s residents and %(kinds)s relations. Write one for each."
        )
        counts = {"residents": len(residents), "kinds": len(kinds)}
        wrong(sheet, row, "kinds", text % counts)
        return
    if len(kinds) == 1:
        kinds = kinds * len(residents)
    guardian = _guardian(sheet, row, wrong)
    for resident, kind in zip(residents, kinds, strict=True):
        yield Tie(
            sheet,
            row,
            number,
            resident,
            kind,
            custody=values.get("custody", ""),
            **guardian,
        )


def _guardian(sheet, row, wrong):
    fields = ("guardianship", "guardian_of", "guardian_from", "guardian_until")
    said = {name: row.values[name] for name in fields if name in row.values}
    kinds = said.get("guardianship", ())
    named = {Representation.Kind.PERSONAL, Representation.Kind.FUTURE_POWER}
    if named & set(kinds) and not said.get("guardian_of"):
        text = _(
            "Write what the guardianship is about, for example “helbred, behandling”."
        )
        wrong(sheet, row, "guardian_of", text)
    if said and not kinds and row.good:
        text = _("Write which kind of guardianship it is, for example “personlig”.")
        wrong(sheet, row, "guardianship", text)
    if said.get("guardian_until", "9999") < said.get("guardian_from", ""):
        wrong(sheet, row, "guardian_until", _("The last day lies before the first."))
    return said
