import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock, walls


class MessageQuerySet(models.QuerySet):
    def due(self):
        return self.filter(
            sent_at=None, given_up_at=None, not_before__lte=clock.now()
        ).order_by("pk")


class Message(models.Model):
    """One e-mail that must leave exactly once: the outbox.

    Written in the transaction of what it tells about. Holds ids, never content: what
    the recipient may know is asked again when it is sent.
    """

    # Also the Message-ID, so that a doubtful second try is seen as the same mail.
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Says what it is about, once: the same key is the same message.
    key = models.CharField(max_length=150, unique=True)
    template = models.CharField(max_length=50)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="messages"
    )
    facts = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    not_before = models.DateTimeField(default=clock.now)
    # Those that failed.
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    # Of the last try that failed, also when a later one did not.
    last_error = models.CharField(max_length=300, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=models.Q(sent_at=None, given_up_at=None),
                name="messages_still_to_send",
            )
        ]

    def __str__(self):
        return self.key


class DraftQuerySet(models.QuerySet):
    def begun(self):
        """Those with something in them."""
        return self.filter(finished=None)


class Draft(models.Model):
    """What somebody has begun to write in one form and not yet saved. Theirs alone.

    On the server, for the PC is shared and a browser forgets.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts"
    )
    # The path of the form: one draft a form a person.
    form = models.CharField(max_length=200)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)
    # The form that was saved last from here, by the number on its slip: an autosave
    # that it overtook on the way must not come back as a draft.
    finished = models.UUIDField(null=True, editable=False)

    objects = DraftQuerySet.as_manager()

    wall = walls.Wall("user_id = portal_reader()")

    class Meta:
        constraints = [
            models.UniqueConstraint("user", "form", name="one_draft_a_form_a_person")
        ]

    def __str__(self):
        return f"{self.user} {self.form}"


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Those whose link still lets somebody in."""
        return self.filter(used_at=None, expires_at__gt=clock.now())


class Invitation(models.Model):
    """A letter to a person who has an account but has never signed in."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations"
    )
    # The link holds it signed (portal.invitations), so a copy of the table opens nothing.
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(null=True)
    # Who alone may use it with MitID (portal.cpr). Empty: whoever was given the letter.
    cpr_digest = models.CharField(max_length=64, blank=True, editable=False)
    # What is printed on a letter (portal.codes). Empty: it went by mail.
    code_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at"]
        constraints = [
            models.UniqueConstraint(
                "code_digest",
                condition=~models.Q(code_digest=""),
                name="one_invitation_a_code",
            )
        ]

    def __str__(self):
        return f"{self.user}"

    @property
    def is_on_paper(self):
        return bool(self.code_digest)
