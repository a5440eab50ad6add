"""What residents let others see, as the database sees it. guardian reads this view.

Three grounds and no fourth: the resident's consent, a representation by law, and being
the resident. Each is a SELECT of its own, so that readers look in one place.
"""

from portal.sqlviews import View

# Custody opens everything below 15; from 15 the young person's own consent is needed for
# health (sundhedsloven § 17); at 18 it is gone, at midnight in Denmark. A birthday on
# 29 February counts from 1 March in other years, as in Danish practice.
_YEARS_OLD = {
    "sqlite": """
        (CAST(strftime('%Y', portal_today()) AS INTEGER)
         - CAST(strftime('%Y', resident.born_on) AS INTEGER)
         - (strftime('%m-%d', portal_today()) < strftime('%m-%d', resident.born_on)))
    """,
    "postgresql": """
        (extract(year FROM portal_today())::integer
         - extract(year FROM resident.born_on)::integer
         - (to_char(portal_today(), 'MM-DD') < to_char(resident.born_on, 'MM-DD'))::integer)
    """,
}


def _holds(row, topic):
    """A representation that holds today and is about the topic."""
    return f"""{row}.starts_on <= portal_today()
   AND ({row}.ends_on IS NULL OR {row}.ends_on >= portal_today())
   AND {row}.in_error_at IS NULL
   AND (CASE
        WHEN {row}.kind IN ('sole_custody', 'shared_custody')
        THEN {{years_old}} < 15
             OR ({{years_old}} < 18
                 AND {topic} NOT IN ('health', 'treatment', 'substance'))
        WHEN {row}.kind IN ('economic', 'incapacitated', 'joint')
        THEN {topic} = 'economy'
        ELSE CAST({row}.topics AS text) LIKE '%"' || {topic} || '"%'
        END)"""


def _giver_still_may(row):
    """Nobody may presume that whoever spoke for another still does (FOB 08.303)."""
    return f"""(talk.{row}_id IS NULL OR EXISTS (
       SELECT 1
         FROM relatives_representation giver
         JOIN relatives_relation tie ON tie.id = giver.relation_id
        WHERE giver.id = talk.{row}_id
          AND tie.resident_id = relation.resident_id
          AND tie.ended_at IS NULL
          AND {_holds("giver", "consent.topic")}))"""


_STANDS = """relation.ended_at IS NULL
   AND (resident.moved_out_on IS NULL OR resident.moved_out_on > portal_today())"""

# A yes that holds at this instant. One given for the resident lapses with the right to
# give it: at the guardian's end, and for custody at the fifteenth or eighteenth birthday.
_CONSENT_HOLDS = f"""consent.answer = 'yes'
   AND consent.closed_at IS NULL
   AND consent.starts_at <= portal_now()
   AND consent.ends_at > portal_now()
   AND {_giver_still_may("representation")}
   AND {_giver_still_may("agreed_too")}"""

_TALK = """
  JOIN consent_consenttalk talk ON talk.id = consent.talk_id"""

_TOPIC = "substr(permission.codename, 5)"

_LET_IN = """person.is_active
   AND relative.confidentiality_accepted_at IS NOT NULL"""

_TOPICS = """
  JOIN django_content_type model
    ON model.app_label = 'residents' AND model.model = 'resident'
  JOIN auth_permission permission
    ON permission.content_type_id = model.id"""

_RELATION = """
  JOIN relatives_relation relation ON relation.id = {row}.relation_id
  JOIN residents_resident resident ON resident.id = relation.resident_id"""

_PERSON = """
  JOIN relatives_relative relative ON relative.id = relation.relative_id
  JOIN portal_user person ON person.id = relative.user_id"""

