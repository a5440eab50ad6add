from relatives.actions.agreements import (
    AlreadyAnswered,
    Overtaken,
    answer_change,
    ask_for_change,
    change_agreement,
    confirm_agreement,
    end_agreement,
    mark_done,
    record_agreement,
    reopen_agreement,
)
from relatives.actions.chain import set_calls
from relatives.actions.following import review_agreement, say_too_much
from relatives.actions.people import (
    CannotBeInvited,
    accept_confidentiality,
    change_relative,
    connect_relative,
    end_relation,
    invite_relative,
    record_relative,
)
from relatives.actions.representations import (
    CannotBeEnded,
    CannotBeRecorded,
    end_representation,
    mark_representation_in_error,
    record_representation,
)

__all__ = [
    "AlreadyAnswered",
    "CannotBeEnded",
    "CannotBeInvited",
    "CannotBeRecorded",
    "Overtaken",
    "accept_confidentiality",
    "answer_change",
    "ask_for_change",
    "change_agreement",
    "change_relative",
    "confirm_agreement",
    "connect_relative",
    "end_agreement",
    "end_relation",
    "end_representation",
    "invite_relative",
    "mark_done",
    "mark_representation_in_error",
    "record_agreement",
    "record_relative",
    "record_representation",
    "reopen_agreement",
    "review_agreement",
    "say_too_much",
    "set_calls",
]
