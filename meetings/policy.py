"""Who may do what with a move-in conversation. What a person may *see* is visible_to()."""

from residents import policy as residents


def can_plan(user, resident):
    """It is a task of the management to take the initiative (000-015)."""
    return residents.manages(user, resident)


def can_move(user, conversation):
    """Another time or place, until it has been held."""
    return conversation.status == conversation.Status.PLANNED and (
        residents.manages(user, conversation.resident)
    )


def can_choose_participants(user, conversation):
    """Also afterwards: not everybody who came had been expected."""
    return conversation.status in conversation.STANDING and (
        residents.manages(user, conversation.resident)
    )


def can_invite(user, conversation):
    """On paper, until it has been held: the management, and whoever leads it."""
    return conversation.status == conversation.Status.PLANNED and (
        can_finish(user, conversation)
    )


def can_write(user, conversation):
    """Whoever cares for the resident may write what was said; often several at once."""
    return conversation.status != conversation.Status.DECLINED and (
        residents.cares_for(user, conversation.resident)
    )


def can_finish(user, conversation):
    """Whoever leads it or takes the minutes, or manages the department."""
    return can_write(user, conversation) and (
        user.pk in (conversation.chair_id, conversation.minute_taker_id)
        or residents.manages(user, conversation.resident)
    )


def can_print(user, conversation):
    """Managers alone: a whole record leaves the house on paper, every topic in it."""
    return conversation.status == conversation.Status.HELD and residents.manages(
        user, conversation.resident
    )


def can_close(user, hand_out):
    """Whoever may hand it out may close what was handed out."""
    return residents.manages(user, hand_out.resident)


def can_list(user):
    return any(job.is_manager for job in user.employments_in_force)


def can_print_blank(user):
    """Everybody who cares for residents; the empty form tells nothing of anyone."""
    return any(job.department_id or job.is_manager for job in user.employments_in_force)


def home_run_by(user):
    """The home whose questions and days of the first talks the user decides, or None."""
    jobs = (job for job in user.employments_in_force if job.role == "centre_manager")
    return next((job.home for job in jobs), None)


def can_write_expectations(user, resident):
    """Whoever cares for the resident: what was said is written down while it is said."""
    return residents.cares_for(user, resident)
