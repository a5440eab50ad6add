"""What is held of everyday life and of the news."""

from portal.personal import Data
from portal.uses import Periods, Uses

DATA_CLASSES = {
    "news.NewsItem": Data(
        Uses.NEWS,
        Periods.HOUSE,
        "employee",
        words="title text easy_text recall_reason return_reason",
        plain="whole_home for_relatives for_residents important",
        by="recalled_by author returned_by published_by",
    ),
    "news.Attachment": Data(
        Uses.NEWS, Periods.HOUSE, picture="file", plain="name size"
    ),
    "news.NewsPicture": Data(
        Uses.NEWS, Periods.HOUSE, picture="file", plain="width height name"
    ),
    "news.HouseEvent": Data(
        Uses.NEWS,
        Periods.HOUSE,
        "employee",
        words="title text recall_reason",
        facts="place",
        plain="for_relatives for_residents sequence",
        by="recalled_by author published_by",
    ),
    "news.Newsletter": Data(
        Uses.NEWS,
        Periods.HOUSE,
        "employee",
        words="title introduction",
        plain="to_staff",
        by="author sent_by",
    ),
    "news.NewsletterItem": Data(Uses.NEWS, Periods.HOUSE, plain="position"),
    "news.CalendarFeed": Data(
        Uses.NEWS,
        Periods.TIES,
        "resident relative employee",
        proof="digest",
        user="user",
    ),
    "news.NewsRead": Data(
        Uses.NEWS, Periods.MARK, "resident relative employee", user="user"
    ),
    "news.DiaryEntry": Data(
        Uses.EVERYDAY,
        Periods.RECORD,
        "resident",
        words="title text recall_reason",
        topic="topic",
        facts="kind happened_on written_as",
        resident="resident",
        # Relatives write too, and their words are theirs.
        relative="recorded_by__relative",
        by="recalled_by",
    ),
    "news.DiaryPhoto": Data(
        Uses.EVERYDAY,
        Periods.RECORD,
        "resident",
        words="alt",
        picture="file",
        plain="width height others place",
        resident="resident",
        relative="recorded_by__relative",
        by="recalled_by",
    ),
    "news.AlsoInPhoto": Data(
        Uses.EVERYDAY, Periods.RECORD, "resident", resident="about", by="resident"
    ),
}
