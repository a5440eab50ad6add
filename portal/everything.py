"""Everything that is held about one person, as they may have it (GDPR article 15).

Whose rows they are stands in portal.personal; whether they may be read, in each table's
visible_to(): of a resident one relative gets what is shared with them now, and not more.
Who else is named in it is masked. What staff noted for themselves about somebody is asked
for in writing, for a person must judge what of it is another's.
"""

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal import export_words, personal, pictures
from portal import selves as own
from portal.models import Picture
from portal.uses import Category


@dataclass
class Whole:
    """What is handed over: sections of rows, and the files they name."""

    # Whether the person reads it, and not a manager who hands it over.
    is_own: bool = True
    sections: list = field(default_factory=list)
    files: dict = field(default_factory=dict)
    rows: list = field(default_factory=list)


@dataclass
class Section:
    title: str
    # Each row is a list of (name of the field, label, value for people, plain value).
    rows: list
    table: str = ""


def about(selves, *, reader):
    """A Whole about the person, who is one or several of {"user": …, "resident": …, …}.

    Holds what `reader` may see: the person, or a manager of the department.
    """
    whole = Whole(is_own=reader in selves.values() or _is(reader, selves))
    mask = Mask(selves)
    for model, data in personal.all_classes().items():
        rows = rows_of(model, data, selves, reader, is_own=whole.is_own)
        if rows:
            whole.rows += rows
            said = [_said(row, data, mask, whole) for row in rows]
            whole.sections.append(
                Section(export_words.title(model), said, model._meta.label_lower)
            )
    for title, lines in own.looked_up(selves):
        whole.sections.append(Section(title, lines, "log"))
    return whole


def _is(reader, selves):
    return any(getattr(row, "user_id", None) == reader.pk for row in selves.values())


def rows_of(model, data, selves, reader, *, is_own=True):
    """The rows of a table that are the person's and that the reader may see."""
    ways = [
        Q(**{path: row.pk})
        for kind, row in selves.items()
        if (path := getattr(data, kind))
    ]
    if not ways:
        return []
    rows = model._default_manager.filter(reduce(or_, ways))
    if data.behind:
        gate = model._meta.get_field(data.behind).related_model._default_manager
        rows = rows.filter(**{f"{data.behind}__in": gate.all().visible_to(reader)})
    elif hasattr(rows, "visible_to"):
        rows = rows.visible_to(reader)
    if not is_own:
        rows = rows.exclude(**data.in_confidence) if data.in_confidence else rows
    links = [
        f"{one.name}__relative"
        if one.related_model is not None
        and one.related_model._meta.model_name == "relation"
        else one.name
        for one in _links(model, data)
    ]
    return list(rows.select_related(*links).order_by("pk").distinct())


def _links(model, data):
    """Links that tell something: to others than those who did it at work."""
    people = ("relative", "relation", "resident")
    return [
        one
        for one in model._meta.local_fields
        if one.is_relation
        and one.related_model._meta.model_name in people
        and one.name not in data.by.split()
    ]


def _said(row, data, mask, whole):
    """What the row tells, field by field, without what is empty."""
    told = []
    links = _links(type(row), data)
    shown = {name for one in Category for name in data.fields(one)} - set(
        data.proof.split()
    )
    for one in row._meta.local_fields:
        if isinstance(one, models.DateTimeField) or one.name in shown or one in links:
            value = getattr(row, one.name)
        else:
            continue
        if value in (None, "", [], {}):
            continue
        text, plain = _value(row, one, value, mask, whole)
        told.append((one.name, export_words.label(one), text, plain))
    return told


def _value(row, one, value, mask, whole):
    """(for people, for machines)."""
    if one.is_relation:
        name = mask.link(value)
        return name, name
    if isinstance(one, models.BinaryField):
        return _file(whole, row, one, bytes(value), "pdf")
    if isinstance(row, Picture) and one.name == "file":
        return _photograph(whole, row, one)
    if one.choices:
        word = str(getattr(row, f"get_{one.name}_display")())
        return word, word
    if isinstance(value, bool):
        return (_("yes") if value else _("no")), value
    if isinstance(value, dt.datetime):
        return date_format(localtime(value), "DATETIME_FORMAT"), value.isoformat()
    if isinstance(value, dt.date):
        return date_format(value), value.isoformat()
    plain = mask.words(value)
    return _read_out(plain), plain


def _read_out(value):
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_read_out(one)}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(_read_out(one) for one in value)
    return str(value)


def _file(whole, row, one, content, ending):
    name = f"files/{row._meta.model_name}-{row.pk}-{one.name}.{ending}"
    whole.files[name] = content
    return name, name


def _photograph(whole, row, one):
    """The file; not of others who are in it too, who may not have shared it."""
    if getattr(row, "others", 0) and not whole.is_own:
        return _("Others are in the picture too. Look at it in the portal."), None
    content = pictures.content(row.file)
    if not content:
        return _("The file is not there."), None
    return _file(whole, row, one, content, "jpg")


class Mask:
    """Who else is named is not part of what is handed over."""

    def __init__(self, selves):
        self.selves = selves
        self.word = _("[another person]")
        one_s_own = {str(row) for row in selves.values()} | {
            getattr(row, name, "") or ""
            for row in selves.values()
            for name in ("name", "given_name", "called", "email", "phone")
        }
        others = {one.strip() for one in own.named(selves)} - one_s_own - {""}
        longest_first = sorted(others, key=len, reverse=True)
        self.pattern = re.compile(
            r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)"
            if longest_first
            else r"(?!)"
        )

    def words(self, value):
        if isinstance(value, str):
            return self.pattern.sub(self.word, value)
        if isinstance(value, dict):
            return {key: self.words(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.words(one) for one in value]
        return value

    def link(self, row):
        """The name of one's own people; nobody else's."""
        return str(row) if own.knows(self.selves, row) else self.word
