from news.models.entries import DiaryEntry
from news.models.events import CalendarFeed, HouseEvent
from news.models.items import NewsItem
from news.models.photos import AlsoInPhoto, DiaryPhoto

__all__ = [
    "AlsoInPhoto",
    "CalendarFeed",
    "DiaryEntry",
    "DiaryPhoto",
    "HouseEvent",
    "NewsItem",
]
