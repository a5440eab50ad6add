"""What stands in the portal's own log: what happened and where, and nothing about anybody.

A line is one JSON object, in UTC. It holds numbers, names of our own code and addresses as
patterns; never what somebody wrote, searched for or is called, and no address that opens
something to whoever has it. An exception is its kind and the places in the code: its words
may be anybody's ("Key (email)=(…) already exists").
"""

import datetime as dt
import json
import logging
import re
import traceback
from contextvars import ContextVar
from pathlib import Path
from uuid import uuid4

from django.conf import settings

# A calendar, a mail's stop link, an invitation, a new password; each ends in its secret.
SECRET = re.compile(
    r"(/(?:calendar|mail/stop|invitation|account/password/reset/key)/)[^\s/]+"
)

_request: ContextVar = ContextVar("request", default=None)


def numbered(get_response):
    """Each request has a number, by which its lines are found: also on the page of a fault."""

    def middleware(request):
        request.number = uuid4().hex
        token = _request.set(request)
        try:
            response = get_response(request)
        finally:
            _request.reset(token)
        response.headers["X-Request-ID"] = request.number
        return response

    return middleware


def number():
    """That of the request that is being answered, or nothing."""
    return getattr(_request.get(), "number", "")


class WithoutSecrets(logging.Filter):
    """Django writes the address of each request that went wrong, also while it opens."""

    def filter(self, record):
        if record.args and isinstance(record.args, tuple):
            record.args = tuple(
                SECRET.sub(r"\1…", one) if isinstance(one, str) else one
                for one in record.args
            )
        return True


class Lines(logging.Formatter):
    """One line a record, for a machine to read. Safe to hand to whoever runs the machine."""

    def format(self, record):
        line = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "said": _said(record),
            **_asked(getattr(record, "request", None) or _request.get()),
        }
        if status := getattr(record, "status_code", None):
            line["status"] = status
        if record.exc_info and record.exc_info[1]:
            line["error"] = [_fault(one) for one in _chain(record.exc_info[1])]
        return json.dumps(line, ensure_ascii=False)


def _said(record):
    args = record.args
    if isinstance(args, dict):
        safe = {name: _safe(one) for name, one in args.items()}
    else:
        safe = tuple(_safe(one) for one in args or ())
    try:
        return str(record.msg) % safe if safe else str(record.msg)
    except (TypeError, ValueError):
        return str(record.msg)


def _safe(one):
    """An argument as it may be written: an exception by its kind, an address not at all."""
    if isinstance(one, BaseException):
        return " from ".join(type(each).__name__ for each in _chain(one))
    # Celery hands over an exception's words, and all that led to it, as text.
    if isinstance(one, str) and (one.startswith("/") or "\n" in one or "(" in one):
        return "…"
    return one


def _asked(request):
    """Who asked for what, as numbers and patterns."""
    if request is None:
        return {}
    match = getattr(request, "resolver_match", None)
    # Only where it has been looked up: a line of the log asks no database.
    user = request.__dict__.get("_cached_user")
    return {
        "request": getattr(request, "number", ""),
        "user": getattr(user, "pk", None),
        "method": request.method,
        "route": match.route if match else None,
    }


def _chain(error):
    """The error, and those that led to it; each once."""
    seen = []
    while error is not None and error not in seen:
        seen.append(error)
        error = error.__cause__ or error.__context__
    return seen


def _fault(error):
    """Its kind and where it went through our code; of a database's, what it refused."""
    fault = {
        "type": f"{type(error).__module__}.{type(error).__qualname__}",
        "through": [
            f"{_place(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)[-12:]
        ],
    }
    if told := getattr(error, "diag", None):
        fault |= {"code": told.sqlstate, "refused": told.constraint_name}
    return fault


def _place(name):
    """Within the project, or the last folders of a library's file."""
    path = Path(name)
    if path.is_relative_to(settings.BASE_DIR):
        path = path.relative_to(settings.BASE_DIR)
    return "/".join(path.parts[-4:])
