"""Mutants of the second wall, which only PostgreSQL has."""

FILE = "portal/walls.py"

WALLS = [
    (
        "wall: any department",
        FILE,
        "AND cared_for.department_id = ANY ((SELECT portal_reader_departments())::bigint[])",
        "",
    ),
    (
        "wall: any reader's departments",
        FILE,
        "WHERE mine.user_id = portal_reader() AND",
        "WHERE",
    ),
    (
        "wall: any reader's topics",
        FILE,
        "opened WHERE opened.user_id = portal_reader();",
        "opened;",
    ),
    (
        "wall: since is forgotten",
        FILE,
        "opened WHERE opened.since IS NULL)",
        "opened)",
    ),
    (
        "wall: since an instant late",
        FILE,
        "opened.since <= recorded_at",
        "opened.since < recorded_at",
    ),
    ("wall: what is not shareable", FILE, "OR ({only}) AND (", "OR ("),
    (
        "wall: another relative's words",
        FILE,
        "FROM relatives_relative own WHERE own.user_id = portal_reader())",
        "FROM relatives_relative own)",
    ),
    (
        "wall: it is not raised",
        "portal/middleware.py",
        "walls.raise_for(connection, request.user.pk if known else None)",
        "pass",
    ),
    ("wall: it is not lowered", FILE, '_set(connection, "none", "")', "pass"),
    (
        "wall: a lost connection",
        FILE,
        "        _set(connection, ROLE, reader)",
        "        pass",
    ),
    (
        "wall: a failed transaction",
        FILE,
        "            connection.close()",
        "            pass",
    ),
]
