from django.urls import path

from meetings.views import (
    expectations,
    extracts,
    first_days,
    holding,
    inviting,
    meetings,
    minutes,
    my_meetings,
    overview,
    own_expectations,
    planning,
    preparing,
    printing,
    question_forms,
    questions,
    versions,
)

app_name = "meetings"

urlpatterns = [
    path("move-in/", overview.conversations, name="conversations"),
    path("move-in/blank/", printing.blank, name="blank"),
    path(
        "move-in/preparation-<slug:who>.pdf",
        printing.preparation,
        name="preparation-paper",
    ),
    path("residents/<uuid:uuid>/move-in/", overview.move_in, name="move-in"),
    path("residents/<uuid:uuid>/move-in/plan/", planning.plan, name="plan"),
    path("residents/<uuid:uuid>/move-in/decline/", planning.decline, name="decline"),
    path(
        "residents/<uuid:uuid>/expectations/",
        expectations.expectations,
        name="expectations",
    ),
    path(
        "residents/<uuid:uuid>/expectations/new/",
        expectations.add,
        name="expectation-add",
    ),
    path("my-expectations/", own_expectations.mine, name="my-expectations"),
    path("my-expectations/new/", own_expectations.add_own, name="my-expectation-add"),
    path(
        "my-expectations/<uuid:uuid>/end/",
        own_expectations.end_own,
        name="my-expectation-end",
    ),
    path(
        "expectations/<uuid:uuid>/answer/",
        expectations.answer,
        name="expectation-answer",
    ),
    path("expectations/<uuid:uuid>/end/", expectations.end, name="expectation-end"),
    path(
        "expectations/<uuid:uuid>/disagree/",
        expectations.disagree,
        name="expectation-disagree",
    ),
    path(
        "disagreements/<uuid:uuid>/talked/",
        expectations.talked,
        name="disagreement-talked",
    ),
    path("move-in/<uuid:uuid>/prepare/", preparing.prepare, name="prepare"),
    path(
        "move-in/<uuid:uuid>/prepare/take-back/",
        preparing.take_back,
        name="prepare-take-back",
    ),
    path(
        "move-in/<uuid:uuid>/prepare/together/",
        preparing.together,
        name="prepare-together",
    ),
    path(
        "move-in/<uuid:uuid>/prepare/lend/",
        preparing.together_lend,
        name="prepare-lend",
    ),
    path(
        "together/<uuid:resident>/prepare/",
        preparing.together_prepare,
        name="together-prepare",
    ),
    path("move-in/<uuid:uuid>/prepared/", preparing.prepared, name="prepared"),
    path("prepared/<uuid:uuid>/paper/", printing.prepared_paper, name="prepared-paper"),
    path("move-in/<uuid:uuid>/letter/<uuid:relation>/", inviting.letter, name="letter"),
    path(
        "move-in/<uuid:uuid>/letter/<uuid:relation>/paper/",
        inviting.letter_paper,
        name="letter-paper",
    ),
    path("residents/<uuid:uuid>/first-days/", first_days.first_days, name="first-days"),
    path("first-days/<uuid:uuid>/", first_days.first_talk, name="first-talk"),
    path("move-in/days/", first_days.days, name="days"),
    path("move-in/questions/", questions.questions, name="questions"),
    path(
        "move-in/questions/change/", questions.question_change, name="question-change"
    ),
    path("move-in/questions/blank/", questions.question_paper, name="question-paper"),
    path("move-in/questions/issue/", questions.question_issue, name="question-issue"),
    path("move-in/questions/carry/", questions.question_carry, name="question-carry"),
    path(
        "move-in/questions/throw-away/",
        questions.question_throw_away,
        name="question-throw-away",
    ),
    path(
        "move-in/questions/new/",
        question_forms.question_section_add,
        name="question-section-add",
    ),
    path(
        "move-in/questions/sections/<slug:key>/",
        questions.question_section,
        name="question-section",
    ),
    path(
        "move-in/questions/sections/<slug:key>/preview/",
        questions.question_preview,
        name="question-preview",
    ),
    path(
        "move-in/questions/sections/<slug:key>/edit/",
        question_forms.question_section_edit,
        name="question-section-edit",
    ),
    path(
        "move-in/questions/sections/<slug:key>/new/",
        question_forms.question_add,
        name="question-add",
    ),
    path(
        "move-in/questions/sections/<slug:key>/questions/<slug:question>/",
        question_forms.question_edit,
        name="question-edit",
    ),
    path("move-in/<uuid:uuid>/move/", planning.move, name="move"),
    path(
        "move-in/<uuid:uuid>/participants/",
        planning.participants,
        name="participants",
    ),
    path("move-in/<uuid:uuid>/sections/<slug:key>/", holding.section, name="section"),
    path("move-in/<uuid:uuid>/agreement/", holding.agreement, name="agreement"),
    path("move-in/<uuid:uuid>/finish/", holding.finish, name="finish"),
    path("move-in/<uuid:uuid>/print/", printing.record_print, name="record-print"),
    path("move-in/printouts/<uuid:uuid>/", printing.printout, name="printout"),
    path("move-in/printouts/<uuid:uuid>/about/", versions.version, name="version"),
    path(
        "move-in/printouts/<uuid:uuid>/to/<uuid:relation>/",
        versions.hand_out,
        name="hand-out",
    ),
    path(
        "move-in/printouts/<uuid:uuid>/whole/",
        versions.hand_out_whole,
        name="hand-out-whole",
    ),
    path("extracts/<uuid:uuid>/", extracts.extract, name="extract"),
    path("extracts/<uuid:uuid>/close/", versions.close, name="extract-close"),
    path("extracts/<uuid:uuid>/paper/", extracts.extract_paper, name="extract-paper"),
    path("residents/<uuid:uuid>/meetings/", meetings.of_resident, name="of-resident"),
    path("residents/<uuid:uuid>/meetings/plan/", meetings.plan, name="meeting-plan"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/plan/", meetings.plan_for_many, name="meeting-for-many"),
    path("meetings/<uuid:uuid>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:uuid>/move/", meetings.move, name="meeting-move"),
    path("meetings/<uuid:uuid>/cancel/", meetings.cancel, name="meeting-cancel"),
    path(
        "meetings/<uuid:uuid>/participants/",
        meetings.participants,
        name="meeting-participants",
    ),
    path("meetings/<uuid:uuid>/invite/", meetings.invite, name="meeting-invite"),
    path("meetings/<uuid:uuid>/agenda/", minutes.add_item, name="item-add"),
    path("meetings/agenda/<uuid:uuid>/", minutes.item, name="item"),
    path("meetings/agenda/<uuid:uuid>/minutes/", minutes.write, name="minutes"),
    path("meetings/<uuid:uuid>/finish/", minutes.finish, name="meeting-finish"),
    path(
        "meetings/<uuid:uuid>/agreement/", minutes.agreement, name="meeting-agreement"
    ),
    path(
        "meetings/<uuid:uuid>/calendar/", my_meetings.calendar, name="meeting-calendar"
    ),
    path("my-meetings/", my_meetings.mine, name="my-meetings"),
    path("my-meetings/<uuid:uuid>/", my_meetings.my_meeting, name="my-meeting"),
    path(
        "my-meetings/<uuid:uuid>/answer/", my_meetings.answer, name="my-meeting-answer"
    ),
    path(
        "my-meetings/<uuid:uuid>/suggest/",
        my_meetings.suggest,
        name="my-meeting-suggest",
    ),
]
