from relatives.models.agreements import Agreement, AgreementReply
from relatives.models.contacts import Contact
from relatives.models.people import Relation, Relative, Representation, Telling
from relatives.models.register import RegisterUpload

__all__ = [
    "Agreement",
    "AgreementReply",
    "Contact",
    "RegisterUpload",
    "Relation",
    "Relative",
    "Representation",
    "Telling",
]
