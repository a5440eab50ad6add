"""Who looks after the library. What a person may *read* is visible_to()."""

from knowledge import audience


def can_read(user):
    return audience.belongs(user)


def can_write(user):
    """The centre manager answers for what the home tells of rights and law."""
    return bool(audience.run_by(user))


def can_change(user, piece):
    """A home's own, or one that all homes share: then it becomes the home's own."""
    homes = [home.pk for home in audience.run_by(user)]
    return bool(homes) and (piece.home_id is None or piece.home_id in homes)


def homes(user):
    return audience.homes_of(user)


def can_present(user, job):
    """A manager shows themselves; whoever runs the home may do it for them."""
    return user.sight is None and (job.user_id == user.pk or user.runs(job.home))
