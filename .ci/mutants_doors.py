"""Mutants of what stands around the predicate: what is told, and who may look."""

GRANTS = "consent/grants.py"
ANSWERS, CALLERS = "consent/phone/answers.py", "consent/phone/callers.py"
TELLINGS, LEDGER = "relatives/actions/tellings.py", "residents/ledger.py"
SHOWING, POLICY = "residents/showing.py", "residents/policy.py"
LOG, SIGHT = "residents/models/log.py", "residents/sight.py"
RESIDENTS = "residents/models/residents.py"

DOORS = [
    # What staff may tell.
    (
        "telling: a no to being told is overlooked",
        GRANTS,
        """f" OR consent.action = 'see' AND {_NEVER_ASKED_ABOUT_BEING_TOLD})\"""",
        """" OR consent.action = 'see')\"""",
    ),
    (
        "telling: to see is not to be told",
        GRANTS,
        """f" OR consent.action = 'see' AND {_NEVER_ASKED_ABOUT_BEING_TOLD})\"""",
        """")\"""",
    ),
    (
        "telling: what was recorded in error counts",
        GRANTS,
        "          AND own.closed_because <> 'in_error'",
        "",
    ),
    (
        "telling: a no about another topic counts",
        GRANTS,
        "          AND own.topic = consent.topic\n",
        "",
    ),
    (
        "telling: a no about another relative counts",
        GRANTS,
        "own.relation_id = consent.relation_id",
        "1 = 1",
    ),
    (
        "telling: to take part is to be told",
        GRANTS,
        "(consent.action = 'be_told'",
        "(consent.action <> 'see'",
    ),
    (
        "telling: though the relation ended",
        GRANTS,
        "AND consent.action IN ('see', 'be_told') AND {_STANDS}",
        "AND consent.action IN ('see', 'be_told')",
    ),
    (
        "telling: by law though the relation ended",
        GRANTS,
        """WHERE {_holds("representation", _TOPIC)} AND {_STANDS}
\"""",
        """WHERE {_holds("representation", _TOPIC)}
\"""",
    ),
    (
        "in force: though the relation ended",
        GRANTS,
        "WHERE {_CONSENT_HOLDS} AND {_STANDS}",
        "WHERE {_CONSENT_HOLDS}",
    ),
    # Birthdays, as either database reckons them.
    (
        "a day late, on SQLite",
        GRANTS,
        "portal_today()) < strftime",
        "portal_today()) <= strftime",
    ),
    (
        "a day late, on PostgreSQL",
        GRANTS,
        "(to_char(portal_today(), 'MM-DD') < to_char",
        "(to_char(portal_today(), 'MM-DD') <= to_char",
    ),
    (
        "15 in whole years",
        RESIDENTS,
        "clock.years_old(self.born_on)",
        "clock.today().year - self.born_on.year",
    ),
    # On the telephone.
    (
        "phone: what another may be told",
        ANSWERS,
        "if row.relation_id == relation.pk]",
        "]",
    ),
    (
        "phone: health is the parents' until 18",
        ANSWERS,
        "15 if own_health else 18",
        "18",
    ),
    (
        "phone: those of any resident",
        CALLERS,
        "objects.visible_to(user)",
        "objects.all()",
    ),
    ("phone: who was a relative once", CALLERS, "        .standing()\n", ""),
    (
        "phone: on the day of moving out",
        CALLERS,
        "moved_out_on__gt=clock.today()",
        "moved_out_on__gte=clock.today()",
    ),
    (
        "phone: a closed topic is left out unasked",
        TELLINGS,
        "    if closed and not leaving_out_closed:\n        raise NotToBeTold(closed)\n",
        "",
    ),
    (
        "phone: a closed topic is logged as told",
        TELLINGS,
        "for topic in told if topic not in closed]",
        "for topic in told]",
    ),
    # The ledger, and who may read it.
    (
        "ledger: told without a ground",
        LEDGER,
        "    if not set(topics) <= grounds.keys():\n        raise NoGround\n",
        "    grounds = {topic: grounds.get(topic, (Ground.CONSENT, 0)) for topic in topics}\n",
    ),
    (
        "ledger: anybody tells",
        LEDGER,
        "    if job is None:\n        raise NoGround\n",
        "    job = job or by.employments_in_force[0]\n",
    ),
    (
        "ledger: no ground is needed",
        SHOWING,
        "            raise NoGround",
        "            found = (Ground.OWN, 0)",
    ),
    (
        "ledger: one topic is ground for another",
        SHOWING,
        "any_of_them if whole else None",
        "any_of_them",
    ),
    (
        "ledger: the narrower of two grounds",
        SHOWING,
        "            grant[1] is None,",
        "            grant[1] is not None,",
    ),
    (
        "log: every employee reads it",
        POLICY,
        "any(job.is_manager for job",
        "any(True for job",
    ),
    (
        "log: of every department",
        LOG,
        "Department.objects.numbers_of_logs(user)",
        "Department.objects.all()",
    ),
    (
        "log: of where one works",
        LOG,
        "Department.objects.numbers_of_logs(user)",
        "Department.objects.of_work(user)",
    ),
    ("log: of every resident", LOG, "self.filter(resident=resident)", "self.all()"),
    (
        "log: relatives too",
        LOG,
        "self.filter(capacity__in=AccessEvent.STAFF)",
        "self.all()",
    ),
    (
        "a job in any department",
        POLICY,
        "and job.department_id == resident.department_id",
        "",
    ),
    ("a job in any home", POLICY, "and job.home_id == resident.home_id", ""),
    # Seeing through another's eyes.
    ("eyes: any resident", SIGHT, "and obj.pk == self.resident", ""),
    (
        "eyes: any topic",
        SIGHT,
        "and codename in {Topic(topic).codename for topic in self.topics}",
        "",
    ),
    (
        "eyes: one's own job",
        SIGHT,
        "    user.jobs_today = user.employments_in_force = []\n",
        "",
    ),
    (
        "eyes: all that is shared with them",
        RESIDENTS,
        "content_object=user.sight.resident, topic__in",
        "topic__in",
    ),
]
