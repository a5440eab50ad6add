"""What one person is here, and who else is known: each app answers, as in portal.rooms."""

from portal.rooms import _asked


def selves(user):
    """Everything that the user is here: {"user": …, "resident": …, "relative": …}."""
    return {"user": user} | dict(
        pair for answer in _asked("selves", user) for pair in answer
    )


def named(selves):
    """The names, addresses and telephone numbers of everybody here."""
    return {word for answer in _asked("named", selves) for word in answer}


def knows(selves, row):
    """Whether the row is one of the person's own people, whom they may hear named."""
    return any(_asked("knows", selves, row))


def looked_up(selves):
    """What the access log holds about the person: (title, lines)."""
    return [one for answer in _asked("looked_up", selves) for one in answer]


def handed_over(user, rows):
    """These rows leave the portal with the user: whoever keeps a log writes it down."""
    for _answer in _asked("handed_over", user, rows):
        pass
