"""Mutants of the second wall, which only PostgreSQL has."""

FILE, READER = "portal/walls.py", "portal/web_role.py"

WALLS = [
    (
        "wall: any department",
        FILE,
        "AND cared_for.department_id = ANY ((SELECT portal_reader_departments())::bigint[])",
        "",
    ),
    (
        "wall: any reader's departments",
        READER,
        "WHERE mine.user_id = portal_reader() AND",
        "WHERE",
    ),
    (
        "wall: any reader's topics",
        READER,
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
    (
        "wall: an answer about any relative",
        "relatives/walls.py",
        'of_relative("whole.relative_id")',
        '"true"',
    ),
    (
        "wall: papers for relatives too",
        "relatives/walls.py",
        "if not by_staff_alone:",
        "if True:",
    ),
    (
        "wall: a disclosure before the resident was told",
        "consent/models/disclosures.py",
        " AND portal_was_told(id))",
        ")",
    ),
    (
        "wall: a disclosure of which the resident is not told",
        "consent/models/disclosures.py",
        " AND met.kind = 'told'",
        "",
    ),
    (
        "wall: how anybody was told",
        "consent/models/disclosures.py",
        'walls.behind("consent_unconsenteddisclosure", "disclosure_id")',
        '"true"',
    ),
    (
        "wall: any scanned paper",
        "consent/models/papers.py",
        'walls.of_staff("whole.resident_id")',
        '"true"',
    ),
    (
        "wall: anybody's wish to talk",
        "consent/models/wishes.py",
        "{walls.of_staff()} OR",
        "true OR",
    ),
    (
        "wall: who has looked at anybody",
        "residents/models/log.py",
        '"user_id = portal_reader() OR department_id',
        '"true OR department_id',
    ),
    (
        "wall: anybody's draft",
        "portal/models/messages.py",
        '"user_id = portal_reader()"',
        '"true"',
    ),
    (
        "wall: anybody's register",
        "relatives/models/register.py",
        '"by_id = portal_reader()"',
        '"true"',
    ),
    (
        "wall: lowered within a page",
        FILE,
        "        if before is None:\n",
        "        if True:\n",
    ),
]
