"""What holds for every text of the library, and the short ones whole."""

from django.db import transaction

from portal import audit, clock


class ChangedMeanwhile(Exception):
    """Somebody else was there first: look again before you act."""


def locked(row):
    """The row as it stands now. Raises ChangedMeanwhile if it has been thrown away."""
    row = type(row).objects.select_for_update().filter(pk=row.pk).first()
    if row is None:
        raise ChangedMeanwhile
    return row


def latest(row):
    """The row, locked. Raises ChangedMeanwhile if a newer one holds in its place."""
    row = locked(row)
    if row.replaced_at:
        raise ChangedMeanwhile
    return row


@transaction.atomic
def write(model, *, uuid, home, corrects=None, by, **words):
    """A word or an association, read at once; of a common one it becomes the home's own.

    Raises ChangedMeanwhile if somebody else has changed it first.
    """
    done = model.objects.filter(uuid=uuid).first()
    if done:
        return done
    place = _in_place_of(corrects, home) if corrects else {"address": uuid}
    row = model.objects.create(uuid=uuid, home=home, author=by, **place, **words)
    audit.record(f"{model.logged_as}.written", by=by, about=row)
    return row


def _in_place_of(old, home):
    """Put the old version aside; what its successor inherits from it."""
    old = latest(old)
    place = {"address": old.address}
    if old.home_id is None:
        if _own(old, home):
            raise ChangedMeanwhile
        return place | {"based_on": old}
    old.replaced_at = clock.now()
    old.save(update_fields=["replaced_at"])
    return place | {"corrects": old, "based_on": old.based_on}


@transaction.atomic
def recall(row, *, home, reason, by):
    """Readers of the home do not see it any more. Raises ChangedMeanwhile."""
    row = latest(row)
    if row.home_id is None:
        row = _own(row, home) or _copy(row, home, by)
    if row.recalled_at:
        return row
    row.recalled_at, row.recalled_by = clock.now(), by
    row.recall_reason = reason
    row.save(update_fields=["recalled_at", "recalled_by", "recall_reason"])
    audit.record(f"{row.logged_as}.recalled", by=by, about=row)
    return row


def _own(common, home):
    """What the home has in place of a common text, or None."""
    return (
        type(common).objects.holding().filter(home=home, address=common.address).first()
    )


def _copy(common, home, by):
    """The common text as the home's own, so that the home can take it back."""
    given = {"id", "uuid", "home", "author", "based_on", "corrects"}
    same = {
        field.attname: getattr(common, field.attname)
        for field in common._meta.concrete_fields
        if field.name not in given
    }
    return type(common).objects.create(home=home, author=by, based_on=common, **same)