_GRANT = f"""
SELECT (consent.id * 1000000 + permission.id) * 3 AS id,
       relative.user_id AS user_id,
       permission.id AS permission_id,
       relation.resident_id AS content_object_id,
       consent.topic AS topic,
       consent.since AS since,
       'consent' AS ground,
       consent.id AS ground_id
  FROM consent_consent consent {_TALK} {_RELATION.format(row="consent")} {_PERSON} {_TOPICS}
   AND permission.codename = 'see_' || consent.topic
 WHERE {_CONSENT_HOLDS} AND consent.action = 'see' AND {_STANDS} AND {_LET_IN}
UNION ALL
SELECT (representation.id * 1000000 + permission.id) * 3 + 1,
       relative.user_id,
       permission.id,
       relation.resident_id,
       substr(permission.codename, 5),
       NULL,
       CASE WHEN representation.kind IN ('sole_custody', 'shared_custody')
            THEN 'custody' ELSE 'representation' END,
       representation.id
  FROM relatives_representation representation
       {_RELATION.format(row="representation")} {_PERSON} {_TOPICS}
   AND permission.codename LIKE 'see_%'
 WHERE {_holds("representation", _TOPIC)} AND {_STANDS} AND {_LET_IN}
UNION ALL
SELECT (resident.id * 1000000 + permission.id) * 3 + 2,
       resident.user_id,
       permission.id,
       resident.id,
       substr(permission.codename, 5),
       NULL,
       'own',
       resident.id
  FROM residents_resident resident
  JOIN portal_user person ON person.id = resident.user_id {_TOPICS}
   AND permission.codename LIKE 'see_%'
 WHERE person.is_active
"""

_TELLING = f"""
SELECT consent.id * 2 AS id,
       relation.id AS relation_id,
       consent.topic AS topic,
       'consent' AS ground,
       consent.id AS ground_id
  FROM consent_consent consent {_TALK} {_RELATION.format(row="consent")}
 WHERE {_CONSENT_HOLDS} AND consent.action IN ('see', 'be_told') AND {_STANDS}
UNION ALL
SELECT (representation.id * 1000000 + permission.id) * 2 + 1,
       relation.id,
       substr(permission.codename, 5),
       CASE WHEN representation.kind IN ('sole_custody', 'shared_custody')
            THEN 'custody' ELSE 'representation' END,
       representation.id
  FROM relatives_representation representation
       {_RELATION.format(row="representation")} {_TOPICS}
   AND permission.codename LIKE 'see_%'
 WHERE {_holds("representation", _TOPIC)} AND {_STANDS}
"""

_IN_FORCE = f"""
SELECT consent.id AS consent_id
  FROM consent_consent consent {_TALK} {_RELATION.format(row="consent")}
 WHERE {_CONSENT_HOLDS} AND {_STANDS}
"""


def _for_each_vendor(select):
    return {
        vendor: select.replace("{years_old}", years_old)
        for vendor, years_old in _YEARS_OLD.items()
    }


V2 = View(
    "residents_grant",
    _for_each_vendor(_GRANT),
    reason="Grants follow consents: record or withdraw a consent.",
)

# What staff may tell, also those relatives who have no log-in.
TELLING_V2 = View(
    "relatives_telling",
    _for_each_vendor(_TELLING),
    reason="Whom staff may tell follows from consents.",
)

# Asked whether the staff may tell something, that answer counts, also when it is no, is
# withdrawn or has run out: what one may read oneself is another question.
_NEVER_ASKED_ABOUT_BEING_TOLD = """NOT EXISTS (
       SELECT 1
         FROM consent_consent own
        WHERE own.relation_id = consent.relation_id
          AND own.topic = consent.topic
          AND own.action = 'be_told'
          AND own.closed_because <> 'in_error')"""

TELLING_V3 = View(
    "relatives_telling",
    _for_each_vendor(
        _TELLING.replace(
            "consent.action IN ('see', 'be_told')",
            "(consent.action = 'be_told'"
            f" OR consent.action = 'see' AND {_NEVER_ASKED_ABOUT_BEING_TOLD})",
        )
    ),
    reason="Whom staff may tell follows from consents.",
)

# Which answers hold, whatever they open. For pages.
IN_FORCE_V1 = View(
    "consent_in_force",
    _for_each_vendor(_IN_FORCE),
    reason="What holds follows from consents.",
)
