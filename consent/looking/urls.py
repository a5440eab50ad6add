from django.urls import path

from consent.looking import views

urlpatterns = [
    path("who-has-looked/", views.who_has_looked, name="who-has-looked"),
    path("residents/<uuid:uuid>/passed-on/", views.passed_on, name="passed-on"),
    path("who-has-looked/extract/", views.my_extract, name="my-extract"),
    path("residents/<uuid:uuid>/extract/", views.extract_for, name="extract"),
]
