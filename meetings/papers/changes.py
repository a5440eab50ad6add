"""What a later version of the record says has changed since the one before, in words."""

from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from meetings.papers import days

# What is said of an answer, and of an agreement.
ANSWER = ("said", "text", "not_relevant", "answered_by")
AGREEMENT = (
    *("text", "goal", "responsible", "helpers", "due", "follow_up", "state"),
    "results",
)
WISH = ("text", "answer", "because", "differences")
# Written anew with every version; it is no change of what was said.
OF_THE_PRINT = ("printed_at", "printed_by", "written", "number", "changes", "phone")


def is_same(old, new):
    """Whether the two say the same, so that there is nothing to make a version of."""
    return _said(old) == _said(new)


def _said(content):
    # A snapshot that was read back from the database has lists for tuples.
    return _plain({k: v for k, v in content.items() if k not in OF_THE_PRINT})


def _plain(thing):
    if isinstance(thing, dict):
        return {key: _plain(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [_plain(value) for value in thing]
    return thing


def since(printout, new):
    """The head of a version: which one is before it, and what is new since."""
    with translation.override("da"):
        return {
            "number": printout.number,
            "day": days.day(printout.printed_at),
            "lines": list(_lines(printout.content, new)),
        }


def _lines(old, new):
    before, now = _answers(old), _answers(new)
    for heading, questions in (
        (_("Answered"), [key for key in now if key not in before]),
        (
            _("Answered anew"),
            [key for key in now if key in before and now[key] != before[key]],
        ),
        (_("No longer answered"), [key for key in before if key not in now]),
    ):
        if questions:
            yield {
                "heading": heading,
                "items": [question for _s, question in questions],
            }
    yield from _of_wishes(_wishes(old), _wishes(new))
    yield from _of_agreements(_agreements(old), _agreements(new))
    talks = _plain(old.get("first_talks", [])), _plain(new.get("first_talks", []))
    if talks[0] != talks[1]:
        yield {
            "heading": _("The first hundred days"),
            "items": [
                f"{talk['when']}: {talk['state']}"
                for talk in talks[1]
                if talk not in talks[0]
            ],
        }
    if _plain([old.get(name) for name in AROUND]) != _plain(
        [new.get(name) for name in AROUND]
    ):
        yield {
            "heading": _("Corrected"),
            "items": [_("when the conversation was held, or who took part")],
        }


AROUND = ("facts", "participants", "participation", "participation_note", "held_on")


def _answers(content):
    return {
        (section["title"], line["question"]): [line.get(name) for name in ANSWER]
        for section in content.get("sections", ())
        for line in section["lines"]
    }


def _wishes(content):
    return {row["wish"]: row for row in content.get("wishes", ())}


def _of_wishes(before, now):
    for heading, rows in (
        (_("New wishes"), [row for key, row in now.items() if key not in before]),
        (
            _("Wishes with a new answer, or seen differently"),
            [
                row
                for key, row in now.items()
                if key in before
                and any(_plain(before[key][name]) != _plain(row[name]) for name in WISH)
            ],
        ),
        (_("Wishes taken off"), [row for key, row in before.items() if key not in now]),
    ):
        if rows:
            yield {"heading": heading, "items": [_short(row["text"]) for row in rows]}


def _agreements(content):
    return {
        row.get("agreement", row["text"]): (number, row)
        for number, row in enumerate(content.get("agreements", ()), start=1)
    }


def _of_agreements(before, now):
    groups = {}
    for key, (number, row) in now.items():
        known = before.get(key)
        if known is None:
            heading = _("New agreements")
        elif known[1]["state"] != row["state"]:
            heading = _("Agreements that are done or have ended")
        elif any(
            _plain(known[1].get(name)) != _plain(row.get(name)) for name in AGREEMENT
        ):
            heading = _("Changed agreements")
        else:
            continue
        groups.setdefault(heading, []).append(_named(number, row))
    for key, (number, row) in before.items():
        if key not in now:
            gone = groups.setdefault(_("Agreements no longer listed"), [])
            gone.append(_named(number, row))
    for heading, items in groups.items():
        yield {"heading": heading, "items": items}


def _named(number, row):
    return _("no. %(number)s (%(text)s)") % {
        "number": number,
        "text": _short(row["text"]),
    }


def _short(text):
    return Truncator(" ".join(text.split())).chars(60)
