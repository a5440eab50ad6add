from django.urls import path

from consent import views

app_name = "consent"

urlpatterns = [
    path("residents/<uuid:uuid>/consents/", views.consent_list, name="consents"),
    path("my-consents/", views.my_consents, name="mine"),
    path("relations/<uuid:uuid>/ask/", views.consent_ask, name="consent-ask"),
    path(
        "consents/<uuid:uuid>/withdraw/",
        views.consent_withdraw,
        name="consent-withdraw",
    ),
]
