"""The views as migration 0002 made them. Frozen: consent.grants has what stands now."""

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

# A yes that holds at this instant.
_CONSENT_HOLDS = """consent.answer = 'yes'
   AND consent.closed_at IS NULL
   AND consent.starts_at <= portal_now()
   AND consent.ends_at > portal_now()"""

# A representation that holds today and is about the topic.
_REPRESENTATION_HOLDS = """representation.starts_on <= portal_today()
   AND (representation.ends_on IS NULL OR representation.ends_on >= portal_today())
   AND (CASE
        WHEN representation.kind IN ('sole_custody', 'shared_custody')
        THEN {years_old} < 15
             OR ({years_old} < 18 AND permission.codename NOT IN
                 ('see_health', 'see_treatment', 'see_substance'))
        WHEN representation.kind IN ('economic', 'incapacitated', 'joint')
        THEN permission.codename = 'see_economy'
        ELSE CAST(representation.topics AS text)
             LIKE '%"' || substr(permission.codename, 5) || '"%'
        END)"""

_STANDS = """relation.ended_at IS NULL
   AND (resident.moved_out_on IS NULL OR resident.moved_out_on > portal_today())"""

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
  FROM consent_consent consent {_RELATION.format(row="consent")} {_PERSON} {_TOPICS}
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
 WHERE {_REPRESENTATION_HOLDS} AND {_STANDS} AND {_LET_IN}
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
  FROM consent_consent consent {_RELATION.format(row="consent")}
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
 WHERE {_REPRESENTATION_HOLDS} AND {_STANDS}
"""


def _for_each_vendor(select):
    return {
        vendor: select.replace("{years_old}", years_old)
        for vendor, years_old in _YEARS_OLD.items()
    }


V1 = View(
    "residents_grant",
    _for_each_vendor(_GRANT),
    reason="Grants follow consents: record or withdraw a consent.",
)

# What staff may tell, also those relatives who have no log-in.
TELLING_V1 = View(
    "relatives_telling",
    _for_each_vendor(_TELLING),
    reason="Whom staff may tell follows from consents.",
)
