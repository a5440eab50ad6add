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


def places_to_meet(user):
    """The departments that the user may invite the relatives of, as a manager."""
    return [
        job.department or job.home
        for job in user.employments_in_force
        if job.is_manager
    ]


def can_arrange(user, meeting):
    """About a resident whoever cares for them; a meeting for many its managers."""
    if meeting.resident_id:
        return residents.cares_for(user, meeting.resident)
    return manages_place(user, meeting.home_id, meeting.department_id)


def can_change(user, meeting):
    """Another time, another agenda, called off: while it is still to come."""
    return meeting.is_planned and can_arrange(user, meeting)


def can_choose_guests(user, meeting):
    """Also afterwards: not everybody who came had been expected."""
    about_one = meeting.resident_id and not meeting.is_called_off
    return bool(about_one) and can_arrange(user, meeting)


def can_take_minutes(user, meeting):
    """Whoever arranges it, leads it or takes the minutes; never of a cancelled one."""
    return not meeting.is_called_off and (
        can_arrange(user, meeting)
        or user.pk in (meeting.chair_id, meeting.minute_taker_id)
    )


def manages_place(user, home, department):
    """Manages the department, or where there is none all of the home. Both by number."""
    return any(
        job.is_manager
        and (
            job.home_id == home
            and job.role == job.Role.CENTRE_MANAGER
            or department is not None
            and job.department_id == department
        )
        for job in user.employments_in_force
    )


def can_agree(user, meeting):
    """What resident, relatives and staff agree on is about a resident."""
    return bool(meeting.resident_id) and can_take_minutes(user, meeting)
