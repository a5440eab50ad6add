from consent.models.answers import Consent, InForce
from consent.models.disclosures import DutyMet, UnconsentedDisclosure
from consent.models.talks import ConsentTalk

__all__ = ["Consent", "ConsentTalk", "DutyMet", "InForce", "UnconsentedDisclosure"]
