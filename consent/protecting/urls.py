from django.urls import path

from consent.protecting import views

urlpatterns = [
    path("logs/", views.the_logs, name="the-logs"),
    path("logs/events/", views.log_events, name="log-events"),
    path("logs/look-up/<slug:kind>/", views.look_up, name="look-up"),
    path("logs/answers/<uuid:uuid>/", views.looked_up, name="looked-up"),
    path("logs/answers/<uuid:uuid>/file/", views.looked_up_file, name="looked-up-file"),
]
