"""Who may write, publish and recall. What a person may *read* is visible_to().

Care workers write news for their department and a manager publishes it: house news goes
to every family at once and cannot be unread, so two people look at it. About a resident
they write on their own, for only those whom the resident has chosen read it.
"""

from portal.models import Employment
from residents import policy as residents
from residents.access import standing

WRITERS = (
    Employment.Role.CARE,
    Employment.Role.MANAGER,
    Employment.Role.CENTRE_MANAGER,
)


def can_write_news(user):
    return any(job.role in WRITERS for job in user.employments_in_force)


def can_write_news_for(user, home, department):
    """For one's department; for the whole home only as its centre manager."""
    return user.works_in(department) if department else user.runs(home)


def can_publish_news(user, item):
    """Also return it to its author, correct it, and recall it: who manages every place."""
    if item.whole_home or not item.places:
        return user.runs(item.home)
    return all(user.manages(place) for place in item.places)


def can_mark_news_read(user, item):
    """Staff it is for, about important news that is shown now. Asked of nobody else."""
    return (
        item.important
        and not item.recalled_at
        and item.author_id != user.pk
        and any(_reads_at_work(job, item) for job in user.employments_in_force)
    )


def _reads_at_work(job, item):
    return job.home_id == item.home_id and (
        item.whole_home
        or job.department_id is None
        or job.department_id in {place.pk for place in item.places}
    )


def can_write_newsletters(user):
    return any(job.is_manager for job in user.employments_in_force)


def can_edit_newsletter(user, letter):
    """Also send it, stop it, and print it: whoever runs the home, or its author."""
    return user.runs(letter.home) or (
        letter.author_id == user.pk
        and any(
            job.is_manager and job.home_id == letter.home_id
            for job in user.employments_in_force
        )
    )


def can_write_entry(user, resident):
    return residents.cares_for(user, resident)


def can_write_entries(user):
    """About somebody: whoever works with residents at all."""
    return any(job.role in WRITERS for job in user.employments_in_force)


def can_add_entry(user, resident):
    """A resident about themselves; a relative under what the resident shows them."""
    return resident.user_id == user.pk or bool(topics_to_write_on(user, resident))


def topics_to_write_on(user, resident):
    """What a relative may write about: nobody writes what they could not read again."""
    return {topic for topic, _since, _ground in standing(user.pk, resident.pk)}


def can_take_back(user, entry):
    """Staff whatever stands there; a relative what they wrote; a resident what is
    written by a relative or by themselves. The staff's notes are the staff's duty."""
    return can_write_entry(user, entry.resident) or (
        not entry.is_by_staff
        and user.pk in (entry.recorded_by_id, entry.resident.user_id)
    )


def can_correct_entry(user, entry):
    """Nobody puts words into a relative's mouth, nor into the resident's."""
    return can_write_entry(user, entry.resident) and entry.is_by_staff


def can_take_back_photo(user, photo):
    """Staff, the resident who is in it, and whoever took it."""
    return photo.recalled_at is None and (
        can_write_entry(user, photo.resident)
        or user.pk in (photo.recorded_by_id, photo.resident.user_id)
    )
