from django.urls import include, path

from consent.phone import views as phone
from consent.views import changes, mine, renewals, see_as, staff, together, wishes

app_name = "consent"


def the_residents_pages(name):
    """The same pages for a resident alone and together with an employee."""
    return [
        path("", mine.my_consents, name=name),
        path("talk/", mine.my_talk, name=f"{name}-talk"),
        path("answers/<uuid:answer>/", mine.my_receipt, name=f"{name}-answer"),
        path("answers/<uuid:answer>/undo/", mine.my_undo, name=f"{name}-undo"),
        path("<uuid:relation>/", mine.my_person, name=f"{name}-person"),
        path("<uuid:relation>/stop/", mine.my_stop_all, name=f"{name}-stop-all"),
        path("<uuid:relation>/stopped/", mine.my_stopped, name=f"{name}-stopped"),
        path(
            "<uuid:relation>/<slug:topic>/", mine.my_question, name=f"{name}-question"
        ),
        path("<uuid:relation>/<slug:topic>/stop/", mine.my_stop, name=f"{name}-stop"),
    ]


urlpatterns = [
    path("residents/<uuid:uuid>/consents/", staff.consent_list, name="consents"),
    path("my-consents/", include(the_residents_pages("mine"))),
    path("together/over/", together.together_over, name="together-over"),
    path("together/<uuid:resident>/end/", together.together_end, name="together-end"),
    path("together/<uuid:resident>/", include(the_residents_pages("together"))),
    path(
        "residents/<uuid:uuid>/together/",
        together.together_start,
        name="together-start",
    ),
    path("talk-wishes/<uuid:uuid>/", wishes.talk_wish, name="talk-wish"),
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
    path("", include("consent.record.urls")),
    path("", include("consent.paper.urls")),
    path("", include("consent.ahead.urls")),
    path("", include("consent.disclosing.urls")),
    path("", include("consent.looking.urls")),
    path("", include("consent.protecting.urls")),
]
