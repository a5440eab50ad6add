"""What is held of those who write the library, and of those who present themselves in it."""

from portal.personal import Data
from portal.uses import Periods, Uses

WRITERS = "recalled_by author"

DATA_CLASSES = {
    "knowledge.Article": Data(
        Uses.NEWS,
        Periods.HOUSE,
        "employee",
        words="title summary text easy recall_reason",
        plain="subject audience source checked_on check_on",
        by="recalled_by author published_by",
    ),
    "knowledge.Check": Data(
        Uses.NEWS, Periods.HOUSE, "employee", plain="next_on", by="checked_by"
    ),
    "knowledge.Folder": Data(
        Uses.NEWS, Periods.HOUSE, "employee", plain="welcome articles", by="written_by"
    ),
    "knowledge.Presentation": Data(
        Uses.NEWS,
        Periods.TIES,
        "employee",
        reach="phone",
        words="words",
        facts="hours",
        user="job__user",
    ),
    "knowledge.Portrait": Data(
        Uses.NEWS,
        Periods.TIES,
        "employee",
        picture="file",
        plain="width height",
        user="presentation__job__user",
    ),
    "knowledge.Guide": Data(
        Uses.HOUSE,
        Periods.HOUSE,
        plain="authority phone hours url complaints",
    ),
    "knowledge.Word": Data(
        Uses.NEWS,
        Periods.HOUSE,
        "employee",
        plain="term meaning recall_reason",
        by=WRITERS,
    ),
    "knowledge.Association": Data(
        Uses.NEWS,
        Periods.HOUSE,
        "employee",
        plain="name about url phone recall_reason",
        by=WRITERS,
    ),
}
