"""The role of PostgreSQL's that pages are made as: it sees what the walls let through."""

from django.core.management.base import CommandError
from django.db import DatabaseError, transaction

ROLE = "samspil_web"
NO_ROLE = f"""The database has no role {ROLE}, and may not make one. As its administrator, run once:
  CREATE ROLE {ROLE} NOLOGIN;
  GRANT {ROLE} TO "{{login}}";
Then migrate again."""


def make_role(connection):
    """Once a server. Several databases of one server may be made at the same time."""
    for _try in range(5):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s), current_user",
                [ROLE],
            )
            exists, login = cursor.fetchone()
            if exists:
                cursor.execute("SELECT pg_has_role(%s, 'MEMBER')", [ROLE])
                if cursor.fetchone()[0]:
                    return
        try:
            with transaction.atomic(connection.alias), connection.cursor() as cursor:
                if not exists:
                    cursor.execute(f"CREATE ROLE {ROLE} NOLOGIN")
                cursor.execute(f'GRANT {ROLE} TO "{login}"')
        except DatabaseError as error:
            refused = error
    raise CommandError(NO_ROLE.format(login=login)) from refused
