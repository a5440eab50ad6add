"""How a portal of a size is made up, and who in it is measured."""

from residents.topics import Topic

A_RESIDENT, A_DEPARTMENT, A_HOME = 100, 10, 5
# The items of the department that is the same at every size.
KNOWN = A_RESIDENT * A_DEPARTMENT
HIDDEN = 50_000
CARERS, TOPICS, OPENED = 3, len(Topic), 4


def spread(size):
    """How many residents and departments."""
    residents = max(A_DEPARTMENT, size // A_RESIDENT)
    return residents, -(-residents // A_DEPARTMENT)


def shared_with(relation):
    """Whether topic t is shared with the relation: four, not the same for all."""
    return f"(t.k + {relation}) % {TOPICS} < {OPENED}"


def people(size):
    """The e-mail addresses of those whose pages are measured."""
    residents, departments = spread(size)
    staff = 2 * residents
    numbers = {
        "relative": 1,
        "skewed": 3,
        "carer": staff + 1,
        "manager": staff + departments * CARERS + 1,
    }
    return {who: f"person{number}@example.dk" for who, number in numbers.items()}
