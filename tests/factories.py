"""One factory a model, nothing surprising in them."""

import datetime as dt

import factory
from allauth.account.models import EmailAddress
from dateutil.relativedelta import relativedelta
from django.apps import apps
from factory.django import DjangoModelFactory

from community.matters import topic_of
from community.models import Enquiry, EnquiryMessage, Idea
from consent.models import (
    PrintedQuestions,
    ScannedPaper,
    TalkWish,
    UnconsentedDisclosure,
)
from consent.paper import codes, words
from knowledge.models import (
    Article,
    Association,
    Guide,
    Portrait,
    Presentation,
    Word,
)
from meetings import sheet, template_files
from meetings.actions import holding
from meetings.models import (
    AgendaItem,
    Conversation,
    Disagreement,
    Expectation,
    ExtractItem,
    FirstTalk,
    HandOut,
    Meeting,
    Minutes,
    Preparation,
    Prepared,
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
from portal import clock, documents
from portal.models import Department, Employment, Home, User
from relatives.models import (
    TOPICS,
    Agreement,
    AgreementReply,
    Call,
    Contact,
    Event,
    Part,
    Relation,
    Relative,
    Representation,
    Review,
    ToldTopic,
)
from residents.models import AccessEvent, Grant, Incident, Lookup, Resident, SampledRead
from residents.topics import Topic


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence("user{}@example.com".format)
    name = factory.Sequence("User {}".format)
    is_active = True

    @factory.post_generation
    def verified(self, create, extracted, **kwargs):
        if create:
            EmailAddress.objects.create(
                user=self, email=self.email, verified=True, primary=True
            )


class HomeFactory(DjangoModelFactory):
    class Meta:
        model = Home

    name = factory.Sequence("Home {}".format)
    phone = "12 34 56 78"


class DepartmentFactory(DjangoModelFactory):
    class Meta:
        model = Department

    home = factory.SubFactory(HomeFactory)
    name = factory.Sequence("Department {}".format)


class EmploymentFactory(DjangoModelFactory):
    class Meta:
        model = Employment

    user = factory.SubFactory(UserFactory)
    department = factory.SubFactory(DepartmentFactory)
    home = factory.LazyAttribute(lambda job: job.department.home)
    starts_on = dt.date(2020, 1, 1)


class ResidentFactory(DjangoModelFactory):
    class Meta:
        model = Resident

    given_name = factory.Sequence("Resident{}".format)
    family_name = "Holm"
    department = factory.SubFactory(DepartmentFactory)
    born_on = dt.date(1990, 6, 4)
    register_id = factory.Sequence("R-{}".format)
    moved_in_on = dt.date(2024, 1, 1)


class AccessEventFactory(DjangoModelFactory):
    """Staff opened one resident's page last month."""

    class Meta:
        model = AccessEvent

    resident = factory.SubFactory(ResidentFactory)
    user = factory.SubFactory(UserFactory)
    department = factory.SelfAttribute("resident.department")
    at = factory.LazyFunction(lambda: clock.now() - relativedelta(months=1))
    capacity = AccessEvent.Capacity.CARE
    way = AccessEvent.Way.PORTAL
    purpose = AccessEvent.Purpose.CARE
    ground = AccessEvent.Ground.EMPLOYMENT


class IncidentFactory(DjangoModelFactory):
    class Meta:
        model = Incident

    home = factory.SubFactory(HomeFactory)
    reported_by = factory.SubFactory(UserFactory)
    discovered_at = factory.LazyFunction(clock.now)
    what = factory.Sequence("A letter went astray {}".format)


class LookupFactory(DjangoModelFactory):
    """Who could have seen something about the resident, an hour ago."""

    class Meta:
        model = Lookup

    by = factory.SubFactory(UserFactory)
    home = factory.SelfAttribute("resident.home")
    kind = "could"
    resident = factory.SubFactory(ResidentFactory)
    from_at = factory.LazyFunction(lambda: clock.now() - dt.timedelta(hours=1))
    until_at = factory.LazyFunction(clock.now)
    why = factory.Sequence("Case {}".format)


class SampledReadFactory(DjangoModelFactory):
    class Meta:
        model = SampledRead

    event = factory.SubFactory(AccessEventFactory)
    department = factory.SelfAttribute("event.department")
    month = factory.LazyAttribute(
        lambda sampled: sampled.event.at.astimezone(clock.DENMARK).date().replace(day=1)
    )


class RelativeFactory(DjangoModelFactory):
    class Meta:
        model = Relative

    home = factory.SubFactory(HomeFactory)
    given_name = factory.Sequence("Relative{}".format)
    family_name = "Holm"
    user = factory.SubFactory(UserFactory)
    register_id = factory.Sequence("P-{}".format)
    confidentiality_accepted_at = factory.LazyFunction(clock.now)


class RelationFactory(DjangoModelFactory):
    class Meta:
        model = Relation

    resident = factory.SubFactory(ResidentFactory)
    relative = factory.SubFactory(
        RelativeFactory, home=factory.SelfAttribute("..resident.department.home")
    )
    kind = Relation.Kind.SISTER


class RepresentationFactory(DjangoModelFactory):
    class Meta:
        model = Representation

    relation = factory.SubFactory(RelationFactory)
    kind = Representation.Kind.ECONOMIC
    starts_on = dt.date(2020, 1, 1)


class AgreementFactory(DjangoModelFactory):
    class Meta:
        model = Agreement

    resident = factory.SubFactory(ResidentFactory)
    topic = Topic.HEALTH
    text = "Anna goes along to the dentist."
    recorded_by = factory.SubFactory(UserFactory)


class PartFactory(DjangoModelFactory):
    """The staff help; give `relative` to let somebody else."""

    class Meta:
        model = Part

    agreement = factory.SubFactory(AgreementFactory)
    who = factory.LazyAttribute(
        lambda part: "relative" if getattr(part, "relative", None) else "staff"
    )
    task = "Books the time"


class ReviewFactory(DjangoModelFactory):
    class Meta:
        model = Review

    agreement = factory.SubFactory(AgreementFactory)
    was_kept = Review.WasKept.NOT
    why = "It rained."
    outcome = Review.Outcome.CONTINUES
    next_on = factory.LazyFunction(clock.today)
    recorded_by = factory.SubFactory(UserFactory)


class AgreementReplyFactory(DjangoModelFactory):
    class Meta:
        model = AgreementReply

    agreement = factory.SubFactory(AgreementFactory)
    relative = factory.SubFactory(RelativeFactory)
    kind = AgreementReply.Kind.CHANGE
    text = "Another dentist, please."
    recorded_by = factory.SelfAttribute("relative.user")


class ConversationFactory(DjangoModelFactory):
    class Meta:
        model = Conversation

    resident = factory.SubFactory(ResidentFactory)
    # Emptying the database takes the questions that a migration brought.
    template = factory.LazyFunction(lambda: template_files.load("2026-11-01", apps))
    status = Conversation.Status.PLANNED
    planned_at = factory.LazyFunction(lambda: clock.now() + dt.timedelta(days=1))
    chair = factory.SubFactory(UserFactory)
    minute_taker = factory.SelfAttribute("chair")
    recorded_by = factory.SelfAttribute("chair")


def answer_minimum(conversation, by):
    """What must have an answer before a conversation can be finished."""
    pages = [page for page in sheet.of(conversation) if page.section.minimum]
    said = [
        holding.Said(question=line.question, seen=0, text="x", answered_by="staff")
        for page in pages
        for line in page.lines
        if not line.is_answered
    ]
    holding.save_answers(conversation, said=said, by=by)


class HeldConversationFactory(ConversationFactory):
    status = Conversation.Status.HELD
    planned_at = factory.LazyFunction(lambda: clock.now() - dt.timedelta(days=1))
    held_at = factory.SelfAttribute("planned_at")
    participation = Conversation.Participation.WHOLE


class ExpectationFactory(DjangoModelFactory):
    class Meta:
        model = Expectation

    resident = factory.SubFactory(ResidentFactory)
    party = factory.LazyAttribute(
        lambda wish: "relatives" if getattr(wish, "relation", None) else "resident"
    )
    text = "A walk every day."
    recorded_by = factory.SubFactory(UserFactory)


class PreparationFactory(DjangoModelFactory):
    """What a relative has sent, in one answer."""

    class Meta:
        model = Preparation
        skip_postgeneration_save = True

    conversation = factory.SubFactory(ConversationFactory)
    relation = factory.SubFactory(RelationFactory)
    written_by = factory.SelfAttribute("conversation.chair")
    sent_at = factory.LazyFunction(clock.now)
    answer = factory.RelatedFactory(
        "tests.factories.PreparedFactory", factory_related_name="preparation"
    )


class PreparedFactory(DjangoModelFactory):
    class Meta:
        model = Prepared

    preparation = factory.SubFactory(PreparationFactory)
    key = "important"
    text = "Sunday walks."


class FirstTalkFactory(DjangoModelFactory):
    class Meta:
        model = FirstTalk

    conversation = factory.SubFactory(HeldConversationFactory)
    resident = factory.SelfAttribute("conversation.resident")
    number = 14
    due_on = factory.LazyFunction(lambda: clock.today() + dt.timedelta(days=3))


class DisagreementFactory(DjangoModelFactory):
    class Meta:
        model = Disagreement

    expectation = factory.SubFactory(ExpectationFactory)
    their_words = "He needs it."
    our_words = "He decides."
    next_talk_on = factory.LazyFunction(lambda: clock.today() + dt.timedelta(days=7))
    recorded_by = factory.SelfAttribute("expectation.recorded_by")


class TalkWishFactory(DjangoModelFactory):
    class Meta:
        model = TalkWish

    resident = factory.SubFactory(ResidentFactory)
    wished_by = factory.SubFactory(UserFactory)
    talked_at = factory.LazyAttribute(
        lambda wish: clock.now() if getattr(wish, "talked_by", None) else None
    )


class PrintoutFactory(DjangoModelFactory):
    class Meta:
        model = Printout

    conversation = factory.SubFactory(HeldConversationFactory)
    content = {"home": "Solgården"}
    number = factory.LazyAttribute(
        lambda version: version.conversation.printouts.count() + 1
    )
    printed_by = factory.SelfAttribute("conversation.chair")


class HandOutFactory(DjangoModelFactory):
    """An extract that a relative reads in the portal."""

    class Meta:
        model = HandOut

    printout = factory.SubFactory(PrintoutFactory)
    resident = factory.SelfAttribute("printout.conversation.resident")
    kind = HandOut.Kind.RELATIVE
    relation = factory.SubFactory(RelationFactory)
    how = HandOut.How.PORTAL
    handed_by = factory.SelfAttribute("printout.printed_by")


class ExtractItemFactory(DjangoModelFactory):
    class Meta:
        model = ExtractItem

    hand_out = factory.SubFactory(HandOutFactory)
    number = factory.LazyAttribute(lambda item: item.hand_out.items.count() + 1)
    resident = factory.SelfAttribute("hand_out.resident")
    topic = Topic.HEALTH
    recorded_at = factory.LazyFunction(clock.now)
    section = "Sundhed"
    content = {"question": "What?", "text": "Penicillin", "answered_by": ""}


class CallFactory(DjangoModelFactory):
    """Called at once about a fall, and at night too."""

    class Meta:
        model = Call

    relation = factory.SubFactory(RelationFactory)
    resident = factory.SelfAttribute("relation.resident")
    event = Event.FALL
    topic = factory.LazyAttribute(lambda call: TOPICS[call.event])
    place = 1
    moment = Call.Moment.AT_ONCE
    at_night = factory.LazyAttribute(lambda call: call.moment == "at_once")
    channel = Call.Channel.PHONE
    recorded_by = factory.SubFactory(UserFactory)


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = Contact

    resident = factory.SubFactory(ResidentFactory)
    relative = factory.SubFactory(RelativeFactory)
    note = "Anna called about Christmas."
    recorded_by = factory.SubFactory(UserFactory)


class ToldTopicFactory(DjangoModelFactory):
    class Meta:
        model = ToldTopic

    contact = factory.SubFactory(ContactFactory)
    topic = Topic.HEALTH
    ground = Grant.Ground.CONSENT
    ground_id = 1


class NewsItemFactory(DjangoModelFactory):
    """Published for the whole home, unless it is told a department, or several."""

    class Meta:
        model = NewsItem

    class Params:
        department = None

    departments = factory.LazyAttribute(
        lambda item: [item.department] if item.department else []
    )
    whole_home = factory.LazyAttribute(lambda item: not item.departments)
    home = factory.SubFactory(HomeFactory)
    title = factory.Sequence("News {}".format)
    text = "There is coffee in the garden."
    author = factory.SubFactory(UserFactory)
    written_at = edited_at = factory.LazyFunction(clock.now)
    published_at = factory.LazyAttribute(lambda item: item.written_at)
    published_by = factory.LazyAttribute(
        lambda item: item.author if item.published_at else None
    )
    shown_from = factory.LazyAttribute(lambda item: item.published_at)

    @classmethod
    def _create(cls, model, *args, **kwargs):
        departments = kwargs.pop("departments")
        item = super()._create(model, *args, **kwargs)
        item.departments.set(departments)
        return item


class AttachmentFactory(DjangoModelFactory):
    """A PDF that is really in the folder, though there is not much in it."""

    class Meta:
        model = Attachment

    item = factory.SubFactory(NewsItemFactory)
    name = factory.Sequence("File {}".format)
    file = factory.LazyFunction(lambda: documents.keep(b"%PDF-1.7"))
    size = 8


class NewsPictureFactory(DjangoModelFactory):
    class Meta:
        model = NewsPicture

    item = factory.SubFactory(NewsItemFactory)
    name = factory.Sequence("Picture {}".format)
    file = "0" * 32
    width = height = 10


class NewsletterFactory(DjangoModelFactory):
    """Sent, with the news that it is given."""

    class Meta:
        model = Newsletter

    items = ()
    home = factory.SubFactory(HomeFactory)
    title = factory.Sequence("Newsletter {}".format)
    author = factory.SubFactory(UserFactory)
    sent_at = factory.LazyFunction(clock.now)
    sent_by = factory.LazyAttribute(
        lambda letter: letter.author if letter.sent_at else None
    )

    @classmethod
    def _create(cls, model, *args, **kwargs):
        items = kwargs.pop("items")
        letter = super()._create(model, *args, **kwargs)
        for place, item in enumerate(items, start=1):
            letter.chosen.create(address=item.address, position=place)
        return letter


class ArticleFactory(DjangoModelFactory):
    """A home's own, published."""

    class Meta:
        model = Article

    home = factory.SubFactory(HomeFactory)
    title = factory.Sequence("Article {}".format)
    summary = "In short."
    text = "At length."
    author = factory.SubFactory(UserFactory)
    published_at = edited_at = factory.LazyFunction(clock.now)
    published_by = factory.LazyAttribute(
        lambda article: article.author if article.published_at else None
    )


class WordFactory(DjangoModelFactory):
    class Meta:
        model = Word

    home = factory.SubFactory(HomeFactory)
    term = factory.Sequence("term{}".format)
    meaning = "What it means."
    author = factory.SubFactory(UserFactory)


class AssociationFactory(DjangoModelFactory):
    class Meta:
        model = Association

    home = factory.SubFactory(HomeFactory)
    name = factory.Sequence("Association {}".format)
    about = "They help."
    author = factory.SubFactory(UserFactory)


class PresentationFactory(DjangoModelFactory):
    class Meta:
        model = Presentation

    job = factory.SubFactory(EmploymentFactory, role="manager")
    phone = "87 65 43 21"
    hours = "Mondays 9-10"
    words = "Ask me."


class PortraitFactory(DjangoModelFactory):
    class Meta:
        model = Portrait

    presentation = factory.SubFactory(PresentationFactory)
    file = factory.Sequence("{:032x}".format)
    width = height = 10


class GuideFactory(DjangoModelFactory):
    class Meta:
        model = Guide

    home = factory.SubFactory(HomeFactory)
    authority = "The municipality"


class HouseEventFactory(DjangoModelFactory):
    """Published for the whole home, in a week, unless it is told otherwise."""

    class Meta:
        model = HouseEvent

    home = factory.SubFactory(HomeFactory)
    title = factory.Sequence("Event {}".format)
    text = "There is coffee in the garden."
    place = "The garden"
    starts_at = factory.LazyFunction(lambda: clock.now() + dt.timedelta(days=7))
    ends_at = factory.LazyAttribute(
        lambda event: event.starts_at + dt.timedelta(hours=2)
    )
    author = factory.SubFactory(UserFactory)
    written_at = edited_at = factory.LazyFunction(clock.now)
    published_at = factory.LazyAttribute(lambda event: event.written_at)
    published_by = factory.LazyAttribute(
        lambda event: event.author if event.published_at else None
    )


class DiaryEntryFactory(DjangoModelFactory):
    class Meta:
        model = DiaryEntry

    resident = factory.SubFactory(ResidentFactory)
    topic = Topic.DAILY
    text = factory.Sequence("Glimpse {}".format)
    recorded_by = factory.SubFactory(UserFactory)
    recorded_at = written_at = factory.LazyFunction(clock.now)


class DiaryPhotoFactory(DjangoModelFactory):
    """A row alone: of a file in the folder only a test that looks at it needs one."""

    class Meta:
        model = DiaryPhoto

    entry = factory.SubFactory(DiaryEntryFactory)
    resident = factory.SelfAttribute("entry.resident")
    recorded_by = factory.SelfAttribute("entry.recorded_by")
    file = factory.Sequence("{:032x}".format)
    width, height, place = 640, 480, 0
    alt = factory.Sequence("Photo {}".format)


class UnconsentedDisclosureFactory(DjangoModelFactory):
    class Meta:
        model = UnconsentedDisclosure

    resident = factory.SubFactory(ResidentFactory)
    recipient = "The police"
    topics = factory.LazyFunction(lambda: [Topic.OFFENCES.value])
    what = "That a bicycle had been taken."
    ground = UnconsentedDisclosure.Ground.LAW
    why = "The police asked with a court order."
    decided_by = "Karen"
    happened_at = factory.LazyFunction(lambda: clock.now() - dt.timedelta(hours=1))
    recorded_by = factory.SubFactory(UserFactory)


class ScannedPaperFactory(DjangoModelFactory):
    class Meta:
        model = ScannedPaper

    kind = ScannedPaper.Kind.PDF
    content = b"%PDF-1.4 signed %%EOF"
    size = len(content)
    sha256 = factory.Sequence(lambda n: f"{n:064d}")


class PrintedQuestionsFactory(DjangoModelFactory):
    class Meta:
        model = PrintedQuestions

    code = factory.LazyFunction(codes.new)
    topics = factory.LazyFunction(lambda: ["daily", "health"])
    text_version = "test"
    content = factory.LazyAttribute(
        lambda paper: words.questions(
            paper.relation,
            paper.topics,
            code=paper.code,
            at=clock.now(),
            by=paper.printed_by,
        )
    )


class MeetingFactory(DjangoModelFactory):
    """A status meeting that was held yesterday, with an invitation to it."""

    class Meta:
        model = Meeting

    kind = Meeting.Kind.STATUS
    resident = factory.SubFactory(ResidentFactory)
    involvement = Meeting.Involvement.INVOLVE
    status = Meeting.Status.HELD
    planned_at = factory.LazyFunction(lambda: clock.now() - dt.timedelta(days=1))
    held_at = factory.LazyAttribute(
        lambda meeting: meeting.planned_at if meeting.status == "held" else None
    )
    invited_at = factory.LazyFunction(clock.now)
    participation = factory.LazyAttribute(
        lambda meeting: "whole" if meeting.held_at and meeting.resident else ""
    )
    chair = factory.SubFactory(UserFactory)
    minute_taker = recorded_by = factory.SelfAttribute("chair")
    interpreter_is_adult = True


class GatheringFactory(MeetingFactory):
    """An information meeting for all relatives of a department, tomorrow."""

    kind = Meeting.Kind.INFORMATION
    resident = None
    department = factory.SubFactory(DepartmentFactory)
    home = factory.SelfAttribute("department.home")
    status = Meeting.Status.PLANNED
    planned_at = factory.LazyFunction(lambda: clock.now() + dt.timedelta(days=1))


class AgendaItemFactory(DjangoModelFactory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    resident = factory.SelfAttribute("meeting.resident")
    title = factory.Sequence("Point {}".format)
    recorded_by = factory.SelfAttribute("meeting.chair")


class MinutesFactory(DjangoModelFactory):
    class Meta:
        model = Minutes

    item = factory.SubFactory(AgendaItemFactory)
    version = factory.LazyAttribute(lambda said: said.item.said.count() + 1)
    text = factory.Sequence("It was said {}".format)
    recorded_by = factory.SelfAttribute("item.recorded_by")


class EnquiryFactory(DjangoModelFactory):
    """A relative asks about everyday life, and nobody has answered yet."""

    class Meta:
        model = Enquiry
        skip_postgeneration_save = True

    relation = factory.SubFactory(RelationFactory)
    resident = factory.SelfAttribute("relation.resident")
    department = factory.SelfAttribute("resident.department")
    home = factory.SelfAttribute("department.home")
    # Long ago, so that no number is in the way of one that the portal gives.
    year = 2000
    serial = factory.Sequence(lambda n: n + 1)
    matter = "everyday"
    topic = factory.LazyAttribute(lambda enquiry: topic_of(enquiry.matter))
    subject = factory.Sequence("Question {}".format)
    between_us = False
    resident_knows = factory.LazyAttribute(lambda enquiry: not enquiry.between_us)
    routed_to = "pedagogue"
    expected_by = factory.LazyFunction(lambda: clock.today() + dt.timedelta(days=3))
    recorded_by = factory.SelfAttribute("relation.relative.user")

    @factory.post_generation
    def question(enquiry, create, extracted, **kwargs):
        EnquiryMessageFactory(
            enquiry=enquiry,
            kind="question",
            relation=enquiry.relation,
            topic=enquiry.topic,
            recorded_by=enquiry.recorded_by,
        )


class EnquiryMessageFactory(DjangoModelFactory):
    """Our answer, which tells nothing of the resident."""

    class Meta:
        model = EnquiryMessage

    kind = "answer"
    resident = factory.SelfAttribute("enquiry.resident")
    text = factory.Sequence("It was written {}".format)
    recorded_by = factory.SubFactory(UserFactory)


class IdeaFactory(DjangoModelFactory):
    """An idea of a relative's that the manager has answered for everybody to read."""

    class Meta:
        model = Idea

    home = factory.SelfAttribute("department.home")
    department = factory.SubFactory(DepartmentFactory)
    capacity = "relative"
    text = factory.Sequence("I have thought of {}".format)
    title = factory.Sequence("Idea {}".format)
    answer = factory.Sequence("Yes {}".format)
    status = "done"
    published_at = factory.LazyFunction(clock.now)
    written_by = factory.SubFactory(UserFactory)
