from django.urls import path

from consent.protecting import incident_views, views

urlpatterns = [
    path("incidents/", incident_views.incident_list, name="incidents"),
    path("incidents/report/", incident_views.incident_report, name="incident-report"),
    path("incidents/<uuid:uuid>/", incident_views.incident, name="incident"),
    path("logs/", views.the_logs, name="the-logs"),
    path("logs/events/", views.log_events, name="log-events"),
    path("logs/look-up/<slug:kind>/", views.look_up, name="look-up"),
    path("logs/answers/<uuid:uuid>/", views.looked_up, name="looked-up"),
    path("logs/answers/<uuid:uuid>/file/", views.looked_up_file, name="looked-up-file"),
]
