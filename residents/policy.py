"""Who may do what to a resident. What a person may *see* is visible_to()."""


def cares_for(user, resident):
    """Works with the resident today: may write about them."""
    return user.works_in(resident.department)


def manages(user, resident):
    """Manages the resident's department or its home."""
    return user.manages(resident.department)


def job_with(user, resident):
    """The employment by which the user cares for the resident today, or None.

    Where there are two, the one with more to answer for.
    """
    jobs = [
        job
        for job in user.employments_in_force
        # As job.covers(resident.department), without reading the department.
        if (job.role in job.AT_A_DEPARTMENT)
        and job.department_id == resident.department_id
        or (job.role == job.Role.CENTRE_MANAGER and job.home_id == resident.home_id)
    ]
    return max(jobs, key=lambda job: job.is_manager, default=None)


def any_job(user):
    """An employment by which the user cares for residents at all, or None.

    Advisers and system administrators have none.
    """
    return next(
        (
            job
            for job in user.employments_in_force
            if job.department_id or job.is_manager
        ),
        None,
    )


def can_read_access_log(user):
    """Managers, each of their own departments: who looked is personal data too."""
    return any(job.is_manager for job in user.employments_in_force)
