"""Whose page it is, and who sits before it: the resident alone, or beside an employee."""

from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from consent import actions, policy, standing, texts
from consent.models import TalkWish
from consent.together import WITHOUT_A_TOUCH
from portal.models import User
from residents import ledger
from residents.models import Resident
from residents.topics import Topic


@dataclass
class Sitting:
    """The resident's own pages, for one request."""

    user: User
    resident: Resident
    # The first page; all the others lie below it.
    here: str
    together: bool

    @classmethod
    def of(cls, request, resident):
        """By one's own log-in, or by the uuid of the resident with whom one sits.

        Raises Http404 to everybody else, and PermissionDenied to an employee who has
        begun to sit with somebody and no longer works with them.
        """
        known = Resident.objects.visible_to(request.user).select_related(
            "department", "contact_person"
        )
        if resident is None:
            own = get_object_or_404(known.of(request.user))
            ledger.read(request.user, [own])
            return cls(request.user, own, reverse("consent:mine"), together=False)
        if request.held is None or request.held.resident != resident:
            raise Http404
        other = get_object_or_404(known, uuid=resident)
        if not policy.can_record_answers(request.user, other):
            raise PermissionDenied
        ledger.read(request.user, [other])
        here = reverse("consent:together", args=[resident])
        return cls(request.user, other, here, together=True)

    @cached_property
    def about(self):
        """How everything stands, a relative at a time."""
        relations = list(self.resident.relations.standing().select_related("relative"))
        for relation in relations:
            relation.resident = self.resident
        return standing.about(self.resident, relations)

    def one(self, relation):
        """All questions about one relative, by the relation's uuid. Raises Http404."""
        for one in self.about:
            if one.relation.uuid == relation:
                return one
        raise Http404

    def question(self, relation, topic):
        """One relative and one of the questions about them. Raises Http404."""
        if topic not in Topic.values:
            raise Http404
        one = self.one(relation)
        return one, one.question(topic)

    def may_answer(self, one, question):
        """Whether there is anything to answer here. A yes may take somebody else too."""
        return question.state != "law" and policy.can_answer_about(
            self.user, one.relation
        )

    def may_say_yes(self, one, question):
        return question.alone and self.may_answer(one, question)

    def said(self, one, question):
        """What the page of one question says: to read, and to keep with the answer."""
        if self.may_say_yes(one, question):
            last_day = actions.last_day_of_a_yes()
            return texts.page(question.topic, one.name, last_day=last_day)
        return texts.page(
            question.topic, one.name, why_not=self._why_not(one, question)
        )

    def _why_not(self, one, question):
        """Why the resident cannot answer this alone here, in a sentence or two."""
        if question.state == "law":
            return texts.by_law(question.topic, one.name)
        if not question.alone:
            return texts.others_answer(
                [
                    who.relation.relative.given_name
                    for who in standing.representations_of(self.resident)
                    if who.is_custody or policy.answers_too(who, question.topic)
                ]
            )
        return texts.is_at_work(one.name)

    @property
    def seconds(self):
        """How long the screen may lie untouched beside an employee's name."""
        return int(WITHOUT_A_TOUCH.total_seconds())

    @property
    def beside(self):
        """The first name of the employee who sits there too."""
        return self.user.name.split()[0]

    def wishes(self):
        """What the resident wants to talk about and nobody has talked about yet."""
        return TalkWish.objects.visible_to(self.user).open().of(self.resident)

    def whom_to_talk_with(self):
        """The contact person by first name, or nobody in particular."""
        person = self.resident.contact_person
        return person.name.split()[0] if person else ""

    def answer(self, request, template, **context):
        return render(
            request,
            template,
            {"sitting": self, "here": self.here, "resident": self.resident, **context},
        )

    def go(self, *parts):
        """Redirect to one of the pages below the first."""
        return redirect(self.here + "".join(f"{part}/" for part in parts))
