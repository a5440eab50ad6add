"""What the portal has of a home's people, read once: a handful of queries for any file."""

from collections import defaultdict

from allauth.account.models import EmailAddress
from django.db.models.functions import Lower

from portal import clock
from portal.models import Department, Employment, Invitation, User
from relatives.models import Relation, Relative
from relatives.register.words import simplify
from residents.models import Resident

# SQLite takes so many parameters and no more.
AT_ONCE = 500


def _in_parts(queryset, field, values):
    values = list(values)
    for start in range(0, len(values), AT_ONCE):
        yield from queryset.filter(**{f"{field}__in": values[start : start + AT_ONCE]})


class There:
    """One home, and of the rest of the world only whose e-mail addresses are in use."""

    def __init__(self, home, register):
        self.home = home
        self.today = clock.today()
        self.departments = {
            simplify(d.name): d for d in Department.objects.filter(home=home)
        }
        self.jobs = list(
            Employment.objects.filter(home=home).select_related("user", "department")
        )
        self.jobs_by_number = defaultdict(list)
        self.jobs_by_user = defaultdict(list)
        for job in self.jobs:
            self.jobs_by_user[job.user_id].append(job)
            if job.register_id:
                self.jobs_by_number[job.register_id].append(job)
        self._read_users(register)
        self.residents = {
            r.register_id: r
            for r in Resident.objects.filter(home=home).select_related(
                "department", "contact_person"
            )
        }
        self.residents_by_digest = {
            r.cpr_digest: r for r in self.residents.values() if r.cpr_digest
        }
        self.relatives = {r.register_id: r for r in Relative.objects.filter(home=home)}
        self.relations = defaultdict(list)
        for relation in (
            Relation.objects.filter(relative__home=home, resident__home=home)
            .select_related("relative", "resident")
            .prefetch_related("representations")
        ):
            key = (relation.relative_id, relation.resident_id)
            self.relations[key].append(relation)

    def _read_users(self, register):
        emails = {
            row.values["email"].lower()
            for _sheet, row in register.of("employee")
            if "email" in row.values
        }
        users = {job.user_id: job.user for job in self.jobs}
        known = User.objects.alias(lower=Lower("email"))
        found = {u.pk: u for u in _in_parts(known, "lower", emails)} if emails else {}
        # One object for each person, so that a change shows wherever it is read.
        self.users_by_email = {
            user.email.lower(): users.setdefault(user.pk, user)
            for user in found.values()
        }
        for user in users.values():
            self.users_by_email.setdefault(user.email.lower(), user)
        ids = set(users) if emails else set()
        elsewhere = Employment.objects.exclude(home=self.home).values_list(
            "user", flat=True
        )
        self.works_elsewhere = set(_in_parts(elsewhere, "user", ids))
        # Whoever has been written to has a log-in, or is about to choose one.
        written_to = Invitation.objects.values_list("user", flat=True)
        proven = EmailAddress.objects.values_list("user", flat=True)
        self.has_log_in = {
            *_in_parts(written_to, "user", ids),
            *_in_parts(proven, "user", ids),
            *(pk for pk, user in users.items() if user.has_usable_password()),
        }

    def standing_relations(self):
        for relations in self.relations.values():
            yield from (r for r in relations if r.ended_at is None)

    def holds(self, representation):
        ends_on = representation.ends_on
        return ends_on is None or ends_on >= self.today

    def between(self, relative, resident):
        """Every relation of the two, also those that were ended."""
        if relative.pk is None or resident.pk is None:
            return []
        return self.relations.get((relative.pk, resident.pk), [])

    def employee(self, reference):
        """The user whom a number or an e-mail address means, if employed here."""
        jobs = self.jobs_by_number.get(reference)
        if jobs:
            return jobs[0].user
        user = self.users_by_email.get(reference.lower())
        return user if user and self.jobs_by_user.get(user.pk) else None
