from django.urls import path

from residents import views

app_name = "residents"

urlpatterns = [
    path("residents/", views.resident_list, name="residents"),
    path("residents/<uuid:uuid>/", views.resident_detail, name="resident"),
]
