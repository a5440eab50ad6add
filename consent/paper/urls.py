from django.urls import path

from consent.paper import views

urlpatterns = [
    path("relations/<uuid:uuid>/paper/", views.paper_print, name="paper-print"),
    path("papers/", views.paper_code, name="paper-code"),
    path("papers/<uuid:uuid>/questions.pdf", views.paper, name="paper"),
    path("papers/<uuid:uuid>/enter/", views.paper_enter, name="paper-enter"),
]
