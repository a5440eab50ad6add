"""Two people at the same text: only one of them changes what the other has not seen."""


class ChangedMeanwhile(Exception):
    """Somebody else was there first: look again before you act."""


def locked(row):
    """The row as it stands now. Raises ChangedMeanwhile if it has been thrown away."""
    row = type(row).objects.select_for_update().filter(pk=row.pk).first()
    if row is None:
        raise ChangedMeanwhile
    return row


def latest(row):
    """The row, locked. Raises ChangedMeanwhile if a correction has taken its place."""
    row = locked(row)
    if row.replaced_at:
        raise ChangedMeanwhile
    return row
