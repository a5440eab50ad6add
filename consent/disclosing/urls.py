from django.urls import path

from consent.disclosing import views

urlpatterns = [
    path("residents/<uuid:uuid>/disclosures/", views.disclosures, name="disclosures"),
    path(
        "residents/<uuid:uuid>/disclosures/record/",
        views.disclosure_record,
        name="disclosure-record",
    ),
    path("disclosures/<uuid:uuid>/", views.disclosure_detail, name="disclosure"),
    path(
        "disclosures/<uuid:uuid>/correct/",
        views.disclosure_correct,
        name="disclosure-correct",
    ),
    path(
        "disclosures/<uuid:uuid>/told/", views.disclosure_told, name="disclosure-told"
    ),
    path("my-disclosures/", views.my_disclosures, name="my-disclosures"),
]
