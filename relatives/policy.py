"""Who may do what about relatives. What a person may *see* is visible_to()."""

from residents.policy import any_job, cares_for, manages

# Agreements


def can_write_agreements(user, resident):
    """Record, change, end, and answer what relatives ask for."""
    return cares_for(user, resident)


def can_print_blank(user):
    """Everybody who cares for residents; an empty sheet tells nothing of anyone."""
    return any(job.department_id or job.is_manager for job in user.employments_in_force)


def can_reply(user, agreement):
    """A relative with whom the resident shares the agreement; not at work, not oneself."""
    return bool(getattr(user, "relative", None)) and (
        type(agreement).objects.shared_with(user).filter(pk=agreement.pk).exists()
    )


def can_say_too_much(user, agreement):
    """A relative who has something to do in it, as long as it is not done."""
    return (
        agreement.is_current
        and agreement.done_on is None
        and can_reply(user, agreement)
        and agreement.is_task_of(user.relative)
    )


# People


def can_see_relatives(user, resident):
    """All of a resident's relatives: those at work with the resident, nobody else."""
    return cares_for(user, resident)


def can_add_relative(user, resident):
    return manages(user, resident)


def can_change_relative(user, relative):
    """Managers of a resident to whom the relative is somebody."""
    return any(
        manages(user, relation.resident)
        for relation in relative.relations.standing().select_related(
            "resident__department"
        )
    )


def can_erase_relative(user, relative):
    """Whoever runs the home answers for what it keeps and what it forgets."""
    return user.runs(relative.home)


# Inviting somebody is vouching for who they are.
can_invite = can_change_relative


def can_help_with_log_in(user, relative):
    """Where the log-in is the relative's alone: at work it is the centre manager's."""
    return (
        relative.user is not None
        and not relative.user.employments.exists()
        and can_invite(user, relative)
    )


def can_end_relation(user, relation):
    """A stop is quick: whoever cares for the resident; what rests on law, a manager."""
    if relation.rests_on_law:
        return manages(user, relation.resident)
    return cares_for(user, relation.resident)


def can_record_representation(user, resident):
    """What the law opens is weighed by a manager, who has seen the document."""
    return manages(user, resident)


# Contacts


def can_log_contacts(user):
    """Cares for somebody: only they have the residents' log."""
    return any_job(user) is not None


def can_follow_up(user, contact):
    """Everybody who cares for the resident: a promise to a relative is the team's."""
    return user.works_in(contact.resident.department)


def can_correct_contact(user, contact):
    """Whoever wrote it, for nobody else heard what was said; or the manager.

    The manager, because a log is also put right when its author has left. A colleague
    who heard something else writes an entry of their own.
    """
    department = contact.resident.department
    return user.manages(department) or (
        user.works_in(department) and user.pk in contact.author_ids
    )
