"""What is held about residents, and about who has looked."""

from portal.personal import Data
from portal.uses import Periods, Uses

DATA_CLASSES = {
    "residents.Resident": Data(
        Uses.PEOPLE,
        Periods.RECORD,
        "resident",
        who="given_name family_name called born_on register_id",
        reach="room protected_address",
        facts="moved_in_on moved_out_on",
        proof="cpr_digest",
        resident="pk",
        by="user contact_person",
    ),
    "residents.AccessEvent": Data(
        Uses.LOG,
        Periods.LOG,
        "resident relative employee",
        words="searched",
        topic="topic",
        facts="capacity way purpose ground",
        plain="items among ground_id relation_id",
        # What others looked at is told by portal.exporting in its own words: by role.
        by="user resident",
    ),
    "residents.Lookup": Data(
        Uses.LOG,
        Periods.LOG,
        "resident employee relative",
        words="why",
        topic="topic",
        facts="kind way",
        by="by resident person",
    ),
    "residents.Incident": Data(
        Uses.LOG,
        Periods.LOG,
        "resident relative employee",
        words="what whose",
        plain="how_many",
        by="reported_by",
    ),
    "residents.IncidentStep": Data(
        Uses.LOG,
        Periods.LOG,
        "employee",
        words="text",
        facts="kind",
        by="by",
    ),
    "residents.SampledRead": Data(
        Uses.LOG,
        Periods.LOG,
        "employee",
        words="note",
        facts="month verdict",
        by="looked_by",
    ),
}
