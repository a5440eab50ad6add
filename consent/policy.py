"""Who may record what a resident answers. What one may see is visible_to()."""

from residents import policy as residents


def can_record_answers(user, resident):
    """Whoever cares for the resident: asking must never wait for a manager."""
    return residents.cares_for(user, resident)


def can_ask_about(user, relation):
    """Nobody records what the resident answers about themselves: a colleague does."""
    return (
        can_record_answers(user, relation.resident)
        and relation.relative.user_id != user.pk
    )


def can_see_readers(user, resident):
    """Who sees what of the resident, by name: never one relative of another."""
    return residents.cares_for(user, resident) or (
        resident.user_id == user.pk and user.sight is None
    )


def can_withdraw(user, consent):
    """Saying stop is as easy as saying yes (GDPR art. 7(3)): to anybody who cares for
    the resident, and by the resident alone."""
    resident = consent.relation.resident
    return residents.cares_for(user, resident) or resident.user_id == user.pk


def can_see_changes(user, relation):
    """What an answer about one relative would change: as can_see_readers()."""
    return can_see_readers(user, relation.resident)


def can_record_disclosure(user, resident):
    """Whoever cares for the resident writes down what was told without consent."""
    return residents.cares_for(user, resident)


def can_exempt_from_telling(user, resident):
    """That the resident is not told is for a manager to decide (§ 43, stk. 4)."""
    return residents.manages(user, resident)
