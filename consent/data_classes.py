"""What a resident has answered, and how."""

from portal.personal import Data
from portal.uses import Periods, Uses

BOTH = "resident relative"

DATA_CLASSES = {
    "consent.ConsentTalk": Data(
        Uses.CONSENT,
        Periods.RECORD,
        "resident",
        who="witness",
        words="capacity_note how_informed how_expressed oral_reason text_shown",
        facts="given_by capacity form together text_version",
        resident="resident",
        by="recorded_by",
    ),
    "consent.Consent": Data(
        Uses.CONSENT,
        Periods.RECORD,
        BOTH,
        words="closed_note",
        topic="topic",
        facts="action answer degree ask_again_on closed_because closed_how",
        resident="talk__resident",
        relative="relation__relative",
        by="closed_by",
    ),
    "consent.UnconsentedDisclosure": Data(
        Uses.CONSENT,
        Periods.RECORD,
        BOTH,
        who="recipient",
        words="what why correction_reason",
        topic="topics",
        facts="ground decided_by profession",
        resident="resident",
        relative="relation__relative",
        by="recorded_by",
    ),
    "consent.DutyMet": Data(
        Uses.CONSENT,
        Periods.RECORD,
        "resident",
        words="how",
        facts="kind told_on",
        resident="disclosure__resident",
        behind="disclosure",
        by="recorded_by",
    ),
    "consent.ScannedPaper": Data(
        Uses.CONSENT,
        Periods.RECORD,
        "resident",
        facts="kind",
        picture="content",
        plain="size sha256",
        resident="talk__resident",
        by="scanned_by",
    ),
    "consent.PrintedQuestions": Data(
        Uses.CONSENT,
        Periods.RECORD,
        BOTH,
        words="content",
        topic="topics",
        facts="text_version",
        plain="code",
        resident="relation__resident",
        relative="relation__relative",
        by="printed_by",
    ),
    "consent.TalkWish": Data(
        Uses.CONSENT,
        Periods.RECORD,
        BOTH,
        topic="topic",
        facts="together",
        resident="resident",
        relative="relation__relative",
        by="wished_by talked_by",
    ),
}
