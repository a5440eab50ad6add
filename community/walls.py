"""Conditions for the walls (portal.walls) of enquiries and ideas, in SQL."""

from portal import walls
from relatives.walls import about_one

# Asked for by the tables' owner: who takes part stands behind walls of its own.
MINE = """
CREATE OR REPLACE FUNCTION community_reader_enquiries() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$ BEGIN
  RETURN ARRAY(
    SELECT sent.id FROM community_enquiry sent
      JOIN relatives_relation tie ON tie.id = sent.relation_id
      JOIN relatives_relative own ON own.id = tie.relative_id
     WHERE own.user_id = portal_reader()
    UNION
    SELECT sent.id FROM community_enquiry sent
      JOIN residents_resident own ON own.id = sent.resident_id
     WHERE own.user_id = portal_reader() AND sent.relation_id IS NULL
    UNION
    SELECT part.enquiry_id FROM community_participant part
      JOIN relatives_relation tie ON tie.id = part.relation_id
      JOIN relatives_relative own ON own.id = tie.relative_id
     WHERE own.user_id = portal_reader() AND tie.ended_at IS NULL
       AND part.left_at IS NULL);
END $$;
"""
OF_MINE = "ANY ((SELECT community_reader_enquiries())::bigint[])"

OF_THE_SENDER = about_one(
    "relatives_relation", "relation_id", walls.of_relative("whole.relative_id")
)
ENQUIRY = (
    f"{walls.of_staff()} OR resident_knows AND {walls.of_resident()}"
    # Said once more, for a row that is being written is not in the function's sight.
    f" OR {OF_THE_SENDER} OR id = {OF_MINE} AND ({walls.shared()})"
)
# What staff note among themselves.
OF_STAFF = walls.behind(
    "community_enquiry", "enquiry_id", walls.of_staff("whole.resident_id")
)
# The sender's own steps are written by the sender.
EVENT = f"by_id = portal_reader() OR {OF_STAFF}"
MESSAGE = (
    f"({walls.shared()}) AND ({walls.of_staff()} OR enquiry_id = {OF_MINE})"
    f" OR topic = '' AND NOT is_question AND enquiry_id = {OF_MINE}"
    f" OR {walls.of_resident()} AND (topic <> '' AND NOT is_question OR"
    " (SELECT NOT whole.between_us FROM community_enquiry whole"
    "   WHERE whole.id = enquiry_id))"
    f" OR {OF_THE_SENDER}"
)
PARTICIPANT = f"enquiry_id = {OF_MINE} OR " + about_one(
    "relatives_relation", "relation_id", walls.of_staff("whole.resident_id")
)
