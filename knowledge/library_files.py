"""The common texts as files. `load` brings what is new in them to every home.

A migration calls it: the first one and one for each time that the files have changed. What
a home has written itself stays as it is (knowledge.models.pieces).
"""

import datetime as dt
import uuid
from pathlib import Path

from django.db import transaction

from portal import clock

FILES = Path(__file__).parent / "library_data"
ADDRESSES = uuid.uuid5(uuid.NAMESPACE_DNS, "library.samspil")
EASY = "== easy ==\n"
YEAR = dt.timedelta(days=365)


def address(kind, key):
    """The same in every portal, so that a link to a common text holds everywhere."""
    return uuid.uuid5(ADDRESSES, f"{kind} {key}")


def articles():
    """(key, fields) of each file: lines "name: value", an empty line, and the text."""
    for file in sorted((FILES / "articles").glob("*.txt")):
        head, _gap, body = file.read_text(encoding="utf-8").partition("\n\n")
        fields = dict(line.split(": ", 1) for line in head.splitlines())
        fields["text"], _mark, fields["easy"] = (
            part.strip() for part in body.partition(EASY)
        )
        checked = dt.date.fromisoformat(fields.pop("checked"))
        yield file.stem, {**fields, "checked_on": checked, "check_on": checked + YEAR}


def _entries(name, *fields):
    """(key, fields) of each part of a file with empty lines between: a line a field."""
    parts = (FILES / name).read_text(encoding="utf-8").strip().split("\n\n")
    for part in parts:
        values = [line.strip() for line in part.splitlines()]
        values += [""] * (len(fields) - len(values))
        yield values[0].casefold(), dict(zip(fields, values, strict=True))


def words():
    return _entries("words.txt", "term", "meaning")


def associations():
    return _entries("associations.txt", "name", "about", "url", "phone")


@transaction.atomic
def load(apps):
    """Make or renew the common texts, and end those whose file says them no longer.

    `apps` may be a migration's. What a home has made of one of them stays.
    """
    now = clock.now()
    for kind, found in (
        ("Article", articles()),
        ("Word", words()),
        ("Association", associations()),
    ):
        model = apps.get_model("knowledge", kind)
        published = {"published_at": now} if kind == "Article" else {}
        common = model.objects.filter(home=None, replaced_at=None)
        texts = {address(kind, key): fields for key, fields in found}
        common.exclude(address__in=texts).update(replaced_at=now)
        for place, fields in texts.items():
            old = common.filter(address=place).first()
            if old and all(getattr(old, name) == fields[name] for name in fields):
                continue
            if old:
                old.replaced_at = now
                old.save(update_fields=["replaced_at"])
            model.objects.create(address=place, corrects=old, **fields, **published)
