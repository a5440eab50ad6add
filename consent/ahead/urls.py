from django.urls import path

from consent.ahead import views

urlpatterns = [
    path("residents/<uuid:uuid>/changes/", views.what_changes, name="what-changes"),
    path("changes/", views.changes_soon, name="changes-soon"),
    path("my-changes/", views.my_changes, name="my-changes"),
]
