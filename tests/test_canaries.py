"""Every word about somebody is marked, everybody opens every page: who has seen what?

test_access.py asks which pages open; this asks what stands on them, also on pages of
errors, in lists to choose from, in pages that say no, and in papers.
"""

import logging
import re
import uuid
from contextlib import nullcontext

import pytest
from django.db import models
from django.http import HttpResponse
from django.urls import reverse

from community.models import Enquiry, Idea
from consent import actions as consent
from consent.models import (
    Consent,
    ConsentTalk,
    PrintedQuestions,
    ScannedPaper,
    TalkWish,
    UnconsentedDisclosure,
)
from knowledge.models import Article, Association, Portrait, Word
from meetings.models import (
    AgendaItem,
    Answer,
    Conversation,
    Disagreement,
    Expectation,
    ExtractItem,
    FirstTalk,
    HandOut,
    Meeting,
    Participant,
    Preparation,
    Printout,
)
from news.models import (
    Attachment,
    DiaryEntry,
    DiaryPhoto,
    HouseEvent,
    NewsItem,
    Newsletter,
    NewsPicture,
)
from portal import clock, refusals
from portal.models import Department, Draft, Employment, Home, User
from relatives.models import (
    Agreement,
    AgreementReply,
    Contact,
    RegisterUpload,
    Relation,
    Relative,
    Representation,
)
from relatives.register import actions as register
from residents.models import AccessEvent, Incident, Lookup, Resident
from residents.topics import Topic
from tests.factories import (
    AgreementFactory,
    AgreementReplyFactory,
    CallFactory,
    ContactFactory,
    DiaryEntryFactory,
    PartFactory,
    PreparationFactory,
    ReviewFactory,
)
from tests.test_access import WAYS, arguments

# Cyrillic letters stand in no address, no signature and nowhere else in the portal.
CANARY = re.compile(r"ж(\d+)ж")
ADDRESSED = (
    Incident,
    Lookup,
    Resident,
    Relative,
    Relation,
    Representation,
    Agreement,
    AgreementReply,
    Contact,
    Enquiry,
    Idea,
    Consent,
    ConsentTalk,
    ScannedPaper,
    PrintedQuestions,
    UnconsentedDisclosure,
    TalkWish,
    Conversation,
    Expectation,
    Disagreement,
    FirstTalk,
    Preparation,
    Meeting,
    AgendaItem,
    Printout,
    HandOut,
    DiaryEntry,
    DiaryPhoto,
    NewsItem,
    HouseEvent,
    Article,
    Word,
    Association,
    Portrait,
    Attachment,
    NewsPicture,
    Newsletter,
    RegisterUpload,
    Home,
    Department,
    Employment,
    User,
)
# What may also be asked for, at the end of an address.
ASKED = {
    "relatives:log-contact": [("relative", Relative), ("resident", Resident)],
    "relatives:resident-contacts": [("relative", Relative)],
    "news:everyday": [("before", DiaryEntry)],
    "residents:residents": [("department", Department)],
}
SEARCHED = (
    *("residents", "relatives", "contacts", "agreements", "news", "everyday", "events"),
    *("meetings", "minutes", "papers"),
    *("enquiries", "ideas", "photos", "pictures", "files"),
    *("articles", "words", "associations"),
)
SAID = {
    "relatives:agreements": ["?show=change", "?show=overdue"],
    "relatives:to-follow-up": ["?whose=all"],
    "community:enquiries": ["?show=all", "?show=unowned"],
    "relatives:relative-connect": ["?q=ж"],
    "residents:residents": ["?q=ж"],
    # What is looked for stands at the beginning of every word that is marked.
    "residents:search": [f"?q=0ж&kind={kind}" for kind in SEARCHED],
    "staff": ["?q=ж", "?way=gone"],
}


class Canaries:
    """Which word was put where."""

    def __init__(self):
        self.nests = []

    def new(self, nest):
        self.nests.append(nest)
        # The digit first, so that no template makes a capital of it.
        return f"0ж{len(self.nests) - 1}ж"

    def put(self, nest, *rows):
        """One of its own into each field of the rows that takes a text."""
        for row in rows:
            told = {
                field.name: self.new(nest)
                for field in row._meta.fields
                if isinstance(field, models.CharField | models.TextField)
                and not field.choices
                and field.name
                not in (
                    "password",
                    "file",
                    "recall_reason",
                    "return_reason",
                    "in_error_note",
                    "correction_reason",
                )
                # Who somebody else is, if no relative: only for certain rows.
                and not (field.name.endswith("_other") or field.name == "other_person")
            }
            kept = hasattr(row, "kept")
            with refusals.lifted() if kept else nullcontext():
                type(row).objects.filter(pk=row.pk).update(**told)

    def seen_in(self, response):
        text = response.content.decode() if not response.streaming else ""
        text = text.replace("<mark>", "").replace("</mark>", "") + str(response.headers)
        return {self.nests[int(number)] for number in CANARY.findall(text)}


