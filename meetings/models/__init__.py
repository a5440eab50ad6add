from meetings.models.agenda import AgendaItem, Minutes
from meetings.models.answers import AgreementMade, Answer
from meetings.models.conversations import Conversation
from meetings.models.disagreements import Disagreement
from meetings.models.expectations import Expectation, ExpectationReply
from meetings.models.first_days import FirstDays, FirstTalk
from meetings.models.handouts import ExtractItem, HandOut
from meetings.models.meetings import Meeting
from meetings.models.participants import Participant
from meetings.models.preparations import Preparation, Prepared
from meetings.models.printouts import Printout
from meetings.models.questions import Question, Section
from meetings.models.replies import MeetingReply
from meetings.models.templates import Template

__all__ = [
    "AgendaItem",
    "AgreementMade",
    "Answer",
    "Conversation",
    "ExtractItem",
    "HandOut",
    "Disagreement",
    "Expectation",
    "ExpectationReply",
    "FirstDays",
    "FirstTalk",
    "Meeting",
    "MeetingReply",
    "Minutes",
    "Participant",
    "Preparation",
    "Prepared",
    "Printout",
    "Question",
    "Section",
    "Template",
]
