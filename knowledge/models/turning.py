"""What those who answer for something say about themselves, and what stands beyond the home."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from knowledge import audience
from portal.models import Employment, Home
from portal.models.pictures import Picture
from relatives.near import near

Role = Employment.Role
# Those whose name everybody who belongs to the home may know, and turn to.
SHOWN = (Role.MANAGER, Role.CENTRE_MANAGER, Role.ADVISER)


class PresentationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of people at work today in a home where the user belongs."""
        return self.filter(
            Employment.lasting("job__"),
            job__home__in=audience.homes_of(user),
            job__role__in=SHOWN,
        )

    def of_family(self, user):
        """Those who lead where the user's own live, or where the user lives."""
        return (
            self.visible_to(user)
            .filter(
                Q(job__role=Role.CENTRE_MANAGER)
                | Q(job__department__in=departments_of_family(user))
            )
            .select_related("job__user", "job__department")
            .order_by("-job__role", "pk")
        )


def departments_of_family(user):
    """The numbers of departments where the user's own live, also who share nothing."""
    return near(user).values("department")


class Presentation(models.Model):
    """How a manager is reached, in their own words. It goes with the job.

    Source: 000 ("engageret, tilgængelig og synlig"), 001 ("ledelsens rolle og ansvar på
    forskellige niveauer").
    """

    job = models.OneToOneField(
        Employment, models.PROTECT, related_name="presentation", editable=False
    )
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    hours = models.CharField(
        _("when I answer the telephone"), max_length=200, blank=True
    )
    words = models.CharField(_("what you can ask me about"), max_length=400, blank=True)

    objects = PresentationQuerySet.as_manager()

    def __str__(self):
        return str(self.job)


class PortraitQuerySet(models.QuerySet):
    def visible_to(self, user):
        shown = Presentation.objects.visible_to(user)
        return self.filter(presentation__in=shown.values("pk"))


class Portrait(Picture):
    """The picture of somebody who is to be recognised. They have given it themselves."""

    presentation = models.OneToOneField(
        Presentation, models.CASCADE, related_name="portrait", editable=False
    )

    objects = PortraitQuerySet.as_manager()

    def __str__(self):
        return str(self.presentation)


class Guide(models.Model):
    """Whom one turns to beyond the home: the municipality that has decided on the place."""

    home = models.OneToOneField(
        Home, models.PROTECT, related_name="guide", editable=False
    )
    authority = models.CharField(_("who decides on the place"), max_length=100)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    hours = models.CharField(
        _("when the telephone is answered"), max_length=200, blank=True
    )
    url = models.URLField(_("web address"), max_length=200, blank=True)
    complaints = models.CharField(_("how one complains"), max_length=600, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(authority=""), name="a_guide_names_an_authority"
            )
        ]

    def __str__(self):
        return self.authority