@pytest.fixture
def canaries(cast, monkeypatch, caplog):
    """The cast, and beside Bo and Ida a stranger in another home."""
    # What comes with the portal is about nobody, and takes long to read.
    for model in (Article, Word, Association):
        model.objects.filter(home=None).delete()
    # Thousands of refusals are not worth telling.
    caplog.set_level(logging.CRITICAL, "django.request")
    monkeypatch.setattr("portal.pdf.draw", str.encode)
    canaries = Canaries()
    stranger = Resident.objects.get(department=cast.elsewhere)
    jenss_task = AgreementFactory(
        resident=cast.bo,
        topic=Topic.HEALTH,
        responsible="relative",
        responsible_relative=cast.jenss.relative,
        recorded_by=cast.mette,
    )
    wrong = DiaryEntryFactory(
        resident=cast.bo,
        topic=Topic.HEALTH,
        recorded_by=cast.mette,
        replaced_at=clock.now(),
        address=cast.checkup.address,
    )
    DiaryEntry.objects.filter(pk=cast.checkup.pk).update(corrects=wrong)
    taken_back = DiaryEntryFactory(
        resident=cast.bo,
        topic=Topic.HEALTH,
        recorded_by=cast.mette,
        recalled_at=clock.now(),
        recalled_by=cast.mette,
        recall_reason="It was about somebody else.",
    )
    Answer.objects.create(
        conversation=cast.talk,
        question=cast.talk.template.sections.first().questions.first(),
        version=1,
        text=canaries.new("Bo's conversation"),
        recorded_by=cast.karen,
    )
    for relation in (cast.annas, cast.rikkes, cast.jenss):
        CallFactory(relation=relation, recorded_by=cast.mette)
    Participant.objects.create(
        conversation=cast.talk, name=canaries.new("Bo's conversation")
    )
    PreparationFactory(
        conversation=cast.talk,
        relation=cast.annas,
        answer__text=canaries.new("what Anna prepared"),
    )
    Draft.objects.create(
        user=cast.mette,
        form="/contacts/new/",
        fields={"note": [canaries.new("Mette's draft")]},
    )
    rows = f"Afdeling\n{canaries.new('register')}"
    register.keep_upload(
        home=cast.solgaarden, files=[("afdelinger.csv", rows.encode())], by=cast.clara
    )
    for nest, *rows in (
        ("Bo", cast.bo, cast.bos),
        ("Ida", cast.ida),
        ("stranger", stranger),
        ("Anna", cast.annas.relative, cast.anna),
        ("Jens", cast.jenss.relative, cast.jens),
        ("Rikke", cast.rikkes.relative),
        (
            "health",
            cast.dentist,
            cast.checkup,
            jenss_task,
            PartFactory(agreement=cast.dentist),
            ReviewFactory(agreement=cast.dentist),
        ),
        ("economy", cast.pocket_money, cast.purse),
        ("mistake", wrong),
        ("taken back", taken_back),
        ("Ida's economy", cast.idas_rent, cast.idas_purse),
        (
            "stranger's",
            AgreementFactory(resident=stranger, recorded_by=cast.ole),
            DiaryEntryFactory(resident=stranger, recorded_by=cast.ole),
        ),
        ("Anna's wish", cast.wish),
        (
            "Rikke's wish",
            AgreementReplyFactory(
                agreement=cast.dentist, relative=cast.rikkes.relative
            ),
        ),
        (
            "log",
            cast.called,
            ContactFactory(
                resident=cast.bo,
                relative=cast.jenss.relative,
                recorded_by=cast.mette,
                follow_up_on=clock.today(),
            ),
        ),
        ("Ida's log", cast.idas_call),
        (
            "stranger's log",
            ContactFactory(
                resident=stranger,
                relative=None,
                other_person=canaries.new("stranger's log"),
                recorded_by=cast.ole,
            ),
        ),
        ("how Bo was asked", *ConsentTalk.objects.filter(resident=cast.bo)),
        ("Jens's guardianship", cast.guardianship),
        ("told without Bo", cast.told),
        ("told without Ida", cast.idas_told),
        ("Bo's conversation", cast.talk, cast.first_talk),
        ("Ida's conversation", cast.idas_talk, cast.idas_first_talk),
        ("what Bo's hope for", cast.hope, cast.jenss_hope, cast.differ),
        ("what Ida hopes for", cast.idas_hope, cast.idas_differ),
        ("Bo's meeting", cast.meeting, *said(cast.point)),
        ("health at Bo's meeting", *said(cast.health_point)),
        ("police at Bo's meeting", *said(cast.police_point)),
        ("Ida's meeting", cast.idas_meeting),
        ("economy at Ida's meeting", *said(cast.idas_point)),
        ("Åkanden's meeting", cast.gathering, cast.gathering_point),
        ("Bakken's meeting", cast.bakkens_gathering),
        ("Anna's letter", cast.enquiry, cast.enquiry.messages.first()),
        (
            "Anna's letter about Ida",
            cast.idas_enquiry,
            *cast.idas_enquiry.messages.all(),
        ),
        ("Jens's letter", cast.jenss_enquiry, *cast.jenss_enquiry.messages.all()),
        ("an answer about health", cast.answer),
        ("a general answer", cast.general_answer),
        ("Åkanden's idea", cast.idea),
        ("Åkanden's news", cast.party, cast.menu, cast.poster),
        ("Bakken's news", cast.bakkens_party, cast.bakkens_menu, cast.bakkens_poster),
        ("unpublished", cast.plans, cast.song),
        ("Åkanden's event", cast.festival),
        ("Bakken's event", cast.bakkens_festival),
        ("yet to be told", cast.outing),
        (
            "Solgården's library",
            cast.rules,
            cast.word,
            cast.friends,
            cast.face,
            cast.guide,
        ),
        (
            "Elsewhere's library",
            cast.oles_rules,
            cast.oles_word,
            cast.oles_friends,
            cast.oles_guide,
            cast.rikkes_face,
        ),
        ("unpublished article", cast.new_rules),
    ):
        canaries.put(nest, *rows)
    with refusals.lifted():
        Idea.objects.update(text=canaries.new("Anna's own idea"))
    for nest, printed in (
        ("Bo's questions", cast.asked_on_paper),
        ("Ida's questions", cast.idas_questions),
    ):
        with refusals.lifted():
            PrintedQuestions.objects.filter(pk=printed.pk).update(
                content=printed.content | {"introduction": canaries.new(nest)}
            )
    for nest, scan in (("Bo's paper", cast.scan), ("Ida's paper", cast.idas_scan)):
        with refusals.lifted():
            ScannedPaper.objects.filter(pk=scan.pk).update(
                content=canaries.new(nest).encode()
            )
    for nest, photo in (("Bo's photo", cast.photo), ("Ida's photo", cast.idas_photo)):
        with refusals.lifted():
            DiaryPhoto.objects.filter(pk=photo.pk).update(alt=canaries.new(nest))
    for nest, printout in (
        ("Bo's record", cast.printed),
        ("Ida's record", cast.idas_printed),
    ):
        with refusals.lifted():
            Printout.objects.filter(pk=printout.pk).update(
                content={"home": canaries.new(nest)}
            )
    for nest, hand_out in (
        ("Anna's extract", cast.extract),
        ("Anna's extract of Ida", cast.idas_extract),
    ):
        with refusals.lifted():
            ExtractItem.objects.filter(hand_out=hand_out).update(
                content={
                    "question": "Which?",
                    "text": canaries.new(nest),
                    "answered_by": "",
                }
            )
    return canaries


