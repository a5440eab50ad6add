from consent.models.answers import Consent, InForce
from consent.models.talks import ConsentTalk

__all__ = ["Consent", "ConsentTalk", "InForce"]
