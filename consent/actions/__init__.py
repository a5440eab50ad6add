"""What the portal does with a resident's answers. Every change goes through here."""

from consent.actions.answers import (
    RecordedBefore,
    latest_end,
    mark_in_error,
    record_answer,
    record_answers,
    record_talk,
    withdraw,
)
from consent.actions.asking import AnsweredSince, record_asked, standing_numbers
from consent.actions.disclosures import (
    OvertakenDisclosure,
    meet_duty,
    record_disclosure,
)

__all__ = [
    "AnsweredSince",
    "OvertakenDisclosure",
    "RecordedBefore",
    "latest_end",
    "mark_in_error",
    "meet_duty",
    "record_answer",
    "record_answers",
    "record_asked",
    "record_disclosure",
    "record_talk",
    "standing_numbers",
    "withdraw",
]
