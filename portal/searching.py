"""The search field above a list of people."""

from functools import reduce
from operator import or_

from django.db.models import Q


def asked(request):
    """What was typed in the field. PostgreSQL does not know the character NUL."""
    return request.GET.get("q", "").replace("\x00", "").strip()[:100]


def with_words(rows, typed, *fields):
    """The rows in which each word that was typed stands in one of the fields."""
    for word in typed.split():
        rows = rows.filter(
            reduce(or_, (Q((f"{field}__icontains", word)) for field in fields))
        )
    return rows
