from django.conf import settings
from django.db import models

from news.models.items import NewsItem
from portal import clock


class NewsRead(models.Model):
    """Somebody at work has said: I have read this. Asked of important news alone.

    Never of relatives: what they read is nobody's business.
    """

    item = models.ForeignKey(NewsItem, models.CASCADE, related_name="reads")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="news_read"
    )
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("item", "user", name="one_read_mark_a_person")
        ]

    def __str__(self):
        return f"{self.user}: {self.item}"
