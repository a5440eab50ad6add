from relatives.models.agreements import Agreement, AgreementReply
from relatives.models.contacts import Contact
from relatives.models.people import Relation, Relative, Representation, Telling

__all__ = [
    "Agreement",
    "AgreementReply",
    "Contact",
    "Relation",
    "Relative",
    "Representation",
    "Telling",
]
