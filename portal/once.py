"""What several parts of one page ask of the database, read once for all of them.

A request remembers nothing of another, and whatever it writes empties its memory: who says
stop on a page is obeyed on that page. Inside a transaction of the request's own nothing is
remembered either, for what is read there may yet be undone. Outside a request (a command,
a task, a test) everything is read each time.
"""

from contextvars import ContextVar

from django.db import connection


class _Memory(dict):
    def __init__(self):
        self.depth = _transactions_open()

    @property
    def is_open(self):
        return self.depth == _transactions_open()

    def forget_on_write(self, execute, sql, params, many, context):
        if not sql.startswith(("SELECT ", "(SELECT ")):
            self.clear()
        return execute(sql, params, many, context)


_of_this_request: ContextVar[_Memory | None] = ContextVar("memory", default=None)


def _transactions_open():
    """One inside the other: how many."""
    return connection.in_atomic_block + len(connection.savepoint_ids)


def remembering(get_response):
    """Middleware: a memory for each request."""

    def middleware(request):
        memory = _Memory()
        token = _of_this_request.set(memory)
        try:
            with connection.execute_wrapper(memory.forget_on_write):
                return get_response(request)
        finally:
            _of_this_request.reset(token)

    return middleware


def once(what, read):
    """The answer of `read()`, read for the first who asks. `what` names it, and for whom."""
    memory = _of_this_request.get()
    if memory is None or not memory.is_open:
        return read()
    if what not in memory:
        memory[what] = read()
    return memory[what]
