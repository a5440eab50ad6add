"""Who may do what to a resident. What a person may *see* is visible_to()."""


def cares_for(user, resident):
    """Works with the resident today: may write about them."""
    return user.works_in(resident.department)


def manages(user, resident):
    """Manages the resident's department or its home."""
    return user.manages(resident.department)
