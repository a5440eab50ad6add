from consent.models.answers import Consent, InForce
from consent.models.disclosures import DutyMet, UnconsentedDisclosure
from consent.models.talks import ConsentTalk
from consent.models.wishes import TalkWish

__all__ = [
    "Consent",
    "ConsentTalk",
    "DutyMet",
    "InForce",
    "TalkWish",
    "UnconsentedDisclosure",
]
