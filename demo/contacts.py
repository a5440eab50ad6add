"""Half a year of contacts with relatives, as they stand in contacts.csv.

Days are counted from today. `told` has the topics that staff told of, as far as the
resident had said yes to them; what was told without a yes stands in disclosures.py. A name after "+" is of somebody who is not among the
resident's own. A line that begins with "=" corrects the one above it.
"""

import csv
import datetime as dt
from pathlib import Path

from demo.house import at, number
from relatives.actions import contacts as actions
from relatives.actions.tellings import log_telling
from relatives.models import Contact
from residents.topics import Topic

LINES = Path(__file__).with_suffix(".csv")
FIRST = {"them": Contact.Direction.FROM_RELATIVE, "us": Contact.Direction.TO_RELATIVE}
SAID = (
    "relative",
    "other_person",
    "channel",
    "direction",
    "topic",
    "happened_at",
    "follow_up_on",
    "follow_up_by",
)


def build(house):
    earlier = None
    with LINES.open(encoding="utf-8", newline="") as lines:
        for place, line in enumerate(csv.DictReader(lines, delimiter=";")):
            if line["resident"] == "=":
                _correct(house, earlier, line, place)
            else:
                earlier = _log(house, line, place)


def _log(house, line, place):
    said = _said(house, line)
    # Most are written down at once, some when the shift allows.
    written = said["happened_at"] + dt.timedelta(minutes=3 + place * 7 % 40)
    with at(min(written, house.now)):
        contact, _is_new = log_telling(
            relation=house.relations.get((line["resident"], line["relative"])),
            told=[Topic(topic) for topic in (line["told"] or "").split()],
            resident=house.residents[line["resident"]],
            uuid=number("contact", place),
            by=house.staff[line["by"]],
            **said,
        )
    if line["done"]:
        with at(house.moment(int(line["done"]), "14.20")):
            actions.follow_up(contact, by=said["follow_up_by"])
    return contact


def _said(house, line):
    who = line["relative"]
    outsider = who.startswith("+")
    promised = bool(line["follow_up"])
    return {
        "relative": None
        if outsider
        else house.relations[line["resident"], who].relative,
        "other_person": who[1:] if outsider else "",
        "channel": line["how"],
        "direction": FIRST[line["first"]],
        "topic": line["topic"],
        "note": line["note"],
        "happened_at": house.moment(int(line["days"]), line["at"]),
        "follow_up_on": house.day(int(line["follow_up"])) if promised else None,
        "follow_up_by": house.staff[line["by whom"]] if promised else None,
    }


def _correct(house, earlier, line, place):
    with at(house.moment(int(line["days"]), line["at"])):
        actions.correct_contact(
            earlier,
            uuid=number("contact", place),
            by=house.staff[line["by"]],
            note=line["note"],
            **{name: getattr(earlier, name) for name in SAID},
        )
