from django.urls import path

from news.events import feed, views

urlpatterns = [
    path("events/", views.events, name="events"),
    path("events/past/", views.past, name="events-past"),
    path("events/write/", views.write, name="event-write"),
    path("events/my-calendar/", feed.my_feed, name="my-feed"),
    path("events/my-calendar/open/", feed.open_feed, name="feed-open"),
    path("events/my-calendar/close/", feed.close_feed, name="feed-close"),
    path("events/drafts/<uuid:uuid>/", views.draft, name="event-draft"),
    path("events/drafts/<uuid:uuid>/edit/", views.edit, name="event-edit"),
    path("events/drafts/<uuid:uuid>/publish/", views.publish, name="event-publish"),
    path("events/drafts/<uuid:uuid>/discard/", views.discard, name="event-discard"),
    path("events/<uuid:address>/", views.event, name="event"),
    path("events/<uuid:address>/event.ics", views.calendar_file, name="event-file"),
    path("events/<uuid:address>/correct/", views.correct, name="event-correct"),
    path("events/<uuid:address>/call-off/", views.call_off, name="event-call-off"),
    # Open to whoever has the address: a telephone's calendar knows no log-in.
    path("calendar/<str:token>.ics", feed.feed, name="feed"),
]
