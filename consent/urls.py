from django.urls import include, path

from consent.phone import views as phone
from consent.views import changes, mine, renewals, see_as, staff

app_name = "consent"

urlpatterns = [
    path("residents/<uuid:uuid>/consents/", staff.consent_list, name="consents"),
    path("my-consents/", mine.my_consents, name="mine"),
    path("relations/<uuid:uuid>/ask/", staff.consent_ask, name="consent-ask"),
    path(
        "relations/<uuid:uuid>/changes/",
        changes.what_would_change,
        name="what-would-change",
    ),
    path("as/<uuid:uuid>/", see_as.see_as, name="see-as"),
    path("as/<uuid:uuid>/<path:page>", see_as.see_as, name="see-as-page"),
    path(
        "consents/<uuid:uuid>/withdraw/",
        staff.consent_withdraw,
        name="consent-withdraw",
    ),
    path("consents/talks/", renewals.renewal_list, name="renewals"),
    # Below /contacts/, for a note that was begun here is begun in the contact log.
    path("contacts/may-i-tell/", phone.may_i_say_it, name="may-i-say-it"),
    path("contacts/may-i-tell/<uuid:uuid>/", phone.may_i_tell, name="may-i-tell"),
    path("", include("consent.ahead.urls")),
    path("", include("consent.disclosing.urls")),
]
