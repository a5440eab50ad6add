"""Ideas: written by anybody, answered in public by a manager."""

from django.db import transaction

from community.actions.enquiries import Kind, locked, note
from community.models import Idea, IdeaStep
from portal import audit, clock, notices
from portal.models import Employment


@transaction.atomic
def suggest(*, home, department, text, capacity, uuid, by, enquiry=None):
    """Somebody has an idea. The same uuid is the same idea."""
    idea, is_new = Idea.objects.get_or_create(
        uuid=uuid,
        defaults={
            "home": home,
            "department": department,
            "text": text,
            "capacity": capacity,
            "enquiry": enquiry,
            "written_by": by,
        },
    )
    if is_new:
        audit.record("idea.suggested", by=by, about=idea, capacity=capacity)
        if enquiry:
            note(locked(enquiry), Kind.MADE_INTO, by=by)
        notices.tell(
            "ideas",
            to=_managers(idea),
            about=f"suggested:{idea.pk}",
            template="idea-suggested",
            idea=idea.pk,
        )
    return idea


@transaction.atomic
def answer(idea, *, status, title, answer, is_public, uuid, by):
    """The manager answers, anew each time; the latest counts. The same uuid is the same."""
    idea = Idea.objects.select_for_update().get(pk=idea.pk)
    if IdeaStep.objects.filter(uuid=uuid).exists():
        return idea
    step = idea.steps.create(
        status=status, title=title, answer=answer, is_public=is_public, uuid=uuid, by=by
    )
    idea.status, idea.title, idea.answer = status, title, answer
    idea.published_at = (idea.published_at or clock.now()) if is_public else None
    idea.save()
    audit.record("idea.answered", by=by, about=idea, status=status, public=is_public)
    notices.tell(
        "ideas",
        to=[idea.written_by],
        about=f"answered:{step.pk}",
        template="idea-answered",
        idea=idea.pk,
    )
    return idea


def _managers(idea):
    jobs = Employment.objects.in_force().filter(home=idea.home)
    roles = Employment.Role
    if idea.department_id:
        jobs = jobs.filter(department=idea.department_id, role=roles.MANAGER)
    else:
        jobs = jobs.filter(role=roles.CENTRE_MANAGER)
    return list(jobs.people())
