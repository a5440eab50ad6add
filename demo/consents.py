"""Puts the questions to the residents of the demo, each on its day."""

from itertools import groupby
from operator import itemgetter

from consent import actions, besides, texts
from demo.answers import SEE, STOPPED, TALKS
from demo.house import at


def build(house):
    for resident, away, hour, by, how, answers in TALKS:
        _talk(house, resident, house.moment(away, hour), by, how, answers)
    for resident, relative, topic, away, by in STOPPED:
        consents = house.relations[resident, relative].consents.standing()
        with at(house.moment(away, "15.40")):
            actions.withdraw(
                consents.get(topic=topic, action=SEE),
                by=house.staff.get(by) or house.residents[by].user,
            )


def _talk(house, resident, asked_at, by, how, answers):
    """One sitting: a talk about each relative, as the portal records them."""
    asker = house.staff.get(by) or house.residents[by].user
    how = dict(how)
    if guardian := how.pop("for", None):
        relation = house.relations[resident, guardian]
        how["representation"] = relation.representations.get(ends_on=None)
    for relative, rows in groupby(answers, key=itemgetter(0)):
        rows = list(rows)
        relation = house.relations[resident, relative]
        said = [
            besides.Said(topic, answer, more.get("action", SEE))
            for _name, asked, answer, more in rows
            for topic in asked
        ]
        with at(asked_at):
            talk = actions.record_talk(
                resident=relation.resident,
                text_version=texts.VERSION,
                text_shown=besides.shown(said, str(relation.relative)),
                by=asker,
                **how,
            )
            for _name, asked, answer, more in rows:
                for topic in asked:
                    actions.record_answer(
                        talk=talk,
                        relation=relation,
                        topic=topic,
                        answer=answer,
                        by=asker,
                        **_dated(house, asked_at, more),
                    )


def _dated(house, asked_at, more):
    """Days counted from today become instants; `since` is the talk itself."""
    more = dict(more)
    if more.pop("since", False):
        more["since"] = asked_at
    for name in ("starts_at", "ends_at"):
        if name in more:
            more[name] = house.moment(more[name], "0.00")
    if "ask_again_on" in more:
        more["ask_again_on"] = house.day(more["ask_again_on"])
    return more
