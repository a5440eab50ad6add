"""The role of PostgreSQL's that pages are made as, and what the walls ask about the reader."""

from django.core.management.base import CommandError
from django.db import DatabaseError, transaction

ROLE = "samspil_web"
NO_ROLE = f"""The database has no role {ROLE}, and may not make one. As its administrator, run once:
  CREATE ROLE {ROLE} NOLOGIN;
  GRANT {ROLE} TO "{{login}}";
Then migrate again."""


# Functions, for a plan of what they ask is made once a connection; in the conditions it
# would be made anew for every statement, which takes longer than the statement.
READER = """
CREATE OR REPLACE FUNCTION portal_reader() RETURNS bigint LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('samspil.reader', true), '')::bigint $$;

CREATE OR REPLACE FUNCTION portal_reader_departments() RETURNS bigint[]
LANGUAGE plpgsql STABLE AS $$ BEGIN
  RETURN ARRAY(
    SELECT mine.content_object_id FROM portal_department_grant mine
      JOIN auth_permission work ON work.id = mine.permission_id
     WHERE mine.user_id = portal_reader() AND work.codename = 'work_in_department');
END $$;

CREATE OR REPLACE FUNCTION portal_reader_protects() RETURNS bigint[]
LANGUAGE plpgsql STABLE AS $$ BEGIN
  RETURN ARRAY(
    SELECT job.home_id FROM portal_employment job
      JOIN portal_user person ON person.id = job.user_id
     WHERE job.user_id = portal_reader() AND person.is_active
       AND job.role = 'protection' AND job.starts_on <= portal_today()
       AND (job.ends_on IS NULL OR job.ends_on >= portal_today()));
END $$;

CREATE OR REPLACE FUNCTION portal_reader_topics()
RETURNS TABLE (resident bigint, of_topic text, since timestamptz)
LANGUAGE plpgsql STABLE ROWS 20 AS $$ BEGIN
  RETURN QUERY SELECT opened.content_object_id, opened.topic::text, opened.since
                 FROM residents_grant opened WHERE opened.user_id = portal_reader();
END $$;
"""


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
