"""Who may do what with enquiries. What a person may *see* is visible_to()."""

from residents import policy as residents


def can_list(user):
    """Whoever cares for residents answers for a department."""
    return residents.any_job(user) is not None


def can_handle(user, enquiry):
    """Take it, answer it, make something of it: whoever cares for the resident."""
    return residents.cares_for(user, enquiry.resident)


def can_record(user, resident):
    """Write down what came by telephone or on paper."""
    return residents.cares_for(user, resident)


def can_manage(user, enquiry):
    """Give it to somebody, and decide."""
    return residents.manages(user, enquiry.resident)


def can_manage_desk(user, department):
    return user.manages(department)


def is_sender(user, enquiry):
    """Whose words they are."""
    sender = enquiry.sender_user
    return sender is not None and sender.pk == user.pk


def can_write_more(user, enquiry):
    """Its sender, as long as they are somebody to a resident who lives here."""
    return is_sender(user, enquiry) and enquiry.can_be_gone_on_with


def can_answer_idea(user, idea):
    """The managers of the department, or of the home."""
    if idea.department_id and user.manages(idea.department):
        return True
    return user.runs(idea.home)
