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
from relatives.actions.people import (
    accept_confidentiality,
    change_relative,
    connect_relative,
    end_relation,
    record_relative,
)

__all__ = [
    "AlreadyAnswered",
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
    "mark_done",
    "record_agreement",
    "record_relative",
    "reopen_agreement",
]
