from django.urls import include, path

from relatives.views import (
    agreement_changes,
    agreements,
    chain,
    contacts,
    erasing,
    follow_ups,
    inviting,
    log,
    log_ins,
    my_agreements,
    my_residents,
    papers,
    people,
    representations,
    reviews,
    roles,
)

app_name = "relatives"

# Agreements
urlpatterns = [
    path("agreements/", agreements.agreements, name="agreements"),
    path("my-agreements/", my_agreements.my_agreements, name="my-agreements"),
    path(
        "residents/<uuid:uuid>/agreements/",
        agreements.resident_agreements,
        name="resident-agreements",
    ),
    path(
        "residents/<uuid:uuid>/agreements/record/",
        agreement_changes.agreement_record,
        name="agreement-record",
    ),
    path(
        "my-agreements/who-does-what/",
        roles.my_who_does_what,
        name="my-who-does-what",
    ),
    path(
        "residents/<uuid:uuid>/who-does-what/",
        roles.who_does_what,
        name="who-does-what",
    ),
    path(
        "residents/<uuid:uuid>/agreements/<slug:paper>.pdf",
        papers.agreement_paper,
        name="agreement-paper",
    ),
    path(
        "agreements/blank/<slug:paper>.pdf",
        papers.agreement_paper_blank,
        name="agreement-paper-blank",
    ),
    path(
        "departments/<uuid:uuid>/agreement-sheets/",
        papers.agreement_sheets,
        name="agreement-sheets",
    ),
    path("agreements/<uuid:uuid>/", agreements.agreement_detail, name="agreement"),
    path(
        "agreements/<uuid:uuid>/change/",
        agreement_changes.agreement_change,
        name="agreement-change",
    ),
    path(
        "agreements/<uuid:uuid>/done/",
        agreement_changes.agreement_done,
        name="agreement-done",
    ),
    path(
        "agreements/<uuid:uuid>/reopen/",
        agreement_changes.agreement_reopen,
        name="agreement-reopen",
    ),
    path(
        "agreements/<uuid:uuid>/end/",
        agreement_changes.agreement_end,
        name="agreement-end",
    ),
    path(
        "agreements/<uuid:uuid>/follow-up/",
        reviews.agreement_follow_up,
        name="agreement-follow-up",
    ),
    path(
        "agreements/<uuid:uuid>/too-much/",
        my_agreements.agreement_too_much,
        name="agreement-too-much",
    ),
    path(
        "agreements/<uuid:uuid>/confirm/",
        my_agreements.agreement_confirm,
        name="agreement-confirm",
    ),
    path(
        "agreements/<uuid:uuid>/ask/",
        my_agreements.agreement_ask,
        name="agreement-ask",
    ),
    path(
        "agreements/replies/<uuid:uuid>/",
        agreement_changes.change_answer,
        name="change-answer",
    ),
]

# People
urlpatterns += [
    path("my-residents/", my_residents.my_residents, name="my-residents"),
    path("confidentiality/", my_residents.confidentiality, name="confidentiality"),
    path(
        "residents/<uuid:uuid>/relatives/",
        people.resident_relatives,
        name="resident-relatives",
    ),
    path(
        "residents/<uuid:uuid>/relatives/add/",
        people.relative_add,
        name="relative-add",
    ),
    path(
        "residents/<uuid:uuid>/relatives/connect/",
        people.relative_connect,
        name="relative-connect",
    ),
    path("relatives/<uuid:uuid>/", people.relative_detail, name="relative"),
    path(
        "relatives/<uuid:uuid>/change/", people.relative_change, name="relative-change"
    ),
    path(
        "relatives/<uuid:uuid>/log-in/",
        log_ins.relative_log_in,
        name="relative-log-in",
    ),
    path(
        "relatives/<uuid:uuid>/invite/",
        inviting.relative_invite,
        name="relative-invite",
    ),
    path(
        "relatives/<uuid:uuid>/letter/",
        inviting.relative_letter,
        name="relative-letter",
    ),
    path("relatives/<uuid:uuid>/erase/", erasing.relative_erase, name="relative-erase"),
    path("relations/<uuid:uuid>/end/", people.relation_end, name="relation-end"),
]

# Custody, guardianships, powers of attorney
urlpatterns += [
    path(
        "relations/<uuid:uuid>/represent/",
        representations.representation_record,
        name="representation-record",
    ),
    path(
        "representations/<uuid:uuid>/",
        representations.representation_detail,
        name="representation",
    ),
    path(
        "representations/<uuid:uuid>/end/",
        representations.representation_end,
        name="representation-end",
    ),
    path(
        "representations/<uuid:uuid>/in-error/",
        representations.representation_in_error,
        name="representation-in-error",
    ),
]

# Who is called about what
urlpatterns += [
    path("residents/<uuid:uuid>/who-to-call.pdf", papers.call_paper, name="call-paper"),
    path("residents/<uuid:uuid>/who-to-call/", chain.who_to_call, name="who-to-call"),
    path("relations/<uuid:uuid>/calls/", chain.chain_change, name="chain-change"),
    path("my-calls/", chain.my_calls, name="my-calls"),
]

# Contacts
urlpatterns += [
    path("contacts/new/", log.log_contact, name="log-contact"),
    path("contacts/to-follow-up/", follow_ups.to_follow_up, name="to-follow-up"),
    path("contacts/<uuid:uuid>/", contacts.contact, name="contact"),
    path("contacts/<uuid:uuid>/correct/", log.correct_contact, name="correct-contact"),
    path("contacts/<uuid:uuid>/done/", log.follow_up, name="follow-up"),
    path(
        "residents/<uuid:uuid>/contacts/",
        contacts.resident_contacts,
        name="resident-contacts",
    ),
]

# The register
urlpatterns += [path("", include("relatives.register.urls"))]
