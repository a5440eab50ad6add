"""Conditions for the walls (portal.walls) of meetings, in SQL."""

from portal.walls import of_staff

# Asked for by the tables' owner: whom a meeting has invited stands behind its wall.
ASKED_TO = """
CREATE OR REPLACE FUNCTION meetings_reader_is_asked_to() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$ BEGIN
  RETURN ARRAY(
    SELECT invited.meeting_id FROM meetings_participant invited
      JOIN relatives_relation tie ON tie.id = invited.relation_id
      JOIN relatives_relative own ON own.id = tie.relative_id
     WHERE own.user_id = portal_reader() AND tie.ended_at IS NULL
       AND invited.meeting_id IS NOT NULL
    UNION
    SELECT held.id FROM meetings_meeting held
      JOIN residents_resident there ON there.home_id = held.home_id
       AND (held.department_id IS NULL OR held.department_id = there.department_id)
     WHERE held.resident_id IS NULL
       AND (there.user_id = portal_reader() OR EXISTS (
         SELECT 1 FROM relatives_relation tie
           JOIN relatives_relative own ON own.id = tie.relative_id
          WHERE tie.resident_id = there.id AND own.user_id = portal_reader()
            AND tie.ended_at IS NULL)));
END $$;
"""


def of_work(meeting="meetings_meeting"):
    """Of a meeting about a resident whoever cares for them, of another who works there."""
    return f"""({of_staff(f"{meeting}.resident_id")}
    OR {meeting}.resident_id IS NULL AND EXISTS (
      SELECT 1 FROM portal_department there
       WHERE there.id = ANY ((SELECT portal_reader_departments())::bigint[])
         AND there.home_id = {meeting}.home_id
         AND ({meeting}.department_id IS NULL OR there.id = {meeting}.department_id)))"""
