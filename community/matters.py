"""What an enquiry can be about, and who of the staff knows most about it.

Source: "når hver faggruppe kommunikerer med de pårørende indenfor eget kompetencefelt"
(000-028). Each department may route its matters otherwise (community.models.Desk).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.models import Profession
from residents.topics import Topic

# Beside the professions: what no profession is to answer alone.
MANAGER = "manager"


class Matter(models.TextChoices):
    """In the words of those who write to us; residents choose consents by Topic."""

    EVERYDAY = "everyday", _("everyday life")
    HEALTH = "health", _("health")
    MEDICINE = "medicine", _("medicine and treatment")
    ECONOMY = "economy", _("money")
    BELONGINGS = "belongings", _("clothes and belongings")
    PRACTICAL = "practical", _("something practical")
    COOPERATION = "cooperation", _("how we work together")
    COMPLAINT = "complaint", _("something I am not satisfied with")
    IDEA = "idea", _("an idea")
    OTHER = "other", _("something else")


# Who else may read the sender's words: those who may hear of this topic. Of the other
# matters nobody.
TOPICS = {
    Matter.EVERYDAY: Topic.DAILY,
    Matter.HEALTH: Topic.HEALTH,
    Matter.MEDICINE: Topic.TREATMENT,
    Matter.ECONOMY: Topic.ECONOMY,
    Matter.BELONGINGS: Topic.DAILY,
    Matter.PRACTICAL: Topic.DAILY,
    Matter.COOPERATION: Topic.MEETINGS,
}
ROUTES = {
    Matter.EVERYDAY: Profession.PEDAGOGUE,
    Matter.HEALTH: Profession.NURSE,
    Matter.MEDICINE: Profession.NURSE,
    Matter.ECONOMY: Profession.OFFICE,
    Matter.BELONGINGS: Profession.PEDAGOGUE,
    Matter.PRACTICAL: Profession.PEDAGOGUE,
    Matter.COOPERATION: MANAGER,
    Matter.COMPLAINT: MANAGER,
    Matter.IDEA: MANAGER,
    Matter.OTHER: Profession.PEDAGOGUE,
}
WHO = [*Profession.choices, (MANAGER, _("the department manager"))]
WORDS = dict(WHO)


def topic_of(matter):
    """The consent topic of a matter, or an empty text."""
    return str(TOPICS.get(matter, ""))
