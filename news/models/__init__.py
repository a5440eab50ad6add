from news.models.attachments import Attachment, NewsPicture
from news.models.entries import DiaryEntry
from news.models.events import CalendarFeed, HouseEvent
from news.models.items import NewsItem, Readership
from news.models.newsletters import Newsletter, NewsletterItem
from news.models.photos import AlsoInPhoto, DiaryPhoto
from news.models.reads import NewsRead

__all__ = [
    "AlsoInPhoto",
    "Attachment",
    "CalendarFeed",
    "DiaryEntry",
    "DiaryPhoto",
    "HouseEvent",
    "NewsItem",
    "NewsPicture",
    "Newsletter",
    "NewsletterItem",
    "NewsRead",
    "Readership",
]
