from consent.models.answers import Consent, InForce
from consent.models.disclosures import DutyMet, UnconsentedDisclosure
from consent.models.papers import PrintedQuestions, ScannedPaper
from consent.models.talks import ConsentTalk
from consent.models.wishes import TalkWish

__all__ = [
    "Consent",
    "ConsentTalk",
    "DutyMet",
    "InForce",
    "TalkWish",
    "PrintedQuestions",
    "ScannedPaper",
    "UnconsentedDisclosure",
]
