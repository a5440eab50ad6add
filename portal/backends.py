from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import FilteredRelation

from portal import rooms
from portal.models import Employment, User


class Backend(AuthenticationBackend):
    """Reads with the person who signs in what every page asks of them: who they are."""

    def get_user(self, user_id):
        rows = list(
            User.objects.annotate(
                job=FilteredRelation(
                    "employments", condition=Employment.lasting("employments__")
                )
            )
            .select_related("job__home", "job__department", *rooms.read_with_user())
            .filter(pk=user_id)
            .order_by("job__pk")
        )
        if not rows or not self.user_can_authenticate(rows[0]):
            return None
        user = rows[0]
        # A row for each job, or one without any.
        user.jobs_today = [row.job for row in rows if hasattr(row, "job")]
        return user
