"""Who may bring a register in."""

from portal.models import Employment


def can_import_register(user, home):
    """Whoever runs the home.

    Not department managers: a register names the staff and their roles, and moves people
    between departments, which reaches beyond any one of them.
    """
    return user.runs(home)


def homes(user):
    """The homes whose register the user may bring in."""
    return [
        job.home
        for job in user.employments_in_force
        if job.role == Employment.Role.CENTRE_MANAGER
    ]