def said(item):
    """A point of a meeting, and its minutes."""
    return item, item.minutes


IDEA = {"Åkanden's idea"}
ABOUT_BO = {"Bo", "Anna", "Jens", "Rikke", "health", "economy", "mistake", "log"}
ABOUT_BO |= {
    "taken back",
    "Anna's wish",
    "Rikke's wish",
    "Bo's conversation",
    "what Bo's hope for",
    "what Anna prepared",
    "Jens's guardianship",
    "told without Bo",
    "how Bo was asked",
    "Bo's questions",
    "Bo's paper",
    "Anna's extract",
    "Åkanden's news",
    "Åkanden's meeting",
    "Bo's meeting",
    "health at Bo's meeting",
    "police at Bo's meeting",
    "Bo's photo",
}
ABOUT_BO |= {"Anna's letter", "Jens's letter", "Åkanden's idea"}
ABOUT_BO |= {"an answer about health", "a general answer"}
ABOUT_IDA = {"Ida", "Anna", "Ida's economy", "Ida's log", "Ida's conversation"}
ABOUT_IDA |= {"what Ida hopes for", "Ida's meeting", "Bakken's meeting"}
ABOUT_IDA |= {"economy at Ida's meeting"}
ABOUT_IDA |= {"Bakken's news", "told without Ida", "Ida's questions", "Ida's paper"}
ABOUT_IDA |= {"Anna's extract of Ida", "Anna's letter about Ida", "Ida's photo"}
ABOUT_IDA |= IDEA
NEWS = {"Åkanden's news", "Bakken's news", "Åkanden's idea"}
ELSEWHERE = {"stranger", "stranger's", "stranger's log", "Elsewhere's library"}
LIBRARY = {"Solgården's library"}
FROM_IDA = {"Anna", "Ida", "Ida's economy", "Anna's extract of Ida", *NEWS}
FROM_IDA |= {"Bakken's meeting", "Anna's letter about Ida", "Anna's own idea"}
FROM_BOS_HOUSE = {"Åkanden's news", "Åkanden's meeting"}
SEES = {
    "mette": ABOUT_BO | LIBRARY | {"unpublished", "Mette's draft"},
    "karen": ABOUT_BO | LIBRARY | {"unpublished", "Bo's record", "Anna's own idea"},
    "clara": ABOUT_BO
    | ABOUT_IDA
    | LIBRARY
    | {"unpublished", "Bo's record", "Ida's record", "register"}
    | {"unpublished article", "Anna's own idea"},
    "vera": NEWS | LIBRARY,
    "sysse": NEWS | LIBRARY,
    "tim": ABOUT_IDA | LIBRARY,
    # Whose data was seen, and who could have seen it.
    "dora": {"Bo", "Ida"},
    "liv": set(),
    # Bo reads who sees to what and what each relative has said.
    "bos": {"Bo", "health", "economy", "Anna", "Jens", "Rikke", "Åkanden's news"}
    | {"Anna's wish", "Rikke's wish", "Anna's extract", "what Bo's hope for"}
    | {"Åkanden's meeting", "Bo's meeting", "Bo's photo"}
    | {"health at Bo's meeting", "police at Bo's meeting"}
    # What relatives ask about him, but not what one of them keeps for himself.
    | {"Anna's letter", "an answer about health", "a general answer"}
    | IDEA
    | LIBRARY,
    "anna": FROM_IDA
    | LIBRARY
    | FROM_BOS_HOUSE
    | {"Bo", "health", "Anna's wish", "Anna's extract"}
    | {"Anna's letter", "an answer about health", "a general answer"},
    "rikke": ELSEWHERE
    | LIBRARY
    | {"Bo", "health", "economy", "Rikke's wish", "Åkanden's news"}
    | {"Åkanden's meeting", "Bo's meeting", "health at Bo's meeting"}
    | IDEA,
    "jens": LIBRARY | FROM_BOS_HOUSE | IDEA | {"Jens", "Jens's letter"},
    "ole": ELSEWHERE,
    "root": set(),
    "nobody": set(),
}

