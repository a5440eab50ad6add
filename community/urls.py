from django.urls import path

from community.views import answering, desks, ideas, mine, participants, work

app_name = "community"

urlpatterns = [
    path("my-enquiries/", mine.mine, name="my-enquiries"),
    path("my-enquiries/new/", mine.new, name="my-enquiry-new"),
    path("my-enquiries/<uuid:uuid>/", mine.my_enquiry, name="my-enquiry"),
    path("my-enquiries/<uuid:uuid>/write/", mine.write, name="my-enquiry-write"),
    path("enquiries/", work.enquiries, name="enquiries"),
    path("enquiries/<uuid:uuid>/", work.enquiry, name="enquiry"),
    path("enquiries/<uuid:uuid>/take/", work.take, name="enquiry-take"),
    path("enquiries/<uuid:uuid>/settle/", work.settle, name="enquiry-settle"),
    path("enquiries/<uuid:uuid>/assign/", work.assign, name="enquiry-assign"),
    path("enquiries/<uuid:uuid>/escalate/", work.escalate, name="enquiry-escalate"),
    path("enquiries/<uuid:uuid>/answer/", answering.answer, name="enquiry-answer"),
    path("enquiries/<uuid:uuid>/decide/", answering.decide, name="enquiry-decide"),
    path("enquiries/<uuid:uuid>/log/", answering.log, name="enquiry-log"),
    path(
        "enquiries/<uuid:uuid>/agreement/",
        answering.agreement,
        name="enquiry-agreement",
    ),
    path("enquiries/<uuid:uuid>/people/", participants.people, name="enquiry-people"),
    path(
        "enquiries/<uuid:uuid>/people/<uuid:relation>/end/",
        participants.person_end,
        name="enquiry-person-end",
    ),
    path("enquiries/<uuid:uuid>/idea/", ideas.from_enquiry, name="enquiry-idea"),
    path("ideas/", ideas.ideas, name="ideas"),
    path("ideas/new/", ideas.idea_new, name="idea-new"),
    path("ideas/<uuid:uuid>/", ideas.idea, name="idea"),
    path("ideas/<uuid:uuid>/answer/", ideas.idea_answer, name="idea-answer"),
    path("enquiries/desks/<uuid:uuid>/", desks.desk, name="desk"),
    path("residents/<uuid:uuid>/enquiries/", work.of_resident, name="of-resident"),
    path("residents/<uuid:uuid>/enquiries/new/", work.record, name="enquiry-record"),
]
