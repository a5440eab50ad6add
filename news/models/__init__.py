from news.models.entries import DiaryEntry
from news.models.items import NewsItem

__all__ = ["DiaryEntry", "NewsItem"]
