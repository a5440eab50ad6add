from news.models.entries import DiaryEntry
from news.models.items import NewsItem
from news.models.photos import AlsoInPhoto, DiaryPhoto

__all__ = ["AlsoInPhoto", "DiaryEntry", "DiaryPhoto", "NewsItem"]
