"""Who is whose, who holds custody, who is a legal guardian."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from relatives.models import Relation, Representation
from relatives.register.checks.residents import is_minor
from relatives.register.compare.differ import Difference, date_of, differences, shown
from relatives.register.kinds import KINDS
from residents.topics import Topic

CUSTODY = Representation.CUSTODY
# These are about the topics that are named, the rest about the economy alone.
NAMED = (Representation.Kind.PERSONAL, Representation.Kind.FUTURE_POWER)


def compare(plan, ties, there, residents):
    seen, told_of = set(), set()
    for tie in ties:
        relative = there.relatives.get(tie.relative_id)
        resident = residents.get(tie.resident_id)
        told_of.add(tie.relative_id)
        if not (tie.row.good and relative and resident):
            continue
        told = {
            "name": f"{relative} – {resident}",
            "number": f"{tie.relative_id} – {tie.resident_id}",
            "where": (tie.sheet, tie.row),
        }
        earlier = there.between(relative, resident)
        relation = next((r for r in earlier if r.ended_at is None), None)
        if relation:
            seen.add(relation.pk)
            changes = differences(
                plan,
                "relation",
                relation,
                {"kind": tie.kind},
                columns={"kind": "kinds"},
            )
            changes += _representations(plan, tie, there, relation, resident)
            plan.will_change("relation", changes, **told)
        elif earlier:
            text = _(
                "The relation was ended in the portal on %(date)s, and stays ended."
            )
            date = date_format(max(r.ended_at for r in earlier))
            plan.note(tie.sheet, tie.row, "resident_ids", text % {"date": date})
            plan.will_change("relation", [], **told)
        else:
            relation = Relation(resident=resident, relative=relative, kind=tie.kind)
            plan.will_add("relation", relation, values=_trace(tie), **told)
            _representations(plan, tie, there, relation, resident)
    if ties:
        plan.absent["relation"] = [
            f"{relation.relative} – {relation.resident}"
            for relation in there.standing_relations()
            if relation.pk not in seen and relation.relative.register_id in told_of
        ]


def _trace(tie):
    return {k: v for k, v in vars(tie).items() if k not in ("sheet", "row")}


def _representations(plan, tie, there, relation, resident):
    """What differs in custody and guardianship. Adds and ends what must be."""
    changes = []
    if tie.custody:
        grown_up = not is_minor(resident.born_on.isoformat(), there.today)
        if tie.has_custody and grown_up:
            text = _("The resident is no longer below 18, so nobody has custody.")
            plan.note(tie.sheet, tie.row, "custody", text)
        else:
            wanted = [tie.custody] if tie.has_custody else []
            changes += _become(plan, tie, there, relation, "custody", wanted, {})
    if tie.guardianship:
        values = {"topics": sorted(tie.guardian_of)} if tie.guardian_of else {}
        for name, field in (
            ("starts_on", "guardian_from"),
            ("ends_on", "guardian_until"),
        ):
            if getattr(tie, field):
                values[name] = date_of(vars(tie), field)
        wanted = [kind for kind in tie.guardianship if kind != "none"]
        changes += _become(plan, tie, there, relation, "guardianship", wanted, values)
    return changes


def _become(plan, tie, there, relation, field, wanted, values):
    """Custody or guardianship of the relation becomes what the file says."""
    known = list(relation.representations.all()) if relation.pk else []
    known = [r for r in known if (r.kind in CUSTODY) == (field == "custody")]
    standing = {r.kind: r for r in known if _stands(r, there.today)}
    kinds, details = set(standing), []
    for kind in wanted:
        said = {k: v for k, v in values.items() if k != "topics" or kind in NAMED}
        if kind in standing:
            details += _changed(plan, tie, standing[kind], said)
        elif _may_begin(plan, tie, field, [r for r in known if r.kind == kind], said):
            last_day = said.get("ends_on", there.today)
            said.setdefault("starts_on", min(there.today, last_day))
            plan.will_add_with(Representation(relation=relation, kind=kind, **said))
            kinds.add(kind)
    for kind in kinds - set(wanted):
        _end(plan, there, standing[kind])
        kinds = kinds - {kind}
    if kinds == set(standing):
        return details
    old, new = _named(standing), _named(kinds)
    heading = KINDS["relation"].heading(field)
    return [Difference(heading, old, new, trace=str(values)), *details]


def _stands(representation, today):
    """What ends today cannot be ended any sooner."""
    return representation.ends_on is None or representation.ends_on > today


def _named(kinds):
    return ", ".join(sorted(str(Representation.Kind(k).label) for k in kinds)) or "–"


def _may_begin(plan, tie, field, ended, values):
    """What was ended in the portal begins again only with a later first day."""
    if not ended or values.get("starts_on", dt.date.min) > max(
        r.ends_on for r in ended
    ):
        return True
    if all(r.ends_on != values.get("ends_on") for r in ended):
        text = _("It was ended in the portal on %(date)s, and stays ended.")
        date = date_format(max(r.ends_on for r in ended))
        plan.note(tie.sheet, tie.row, field, text % {"date": date})
    return False


def _changed(plan, tie, holding, values):
    names = {
        "topics": "guardian_of",
        "starts_on": "guardian_from",
        "ends_on": "guardian_until",
    }
    changes = []
    for name, new in values.items():
        old = getattr(holding, name)
        if (sorted(old) if name == "topics" else old) != new:
            setattr(holding, name, new)
            plan.will_save(holding, name)
            told = [_topics(v) if name == "topics" else shown(v) for v in (old, new)]
            changes.append(Difference(KINDS["relation"].heading(names[name]), *told))
    if holding.ends_on and holding.ends_on < holding.starts_on:
        text = _("The last day lies before the first.")
        plan.wrong(tie.sheet, tie.row, "guardian_until", text)
    return changes


def _topics(values):
    return ", ".join(str(Topic(value).label) for value in values) or "–"


def _end(plan, there, holding):
    """Until yesterday; what began today is over today, for it cannot end before."""
    yesterday = there.today - dt.timedelta(days=1)
    holding.ends_on = max(yesterday, holding.starts_on)
    plan.will_save(holding, "ends_on")
