"""To be forgotten (GDPR article 17): what of a person leaves the portal, and what cannot.

What belongs to the person alone goes. What is part of a resident's record must be kept
(article 17(3)(b); the duty to take notes and to keep files), and keeps everything but who
the person was. The ledger remembers, without naming anybody, that they are erased: when
an old backup is restored they are erased again.
"""

import json
import os
import re
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils.crypto import salted_hmac

from portal import clock, permits, personal
from portal.models import Employment, User
from portal.uses import Periods

# What goes with the log-in: it is of use to nobody else.
PASSING = (
    Periods.TIES,
    Periods.MAIL,
    Periods.DRAFT,
    Periods.SESSION,
    Periods.INVITATION,
    Periods.MARK,
)


def goes_with(user):
    """The tables whose rows go with the log-in, those that hang on others first."""
    return [
        (model, data.user)
        for model, data in reversed(personal.all_classes().items())
        if data.user
        and data.kept in PASSING
        and model not in (User, Employment)
        and not data.resident
    ]


def close(user, *, name):
    """The log-in opens nothing any more and is nobody's. Its number stays in the logs."""
    for model, path in goes_with(user):
        model._base_manager.filter(**{path: user}).delete()
    user.name, user.email = name, f"{user.uuid}@erased.invalid"
    user.is_active = False
    user.last_login = user.previous_login = None
    user.set_unusable_password()
    user.save()


def take_out(needles, word, *, residents, relative, called=""):
    """Put the word where the person is named: in all that was written about the residents.

    `called` is a name that others may have too: it is looked for only in rows that are
    the person's own. Nothing else in any row changes.
    """
    for model, data in personal.all_classes().items():
        columns = personal.words_of(model)
        if columns and model._meta.label not in IDENTITIES:
            rows = model._base_manager.all()
            scope = _scope(data, residents, relative)
            _replace(rows.filter(scope), columns, needles, word)
            if called and data.relative:
                mine = rows.filter(**{data.relative: relative})
                _replace(mine, columns, [called], word)


# Who somebody is stands in these; another of the same name keeps it.
IDENTITIES = {"residents.Resident", "relatives.Relative", "portal.Employment"}


def _scope(data, residents, relative):
    """Rows about these residents, the relative's own, and those that are of nobody."""
    ways = [
        Q(**{f"{data.resident}__in": residents}) if data.resident else None,
        Q(**{data.relative: relative}) if data.relative else None,
    ]
    return reduce(or_, filter(None, ways), Q(pk__in=[])) if any(ways) else Q()


def _replace(rows, columns, needles, word):
    pattern = re.compile(
        r"(?<!\w)(?:" + "|".join(map(re.escape, needles)) + r")(?!\w)", re.IGNORECASE
    )
    spellings = {*needles, *(json.dumps(one)[1:-1] for one in needles)}
    texts = {f"as_text_{one}": Cast(one, models.TextField()) for one in columns}
    found = reduce(
        or_, (Q(**{f"{name}__icontains": one}) for name in texts for one in spellings)
    )
    fields = [one for one in rows.model._meta.local_fields if one.column in columns]
    for row in list(rows.annotate(**texts).filter(found).order_by()):
        changed = {}
        for one in fields:
            before = getattr(row, one.attname)
            after = _without(before, pattern, word, one.max_length)
            if after != before:
                changed[one.attname] = after
        if changed:
            with permits.permitted(permits.ERASE, rows.model):
                models.QuerySet(rows.model).filter(pk=row.pk).update(**changed)


def _without(value, pattern, word, most=None):
    if isinstance(value, str):
        return pattern.sub(word, value)[:most]
    if isinstance(value, dict):
        return {
            pattern.sub(word, key): _without(one, pattern, word)
            for key, one in value.items()
        }
    if isinstance(value, list):
        return [_without(one, pattern, word) for one in value]
    return value


# The ledger


def _ledger():
    return settings.DATA_DIR / "erased.jsonl"


def _digest(row):
    said = f"{row._meta.label_lower}:{row.uuid}"
    return salted_hmac("portal.erasing", said, algorithm="sha256").hexdigest()


def enter(row):
    """Note that the person is erased, outside the database. Raises OSError."""
    line = json.dumps({"at": clock.now().isoformat(), "digest": _digest(row)})
    path = _ledger()
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a", opener=_private) as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())


def _private(path, flags):
    return os.open(path, flags, 0o640)


def entered(rows):
    """Those of the rows that the ledger says are erased."""
    try:
        lines = _ledger().read_text().splitlines()
    except FileNotFoundError:
        return []
    known = {json.loads(line)["digest"] for line in lines if line.strip()}
    return [row for row in rows if _digest(row) in known]
