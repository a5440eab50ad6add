"""Half a year of contacts with relatives, as they stand in contacts.csv.

Days are counted from today. A name after "+" is of somebody who is not among the
resident's own. A line that begins with "=" corrects the one above it.
"""

import csv
import datetime as dt
from pathlib import Path

from demo.house import number
from relatives.models import Contact

LINES = Path(__file__).with_suffix(".csv")
FIRST = {"them": Contact.Direction.FROM_RELATIVE, "us": Contact.Direction.TO_RELATIVE}


def build(house):
    earlier = None
    with LINES.open(encoding="utf-8", newline="") as lines:
        for place, line in enumerate(csv.DictReader(lines, delimiter=";")):
            if line["resident"] == "=":
                contact = _corrected(house, earlier, line)
            else:
                contact = _logged(house, line, place)
            contact.uuid = number("contact", place)
            contact.save()
            earlier = contact


def _logged(house, line, place):
    happened_at = house.moment(int(line["days"]), line["at"])
    contact = Contact(
        resident=house.residents[line["resident"]],
        channel=line["how"],
        direction=FIRST[line["first"]],
        topic=line["topic"],
        note=line["note"],
        happened_at=happened_at,
        recorded_by=house.staff[line["by"]],
        # Most are written down at once, some when the shift allows.
        recorded_at=min(
            happened_at + dt.timedelta(minutes=3 + place * 7 % 40), house.now
        ),
    )
    who = line["relative"]
    if who.startswith("+"):
        contact.other_person = who[1:]
    else:
        contact.relative = house.relations[line["resident"], who].relative
    if line["follow_up"]:
        contact.follow_up_on = house.day(int(line["follow_up"]))
        contact.follow_up_by = house.staff[line["by whom"]]
    if line["done"]:
        contact.followed_up_at = house.moment(int(line["done"]), "14.20")
        contact.followed_up_by = contact.follow_up_by
    return contact


def _corrected(house, earlier, line):
    return Contact(
        resident=earlier.resident,
        relative=earlier.relative,
        other_person=earlier.other_person,
        channel=earlier.channel,
        direction=earlier.direction,
        topic=earlier.topic,
        note=line["note"],
        happened_at=earlier.happened_at,
        corrects=earlier,
        first=earlier.first or earlier,
        recorded_by=house.staff[line["by"]],
        recorded_at=house.moment(int(line["days"]), line["at"]),
    )
