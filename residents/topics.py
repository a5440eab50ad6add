from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    """What a resident can choose to share, one topic at a time.

    The kinds of information that a consent must name: Aabenraa's six (health, treatment,
    social conditions, substance use, offences, economy), those of everyday life, and the use
    of force, of which the law wants a record that is not the family's by itself.
    There is no "everything": a general consent is none (retssikkerhedsvejledningen
    pkt. 116-117).
    """

    DAILY = "daily", _("everyday life")
    PHOTOS = "photos", _("photos")
    GOALS = "goals", _("goals")
    MEETINGS = "meetings", _("meetings")
    HEALTH = "health", _("health")
    TREATMENT = "treatment", _("treatment and medicine")
    SOCIAL = "social", _("social conditions")
    SUBSTANCE = "substance", _("substance use")
    OFFENCES = "offences", _("offences")
    ECONOMY = "economy", _("economy")
    FORCE = "force", _("use of force")

    @property
    def codename(self):
        """The permission on Resident that opens the topic."""
        return f"see_{self.value}"


# A consent to these lapses one year after it was given (sundhedsloven § 44).
HEALTH_TOPICS = (Topic.HEALTH, Topic.TREATMENT, Topic.SUBSTANCE)