# Events are told where news is.
EVENTS = {
    "Åkanden's news": "Åkanden's event",
    "Bakken's news": "Bakken's event",
    "unpublished": "yet to be told",
}
for place in (NEWS, FROM_IDA, FROM_BOS_HOUSE, *SEES.values()):
    place.update(EVENTS[told] for told in EVENTS.keys() & place)


def addresses(cast):
    """Every page that can be opened, with the number of everything that has one."""
    owner = {}
    for model in ADDRESSED:
        for name in ("uuid", "address"):
            if name in {field.name for field in model._meta.fields}:
                for number in model.objects.values_list(name, flat=True):
                    owner.setdefault(number, set()).add((model, name))
    pages = dict.fromkeys(page for page, method, _statuses in WAYS if method == "GET")
    for page in pages:
        first, *rest = [*arguments(page, cast), None][:-1] or [None]
        if not isinstance(first, uuid.UUID):
            paths = [reverse(page, args=[first, *rest] if first else [])]
        else:
            same = [number for number in owner if owner[number] & owner[first]]
            if (User, "uuid") in owner[first]:
                same = [one.uuid for one in (cast.mette, cast.bos, cast.anna)]
            paths = [reverse(page, args=[number, *rest]) for number in same]
        for path in paths:
            yield path
            yield from (path + said for said in SAID.get(page, []))
            for name, model in ASKED.get(page, []):
                for number in model.objects.values_list("uuid", flat=True):
                    yield f"{path}?{name}={number}"


