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

__all__ = [
    "RecordedBefore",
    "latest_end",
    "mark_in_error",
    "record_answer",
    "record_answers",
    "record_talk",
    "withdraw",
]
