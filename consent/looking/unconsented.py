"""What was told without consent, as lines of the ledger beside those that rest on a yes.

Not in the access log: a line there could be read before the resident has been told of it
(sundhedsloven § 43, stk. 4), and could not be put right.
"""

from django.utils.timezone import localtime

from consent.looking import months
from consent.models import UnconsentedDisclosure
from residents import ledger


def in_month(user, resident, month):
    """To those who care for the resident: each as it reads now."""
    return _read(user, resident, month, UnconsentedDisclosure.objects.current())


def told_in_month(user, resident, month):
    """As the resident was told it, and nothing before that.

    Of two versions the one that they know of is theirs.
    """
    known = UnconsentedDisclosure.objects.known_to_the_resident()
    return _read(user, resident, month, known)


def _read(user, resident, month, disclosures):
    found = list(
        disclosures.visible_to(user)
        .filter(resident=resident, happened_at__range=months.instants(month))
        .select_related("relation__relative", "told")
        .order_by("-happened_at", "-pk")
    )
    for one in found:
        one.resident = resident
    ledger.read(user, found)
    return found


def day_of(disclosure):
    return localtime(disclosure.happened_at).date()


def by_day(days, disclosures, line):
    """`days`, each with its lines, and the disclosures among them: the latest day first."""
    merged = {day: list(lines) for day, lines in days}
    for one in disclosures:
        merged.setdefault(day_of(one), []).insert(0, line(one))
    return sorted(merged.items(), reverse=True)
