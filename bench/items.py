"""The items, and what is said about them."""

from bench.sizes import A_DEPARTMENT, A_HOME, CARERS, HIDDEN, KNOWN, TOPICS
from bench.sql import numbers
from news.models import DiaryEntry, NewsItem
from relatives.models import Agreement, AgreementReply, Contact

# Of each hundred items.
AGREEMENTS = 20
THREE_YEARS = 3 * 365 * 24 * 3600


def fill(db, size, residents, departments):
    hidden = min(HIDDEN, (size - KNOWN) // 4)
    carer = 2 * residents + 1
    by, author = {"recorded_by_id": carer}, {"author_id": carer}
    # In turn: the known department's, what is hidden from relative 3, everybody else's.
    parts = [
        (KNOWN, f"1 + i % {A_DEPARTMENT}", f"(i / {A_DEPARTMENT}) % {TOPICS}", None),
        (hidden, "2", "1 + i % 6", "i % 3600"),
        (
            size - KNOWN - hidden,
            f"{A_DEPARTMENT + 1} + i % {max(1, residents - A_DEPARTMENT)}",
            f"(i / 7) % {TOPICS}",
            None,
        ),
    ]
    made = {DiaryEntry: 0, Agreement: 0}
    for count, resident, k, seconds in parts:
        ago = db.ago(seconds or f"3600 + (i * 7919) % {THREE_YEARS}")
        topic = f"(SELECT t.name FROM bench_topic AS t WHERE t.k = {k})"
        for model, share in ((DiaryEntry, 100 - AGREEMENTS), (Agreement, AGREEMENTS)):
            if resident == "2":
                # Nobody has ten thousand agreements.
                share = 100 if model is DiaryEntry else 0
            rows, first = count * share // 100, made[model]
            common = {"id": f"{first} + i", "resident_id": resident, "topic": topic}
            if model is DiaryEntry:
                common |= {"recorded_at": ago, "written_at": ago}
                common["happened_on"] = db.day(f"-(i % {3 * 365})")
                common["text"] = f"'Vi var i skoven. Nummer ' || {db.text('i')}"
            else:
                common |= {"recorded_at": ago, "due_on": db.day("(i % 40) - 1")}
                common["text"] = f"'Ringer om søndagen. Nummer ' || {db.text('i')}"
                # Half of them are done.
                common["done_on"] = f"CASE i % 2 WHEN 0 THEN {db.day('-9')} END"
                common["done_by_id"] = f"CASE i % 2 WHEN 0 THEN {carer} END"
                # One in eight is a later version of the one before it.
                turn = A_DEPARTMENT if made[model] == 0 else residents - A_DEPARTMENT
                common["replaces_id"] = (
                    f"CASE WHEN i % 8 = 5 AND i > {turn} THEN {first} + i - {turn} END"
                )
            db.fill(model, numbers(1, rows), **common, **by)
            made[model] += rows
    _replies(db, made[Agreement], carer)
    _contacts(db, size // 2, residents)
    db.fill(
        NewsItem,
        numbers(1, 20 * departments),
        home_id=f"1 + (i % {departments}) / {A_HOME}",
        title="'Sommerfest'",
        text="'Alle er velkomne.'",
        published_at=db.ago("i * 60"),
        shown_from=db.ago("i * 60"),
        published_by_id=carer,
        **author,
    )
    db.fill(
        NewsItem.departments.through,
        "news_newsitem",
        newsitem_id="id",
        department_id=f"1 + id % {departments}",
    )


def _replies(db, agreements, carer):
    """To a quarter of the agreements; one in five of them asks for a change."""
    db.fill(
        AgreementReply,
        f"relatives_agreement AS a WHERE a.id % 4 = 0 AND a.id <= {agreements}",
        agreement_id="a.id",
        relative_id="2 * a.resident_id",
        kind="CASE a.id % 20 WHEN 0 THEN 'change' ELSE 'agreed' END",
        text="CASE a.id % 20 WHEN 0 THEN 'Hellere om lørdagen.' ELSE '' END",
        recorded_by_id="2 * a.resident_id",
        # Most wishes have been answered.
        answered_at=f"CASE WHEN a.id % 20 = 0 AND a.id % 60 <> 0 THEN {db.ago(99)} END",
        answered_by_id=f"CASE WHEN a.id % 20 = 0 AND a.id % 60 <> 0 THEN {carer} END",
    )


def _contacts(db, count, residents):
    """Half as many as items; two in a hundred are yet to be followed up."""
    known = KNOWN // 2
    rest = max(1, residents - A_DEPARTMENT)
    for first, last, resident, turn in (
        (1, known, f"1 + i % {A_DEPARTMENT}", A_DEPARTMENT),
        (known + 1, count, f"{A_DEPARTMENT + 1} + i % {rest}", rest),
    ):
        # One in twenty puts right what the one before it says.
        corrects = f"CASE WHEN i % 20 = 3 AND i >= {first + turn} THEN i - {turn} END"
        carer = f"{2 * residents} + 1 + (({resident} - 1) / {A_DEPARTMENT}) * {CARERS}"
        db.fill(
            Contact,
            numbers(first, last),
            id="i",
            corrects_id=corrects,
            first_id=corrects,
            resident_id=resident,
            relative_id=f"2 * ({resident})",
            note=f"'Ringede om weekenden. Nummer ' || {db.text('i')}",
            happened_at=db.ago(f"(i * 7919) % {THREE_YEARS}"),
            recorded_at=db.ago(f"(i * 7919) % {THREE_YEARS}"),
            recorded_by_id=carer,
            follow_up_on=f"CASE i % 50 WHEN 7 THEN {db.day('-(i % 9)')} END",
            follow_up_by_id=f"CASE i % 50 WHEN 7 THEN {carer} END",
        )
