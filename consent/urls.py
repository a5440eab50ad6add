from django.urls import path

from consent.views import mine, staff

app_name = "consent"

urlpatterns = [
    path("residents/<uuid:uuid>/consents/", staff.consent_list, name="consents"),
    path("my-consents/", mine.my_consents, name="mine"),
    path("relations/<uuid:uuid>/ask/", staff.consent_ask, name="consent-ask"),
    path(
        "consents/<uuid:uuid>/withdraw/",
        staff.consent_withdraw,
        name="consent-withdraw",
    ),
]
