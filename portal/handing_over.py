"""What is held about somebody, as one file: to read, and for machines."""

import io
import json
import zipfile

from django.utils.translation import gettext as _

from portal import audit, clock, everything, pdf
from portal import selves as own

# So many lines of a kind are on the paper; all of them are in the file for machines.
ON_PAPER = 300


def pack(selves, *, by, name, home):
    """The bytes of a zip file with a PDF, JSON, pictures and papers.

    It is written down that it was handed over. Raises pdf.Unavailable, pdf.Failed.
    """
    whole = everything.about(selves, reader=by)
    paper = pdf.render("pdf/everything.html", _words(whole, name, home))
    about = selves.get("resident") or selves.get("relative") or selves["user"]
    own.handed_over(by, whole.rows)
    audit.record("handed_over", by=by, about=about, rows=len(whole.rows))
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("oplysninger.pdf", paper)
        file.writestr("oplysninger.json", _for_machines(whole, name))
        for path, content in whole.files.items():
            file.writestr(path, content)
    return box.getvalue()


def _words(whole, name, home):
    day = clock.today()
    return {
        "home": home.name if home else "",
        "phone": home.phone if home else "",
        "name": name,
        "day": day,
        "written": f"{day}T12:00:00+01:00",
        "sections": [
            {
                "title": section.title,
                "rows": section.rows[:ON_PAPER],
                "left_out": max(0, len(section.rows) - ON_PAPER),
            }
            for section in whole.sections
            if section.rows
        ],
    }


def _for_machines(whole, name):
    said = {
        "name": name,
        "made": clock.now().isoformat(timespec="seconds"),
        "explanation": _(
            "Times are in ISO 8601. Other people are masked, and employees are not named."
        ),
        "sections": [
            {
                "title": section.title,
                "table": section.table,
                "rows": [
                    {name: plain for name, _label, _text, plain in row}
                    for row in section.rows
                ],
            }
            for section in whole.sections
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=1)
