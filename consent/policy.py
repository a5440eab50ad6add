"""Who may record what a resident answers. What one may see is visible_to()."""

from residents import policy as residents
from residents.topics import Topic


def can_record_answers(user, resident):
    """Whoever cares for the resident: asking must never wait for a manager."""
    return residents.cares_for(user, resident)


def can_hand_out_the_extract(user, resident):
    """Who answers when a resident asks who has read about them (GDPR art. 15)."""
    return residents.manages(user, resident)


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


def can_answer_about(user, relation):
    """The resident, on a page of their own; or an employee who sits beside them."""
    return relation.resident.user_id == user.pk or can_ask_about(user, relation)


def answers_alone(resident, topic, representations):
    """Whether the resident's own yes is enough, on a page without anybody to explain.

    Below 15 those with custody say yes (sundhedsloven § 17). Where a guardianship or a
    power in force covers the topic it takes a talk first, for somebody has found that
    the resident may need help with it; of the economy there is no yes without a
    co-guardian (værgemålsloven §§ 5-7). A no and a stop are always one's own.
    """
    return resident.age >= 15 and not any(
        answers_too(one, topic) for one in representations
    )


def answers_too(representation, topic):
    """Whether whoever represents an adult has a say in a yes about the topic."""
    kind = representation.Kind
    if representation.kind in (kind.INCAPACITATED, kind.JOINT):
        return topic == Topic.ECONOMY
    if representation.kind in (kind.PERSONAL, kind.FUTURE_POWER):
        return topic in representation.topics
    return False


def can_withdraw(user, consent):
    """Saying stop is as easy as saying yes (GDPR art. 7(3)): to anybody who cares for
    the resident, and by the resident alone."""
    resident = consent.relation.resident
    return residents.cares_for(user, resident) or resident.user_id == user.pk


def can_mark_in_error(user, consent):
    """Whoever recorded it, or a manager: it takes back what a resident is said to have
    answered."""
    resident = consent.relation.resident
    return residents.manages(user, resident) or (
        residents.cares_for(user, resident) and consent.talk.recorded_by_id == user.pk
    )


def can_see_changes(user, relation):
    """What an answer about one relative would change: as can_see_readers()."""
    return can_see_readers(user, relation.resident)


def can_record_disclosure(user, resident):
    """Whoever cares for the resident writes down what was told without consent."""
    return residents.cares_for(user, resident)


def can_exempt_from_telling(user, resident):
    """That the resident is not told is for a manager to decide (§ 43, stk. 4)."""
    return residents.manages(user, resident)
