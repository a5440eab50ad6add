from django.urls import path

from consent.views import mine, see_as, staff

app_name = "consent"

urlpatterns = [
    path("residents/<uuid:uuid>/consents/", staff.consent_list, name="consents"),
    path("my-consents/", mine.my_consents, name="mine"),
    path("relations/<uuid:uuid>/ask/", staff.consent_ask, name="consent-ask"),
    path("as/<uuid:uuid>/", see_as.see_as, name="see-as"),
    path("as/<uuid:uuid>/<path:page>", see_as.see_as, name="see-as-page"),
    path(
        "consents/<uuid:uuid>/withdraw/",
        staff.consent_withdraw,
        name="consent-withdraw",
    ),
]
