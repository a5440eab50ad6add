from django.urls import path

from residents.views import data, log, people
from residents.views.search import search

app_name = "residents"

urlpatterns = [
    path("search/", search, name="search"),
    path("residents/", people.resident_list, name="residents"),
    path("residents/<uuid:uuid>/", people.resident_detail, name="resident"),
    path("residents/<uuid:uuid>/data/", data.resident_data, name="resident-data"),
    path("access-log/", log.access_log, name="access-log"),
    path("access-log/sample/", log.access_sample, name="access-sample"),
    path("access-log/sample/<uuid:uuid>/", log.access_judge, name="access-judge"),
]
