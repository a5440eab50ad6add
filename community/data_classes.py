"""What relatives and residents ask the home, and what it answers."""

from portal.personal import Data
from portal.uses import Periods, Uses

BOTH = "resident relative"
COOPERATION, RECORD = Uses.COOPERATION, Periods.RECORD

DATA_CLASSES = {
    "community.Desk": Data(
        Uses.HOUSE, Periods.HOUSE, plain="reads_from reads_until routes"
    ),
    "community.Series": Data(Uses.HOUSE, Periods.HOUSE, plain="year last"),
    "community.Enquiry": Data(
        COOPERATION,
        RECORD,
        BOTH,
        words="subject",
        topic="matter topic",
        facts="between_us resident_knows channel routed_to expected_by status",
        plain="year serial answers",
        resident="resident",
        relative="relation__relative",
        in_confidence={"between_us": True},
        by="owner recorded_by",
    ),
    "community.EnquiryEvent": Data(
        COOPERATION,
        RECORD,
        BOTH,
        words="note",
        facts="kind",
        resident="enquiry__resident",
        relative="enquiry__relation__relative",
        behind="enquiry",
        in_confidence={"enquiry__between_us": True},
        by="to by",
    ),
    "community.Participant": Data(
        COOPERATION,
        RECORD,
        "relative",
        relative="relation__relative",
        behind="enquiry",
        by="added_by",
    ),
    "community.EnquiryMessage": Data(
        COOPERATION,
        RECORD,
        BOTH,
        words="text",
        topic="topic",
        facts="kind is_question told_by promised_by",
        resident="resident",
        relative="relation__relative",
        in_confidence={"enquiry__between_us": True},
        by="recorded_by",
    ),
    "community.Outcome": Data(
        COOPERATION,
        RECORD,
        "resident",
        resident="enquiry__resident",
        behind="enquiry",
        by="made_by",
    ),
    "community.Idea": Data(
        COOPERATION,
        RECORD,
        "resident relative employee",
        words="text title answer",
        facts="capacity status",
        user="written_by",
    ),
    "community.IdeaStep": Data(
        COOPERATION,
        RECORD,
        "employee",
        words="title answer",
        facts="status is_public",
        by="by",
    ),
}
