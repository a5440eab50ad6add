"""What the database keeps of the questions: what is in use is never changed.

And a home's version asks all that the minimum standard asks, in the same words and for
the same readers (Aarhus' relatives' policy; documents.md 1.2, MIN). Once it is issued
neither it nor the common version can change, so that it stays true.
"""

from portal.refusals import Refused

IN_USE = "A version of the questions that is in use is never changed or removed."
FIRST_A_DRAFT = "A home's version of the questions begins as a draft."
MINIMUM = "A home's version asks everything that the minimum standard asks."

_FROZEN = "it.issued_at IS NOT NULL"

_INCOMPLETE = """NEW.home_id IS NOT NULL AND NEW.issued_at IS NOT NULL AND (
  NOT EXISTS (SELECT 1 FROM meetings_template it
               WHERE it.id = NEW.based_on_id AND it.home_id IS NULL)
  OR EXISTS (
    SELECT 1 FROM meetings_question needed
      JOIN meetings_section chapter ON chapter.id = needed.section_id
     WHERE chapter.template_id = NEW.based_on_id AND chapter.minimum
       AND NOT EXISTS (
         SELECT 1 FROM meetings_question asked
           JOIN meetings_section part ON part.id = asked.section_id
          WHERE part.template_id = NEW.id AND part.key = chapter.key
            AND part.minimum AND NOT part.left_out AND NOT asked.left_out
            AND part.minors_only = chapter.minors_only
            AND asked.key = needed.key AND asked.text = needed.text
            AND asked.kind = needed.kind AND asked.audience = needed.audience
            AND asked.topic = needed.topic)))"""


def _refused(verb, reason, when, name=""):
    return Refused(verb, reason, dict.fromkeys(_DIFFERS, when), name)


def _rows(verb, column):
    rows = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
    return ", ".join(f"{row}.{column}" for row in rows[verb])


def _section(verb):
    when = (
        "EXISTS (SELECT 1 FROM meetings_template it"  # noqa: S608 -- our own words
        f" WHERE it.id IN ({_rows(verb, 'template_id')}) AND {_FROZEN})"
    )
    return _refused(verb, IN_USE, when)


def _question(verb):
    when = (
        "EXISTS (SELECT 1 FROM meetings_section part"  # noqa: S608 -- our own words
        " JOIN meetings_template it ON it.id = part.template_id"
        f" WHERE part.id IN ({_rows(verb, 'section_id')}) AND {_FROZEN})"
    )
    return _refused(verb, IN_USE, when)


_WAS_FROZEN = "OLD.issued_at IS NOT NULL"
_CHANGED = ("home_id", "version", "based_on_id", "issued_at", "issued_by_id")
_DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}


def _rewritten(differs):
    changed = " OR ".join(f"OLD.{one} {differs} NEW.{one}" for one in _CHANGED)
    return f"{_WAS_FROZEN} AND ({changed})"


VERBS = ("INSERT", "UPDATE", "DELETE")

OF_TEMPLATES = (
    _refused(
        "INSERT",
        FIRST_A_DRAFT.replace("'", "''"),
        "NEW.home_id IS NOT NULL AND NEW.issued_at IS NOT NULL",
    ),
    Refused(
        "UPDATE", IN_USE, {vendor: _rewritten(how) for vendor, how in _DIFFERS.items()}
    ),
    _refused("UPDATE", MINIMUM.replace("'", "''"), _INCOMPLETE, "minimum"),
    _refused("DELETE", IN_USE, _WAS_FROZEN),
)
OF_SECTIONS = tuple(map(_section, VERBS))
OF_QUESTIONS = tuple(map(_question, VERBS))
