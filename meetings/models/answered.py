"""What the database keeps of a conversation's questions, whoever asks it.

Of what the minimum standard asks nothing is passed over: there is an answer, or a reason
why it is not relevant (Aarhus' relatives' policy; documents.md 1.2, MIN).
"""

from portal.refusals import Refused

PASSED_OVER = "Everything that the minimum standard asks has an answer or a reason."
KEEPS_ITS_OWN = "A conversation that has begun keeps its questions."
ITS_OWN = "A conversation answers the questions of its own version."

_UNANSWERED = """NEW.status = 'held' AND OLD.status <> 'held' AND EXISTS (
  SELECT 1 FROM meetings_question asked
    JOIN meetings_section part ON part.id = asked.section_id
   WHERE part.template_id = NEW.template_id AND part.minimum
     AND NOT part.minors_only AND NOT part.left_out AND NOT asked.left_out
     AND NOT EXISTS (
       SELECT 1 FROM meetings_answer given
        WHERE given.conversation_id = NEW.id AND given.question_id = asked.id
          AND (given.value <> '' OR given.text <> '')
          AND NOT EXISTS (
            SELECT 1 FROM meetings_answer later
             WHERE later.conversation_id = NEW.id
               AND later.question_id = asked.id AND later.version > given.version)))"""

_EMPTIED = """NEW.value = '' AND NEW.text = '' AND EXISTS (
  SELECT 1 FROM meetings_conversation held
    JOIN meetings_question asked ON asked.id = NEW.question_id
    JOIN meetings_section part ON part.id = asked.section_id
   WHERE held.id = NEW.conversation_id AND held.status = 'held' AND part.minimum)"""

_TAKEN_AWAY = """NEW.template_id <> OLD.template_id AND (OLD.status <> 'planned'
  OR EXISTS (SELECT 1 FROM meetings_answer given WHERE given.conversation_id = NEW.id))"""

_OF_ANOTHER = """EXISTS (
  SELECT 1 FROM meetings_conversation talk, meetings_question asked
    JOIN meetings_section part ON part.id = asked.section_id
   WHERE talk.id = NEW.conversation_id AND asked.id = NEW.question_id
     AND part.template_id <> talk.template_id)"""


def _refused(verb, reason, when, name):
    return Refused(verb, reason, dict.fromkeys(("sqlite", "postgresql"), when), name)


OF_CONVERSATIONS = (
    _refused("UPDATE", PASSED_OVER, _UNANSWERED, "unanswered"),
    _refused("UPDATE", KEEPS_ITS_OWN, _TAKEN_AWAY, "template"),
)
OF_ANSWERS = (
    _refused("INSERT", PASSED_OVER, _EMPTIED, "emptied"),
    _refused("INSERT", ITS_OWN, _OF_ANOTHER, "template"),
)
