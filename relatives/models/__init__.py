from relatives.models.agreements import Agreement
from relatives.models.chain import TOPICS, Call, Event
from relatives.models.contacts import Contact
from relatives.models.parts import Doer, Part
from relatives.models.people import Relation, Relative
from relatives.models.register import RegisterUpload
from relatives.models.replies import AgreementReply
from relatives.models.representations import Representation, Telling
from relatives.models.reviews import Review
from relatives.models.told import ToldTopic

__all__ = [
    "TOPICS",
    "Agreement",
    "AgreementReply",
    "Call",
    "Contact",
    "Doer",
    "Event",
    "Part",
    "RegisterUpload",
    "Relation",
    "Relative",
    "Representation",
    "Review",
    "Telling",
    "ToldTopic",
]
