from community.models.desks import Desk, Series
from community.models.enquiries import Enquiry
from community.models.events import EnquiryEvent, Participant
from community.models.ideas import Idea, IdeaStep
from community.models.messages import EnquiryMessage
from community.models.outcomes import Outcome

__all__ = [
    "Desk",
    "Enquiry",
    "EnquiryEvent",
    "EnquiryMessage",
    "Idea",
    "IdeaStep",
    "Outcome",
    "Participant",
    "Series",
]
