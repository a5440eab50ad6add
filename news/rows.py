"""News and diary entries as lines of a list: addresses and dates made once a line."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from news import policy
from portal.rooms import Row
from relatives.readings import is_new_to
from residents import ledger
from residents.topics import Topic

WORDS = 40


def day(instant):
    return date_format(localtime(instant))


def _is_news(user, author, at):
    return author != user.pk and is_new_to(user, at)


def of_news(items, user, *, words=WORDS):
    prefix, new, corrected = reverse("news:news"), _("New"), _("Corrected")
    important, dot = _("Important: %(title)s"), " · "
    for item in items:
        meta = [day(item.shown_from), place(item)]
        meta.append(corrected if item.is_correction else "")
        yield Row(
            title=important % {"title": item.title} if item.important else item.title,
            url=f"{prefix}{item.address}/",
            meta=dot.join(part for part in meta if part),
            text=Truncator(item.text).words(words),
            badge=new if _is_news(user, item.author_id, item.shown_from) else "",
        )


def place(item):
    """The department of a line that was read `with_places()`; nothing for everywhere."""
    if item.whole_home or not item.number_of_places:
        return ""
    if item.number_of_places == 1:
        return item.first_place
    return _("%(place)s and %(number)d more") % {
        "place": item.first_place,
        "number": item.number_of_places - 1,
    }


def of_drafts(items):
    """Each leads to where it is looked at, and says whose turn it is."""
    prefix, by = reverse("news:news"), _("Draft by %(name)s")
    asked, returned = _("Please look at it"), _("Returned with a comment")
    for item in items:
        yield Row(
            title=item.title,
            url=f"{prefix}drafts/{item.uuid}/",
            meta=by % {"name": item.author},
            badge=asked if item.asked_at else returned if item.returned_at else "",
            badge_kind="info" if item.asked_at else "warning",
        )


@dataclass(frozen=True)
class Glimpse(Row):
    """A diary entry as a line, with the first of its photographs."""

    thumbs: list = field(default_factory=list)
    is_good: bool = False


def author(entry, user):
    """Who wrote it, as far as the user may know: one relative learns of no other."""
    if (
        entry.written_as != entry.WrittenAs.RELATIVE
        or user.pk in (entry.recorded_by_id, entry.resident.user_id)
        or policy.can_write_entry(user, entry.resident)
    ):
        return str(entry.recorded_by)
    return _("a relative")


def of_entries(entries, user, *, named=True, words=WORDS, thumbs=None):
    """For the user to read. `named` says of each line whom it is about."""
    ledger.read(user, entries)
    prefix, new, corrected = reverse("news:everyday"), _("New"), _("Corrected")
    recalled, dot = _("Taken back"), " · "
    topics = {topic.value: str(topic.label) for topic in Topic}
    for entry in entries:
        meta = [entry.resident.short_name] if named else []
        meta += [date_format(entry.happened_on), topics[entry.topic]]
        if not entry.is_by_staff:
            meta.append(_written_by(entry))
        if entry.is_correction:
            meta.append(corrected)
        is_new = _is_news(user, entry.recorded_by_id, entry.written_at)
        badge = recalled if entry.recalled_at else new if is_new else ""
        yield Glimpse(
            title=entry.title or Truncator(entry.text).words(words),
            url=f"{prefix}{entry.address}/",
            meta=dot.join(meta),
            # Without a headline the words themselves are the line.
            text=Truncator(entry.text).words(words) if entry.title else "",
            badge=badge,
            badge_kind="warning" if entry.recalled_at else "info",
            thumbs=(thumbs or {}).get(entry.pk, []),
            is_good=entry.is_good_moment,
        )


def _written_by(entry):
    if entry.written_as == entry.WrittenAs.RESIDENT:
        return _("Written by %(name)s") % {"name": entry.resident.short_name}
    return _("Written by a relative")