def seen_by(person, cast, client, canaries):
    """What stands on which page first. Whatever tells of a resident must be logged."""
    reader, seen, unlogged, last = getattr(cast, person), {}, set(), 0
    # One's own name stands on every page.
    own = "Bo" if person == "bos" else person.capitalize()
    for address in addresses(cast):
        nests = canaries.seen_in(client.get(address))
        seen |= {nest: address for nest in nests if nest not in seen}
        logged = list(
            AccessEvent.objects.filter(pk__gt=last)
            .order_by("pk")
            .values_list("pk", "user", "resident", "topic")
        )
        last = max([last, *(event[0] for event in logged)])
        unlogged |= {
            (nest, address)
            for nest in nests
            - (ABOUT_NOBODY | {own} | who_wrote(address))
            - WRITTEN_BY.get(person, set())
            if not any(
                user == reader.pk and is_told_by(nest, resident, topic, cast)
                for _pk, user, resident, topic in logged
            )
        }
    assert unlogged == set()
    return seen


def who_wrote(address):
    """A manager reads who has an idea for the house; it tells of nobody who lives there."""
    return {"Anna"} if address.startswith("/ideas/") else set()


# What is about no resident, or was written by the reader.
ABOUT_NOBODY = (
    NEWS
    | {"Åkanden's meeting", "Bakken's meeting"}
    | {"unpublished", "yet to be told", "Mette's draft", "register"}
    | {"Solgården's library", "Elsewhere's library", "unpublished article"}
    | {"Anna's own idea"}
)


WRITTEN_BY = {
    "anna": {"Anna's letter", "Anna's letter about Ida", "a general answer"},
    "jens": {"Jens's letter"},
}


def is_told_by(nest, resident, topic, cast):
    """Whether such a row of the access log answers for the word being on the page."""
    # Whoever knows of Bo or of Ida may know of Anna.
    residents = {
        cast.bo.pk: ABOUT_BO | {"Bo's record", "how Bo was asked", "told without Bo"},
        cast.ida.pk: ABOUT_IDA | {"Ida's record", "told without Ida"},
    }
    topics = {"health": Topic.HEALTH, "mistake": Topic.HEALTH}
    topics |= {"economy": Topic.ECONOMY, "Ida's economy": Topic.ECONOMY}
    topics |= {
        "health at Bo's meeting": Topic.HEALTH,
        "police at Bo's meeting": Topic.OFFENCES,
        "an answer about health": Topic.HEALTH,
        "Bo's meeting": Topic.MEETINGS,
        "Ida's meeting": Topic.MEETINGS,
        "economy at Ida's meeting": Topic.ECONOMY,
        "Bo's photo": Topic.PHOTOS,
        "Ida's photo": Topic.PHOTOS,
    }
    topics |= {"Anna's extract": Topic.HEALTH, "Anna's extract of Ida": Topic.ECONOMY}
    return nest in residents.get(resident, ELSEWHERE) and (
        topic in ("", topics.get(nest, topic))
    )


def plain_refusals(monkeypatch):
    """Most pages are not for most people; drawing them all takes longer than the rest."""
    for number in (403, 404):
        monkeypatch.setattr(
            f"portal.urls.handler{number}",
            lambda request, exception, number=number: HttpResponse(status=number),
            raising=False,
        )


@pytest.mark.parametrize("person", SEES)
def test_everybody_sees_what_is_for_them_and_nothing_else(
    cast, sign_in, canaries, person, monkeypatch
):
    if person != "anna":
        plain_refusals(monkeypatch)
    seen = seen_by(person, cast, sign_in(getattr(cast, person)), canaries)

    wrongly = {nest: seen[nest] for nest in seen.keys() - SEES[person]}
    assert (wrongly, SEES[person] - seen.keys()) == ({}, set())


@pytest.mark.parametrize("ends", ["consent", "relation", "stay"])
def test_what_is_over_is_seen_no_more(cast, sign_in, canaries, ends, monkeypatch):
    plain_refusals(monkeypatch)
    if ends == "consent":
        consent.withdraw(cast.annas.consents.get(), by=cast.mette)
    elif ends == "relation":
        Relation.objects.filter(pk=cast.annas.pk).update(
            ended_at=clock.now(), ended_by=cast.mette
        )
    else:
        Resident.objects.filter(pk=cast.bo.pk).update(moved_out_on=clock.today())

    seen = seen_by("anna", cast, sign_in(cast.anna), canaries)

    # Her own words stay hers, and what we answered without telling of Bo.
    still = {"Anna's letter", "a general answer"}
    still |= FROM_BOS_HOUSE if ends == "consent" else set()
    still |= LIBRARY
    assert seen.keys() == FROM_IDA - FROM_BOS_HOUSE | still
