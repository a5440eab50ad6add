"""What the portal does with a resident's answers. Every change goes through here."""

from consent.actions.answers import (
    latest_end,
    mark_in_error,
    record_answer,
    record_talk,
    withdraw,
)
from consent.actions.asking import (
    AnsweredSince,
    RecordedBefore,
    record_asked,
    standing_numbers,
)
from consent.actions.disclosures import (
    OvertakenDisclosure,
    meet_duty,
    record_disclosure,
)
from consent.actions.own import (
    AnsweredMeanwhile,
    answer_question,
    can_be_undone,
    last_day_of_a_yes,
    stop_everything,
    stop_topic,
    undo,
)
from consent.actions.papers import (
    EnteredBefore,
    enter_paper,
    keep_scan,
    print_questions,
)
from consent.actions.wishes import talked, wish_to_talk

__all__ = [
    "AnsweredMeanwhile",
    "AnsweredSince",
    "EnteredBefore",
    "OvertakenDisclosure",
    "RecordedBefore",
    "answer_question",
    "can_be_undone",
    "last_day_of_a_yes",
    "enter_paper",
    "keep_scan",
    "latest_end",
    "mark_in_error",
    "meet_duty",
    "print_questions",
    "record_answer",
    "record_asked",
    "record_disclosure",
    "record_talk",
    "standing_numbers",
    "stop_everything",
    "stop_topic",
    "talked",
    "undo",
    "wish_to_talk",
    "withdraw",
]
