"""Employees: one account for each person, one employment for each place they work."""

from collections import defaultdict

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.models import Employment, User
from relatives.register import words
from relatives.register.compare.differ import Difference, date_of, differences, over
from relatives.register.kinds import KINDS

OF_A_DEPARTMENT = {str(role) for role in Employment.AT_A_DEPARTMENT}


def compare(plan, register, there, departments):
    """The employees of the home after the import: users by number and by e-mail."""
    known, people, seen = {}, defaultdict(list), set()
    for where in register.of("employee"):
        if where[1].good:
            people[where[1].values["register_id"]].append(where)
    for number, rows in people.items():
        user, told = _account(plan, there, number, rows[0])
        if user is None:
            continue
        jobs = there.jobs_by_user[user.pk] if user.pk else []
        for where, job in _match(rows, jobs, there.today):
            _compare_job(plan, there, departments, where, job, user, told)
            told = []
            if job:
                seen.add(job.pk)
        if user.pk or plan.adds(user):
            known[number.lower()] = known[rows[0][1].values["email"]] = user
    if people:
        plan.absent["employee"] = [
            str(job)
            for job in there.jobs
            if job.pk not in seen and not over(job.ends_on, there.today)
        ]
    return known


def _account(plan, there, number, where):
    """The person's account, and what changes about it. None if it is somebody else's."""
    sheet, row = where
    email = row.values["email"]
    jobs = there.jobs_by_number.get(number)
    at_email = there.users_by_email.get(email)
    user = jobs[0].user if jobs else at_email
    if jobs and at_email and at_email != user:
        text = _("%(email)s is the log-in of somebody else. Each person has their own.")
        plan.wrong(sheet, row, "email", text % {"email": email})
        return None, []
    if user is None:
        user = User(email=email, name=_name(row), language="da")
        # They choose a password when they have been invited.
        user.set_unusable_password()
        return user, []
    here = there.jobs_by_user.get(user.pk, [])
    other = next((j.register_id for j in here if j.register_id), number)
    if not jobs and other != number:
        text = _("%(email)s belongs to employee %(number)s in the portal.")
        plan.wrong(sheet, row, "email", text % {"email": email, "number": other})
        return None, []
    if not here and user.pk in there.has_log_in:
        text = _(
            "%(email)s already has a log-in, and will be let in as an employee at once. "
            "Make sure that it is the right person."
        )
        plan.note(sheet, row, "email", text % {"email": email})
    if not here or user.pk in there.works_elsewhere:
        # Another home's people keep their names, whatever stands in our files.
        return user, []
    return user, _changes_to(plan, there, user, sheet, row)


def _name(row):
    given, family = row.values.get("given_name"), row.values.get("family_name")
    return row.values.get("name") or f"{given} {family}"[:150]


def _changes_to(plan, there, user, sheet, row):
    changes, name, email = [], _name(row), row.values["email"]
    heading = KINDS["employee"].heading
    if user.name != name:
        changes.append(Difference(heading("name"), user.name, name))
        user.name = name
        plan.will_save(user, "name")
    if user.email.lower() != email:
        if user.pk in there.has_log_in:
            text = _("The log-in %(email)s is kept: it is changed in the portal.")
            plan.note(sheet, row, "email", text % {"email": user.email})
        else:
            changes.append(Difference(heading("email"), user.email, email))
            user.email = email
            plan.will_save(user, "email")
    return changes


def _match(rows, jobs, today):
    """Each row with the employment that it is about, or None."""
    free = sorted(jobs, key=lambda job: over(job.ends_on, today))
    matches = {}

    def take(fits):
        for index, (_sheet, row) in enumerate(rows):
            if index not in matches:
                job = next((job for job in free if fits(row.values, job)), None)
                if job:
                    free.remove(job)
                    matches[index] = job

    take(
        lambda values, job: _same_place(values, job) and values.get("role") == job.role
    )
    take(_same_place)
    current = [job for job in free if not over(job.ends_on, today)]
    waiting = [index for index in range(len(rows)) if index not in matches]
    if len(current) == len(waiting) == 1 and (
        current[0].department_id or "role" in rows[waiting[0]][1].values
    ):
        # One place before and one now: the person has moved. But a file that knows no
        # roles makes no care worker of the centre manager.
        matches[waiting[0]] = current[0]
        free.remove(current[0])
    return [(where, matches.get(i)) for i, where in enumerate(rows)]


def _same_place(values, job):
    if job.department is None:
        return "department" not in values and values.get("role") == job.role
    return words.simplify(values.get("department", "")) == words.simplify(
        job.department.name
    )


def _compare_job(plan, there, departments, where, job, user, changes):
    sheet, row = where
    values = _job_values(row, departments)
    told = {
        "name": _title(user, values["department"]),
        "number": row.values["register_id"],
        "where": where,
    }
    starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
    stopped = job and over(job.ends_on, there.today)
    if job is None or (stopped and starts_on and starts_on > job.ends_on):
        _add_job(plan, there, where, values, user, changes, told)
        return
    if stopped and not (ends_on and ends_on <= job.ends_on):
        text = _("Stopped on %(date)s in the portal, and stays stopped.")
        plan.note(sheet, row, "ends_on", text % {"date": date_format(job.ends_on)})
        values.pop("ends_on", None)
    changes = changes + differences(plan, "employee", job, values)
    if job.ends_on and job.ends_on < job.starts_on:
        text = _(
            "The last day in the portal, %(date)s, lies before the first day here."
        )
        plan.wrong(sheet, row, "starts_on", text % {"date": date_format(job.ends_on)})
        return
    plan.will_change("employee", changes, **told)


def _add_job(plan, there, where, values, user, changes, told):
    sheet, row = where
    if over(values.get("ends_on"), there.today):
        text = _("Stopped on %(date)s and is not brought into the portal.")
        date = date_format(values["ends_on"])
        plan.note(sheet, row, "ends_on", text % {"date": date})
        plan.will_change("employee", changes, **told)
        return
    values.setdefault("role", Employment.Role.CARE)
    values.setdefault("starts_on", there.today)
    if user._state.adding:
        plan.will_add_with(user)
    job = Employment(user=user, home=there.home, **values)
    plan.will_add("employee", job, values=row.values, **told)


def _title(user, department):
    return f"{user.name}, {department}" if department else user.name


def _job_values(row, departments):
    values = {"register_id": row.values["register_id"]}
    for name in ("profession", "role"):
        if name in row.values:
            values[name] = row.values[name]
    for name in ("starts_on", "ends_on"):
        if name in row.values:
            values[name] = date_of(row.values, name)
    place = words.simplify(row.values.get("department", ""))
    values["department"] = departments.get(place)
    return values
