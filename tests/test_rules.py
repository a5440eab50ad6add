"""Rules that a person reading the code would look for, read by a machine each time.

The linter's own (ruff: S, DJ, FBT, banned imports) are in pyproject.toml; these are the
portal's. Each finds the fault in a line that has it, so that a rule which finds nothing
anywhere is no rule that cannot find.
"""

import ast
import re

import pytest
from django.apps import apps

from tests.test_house import CODE, ROOT, TEMPLATES, at


def name(path):
    return path.relative_to(ROOT).as_posix()


# Reading about people

ASKED_DIRECTLY = {"get", "filter", "all", "exclude", "first", "values", "values_list"}
# Nothing about a person stands in them.
NOT_PERSONAL = {"Home", "Department"}


def direct_questions(path):
    """Model.objects.filter(…) and get_object_or_404(Model, …) in a module."""
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Attribute(
                attr=asked,
                value=ast.Attribute(attr="objects", value=ast.Name(id=model)),
            ) if asked in ASKED_DIRECTLY:
                yield model, node.lineno
            case ast.Name(id="get_object_or_404" | "get_list_or_404"):
                match node.args[0]:
                    case ast.Name(id=model) if model[0].isupper():
                        yield model, node.lineno


# Change what somebody has found through visible_to() already, by its key; or are the rows.
NOT_READING = re.compile(r"/(models|actions|management)/|/actions\.py$")
FOUND = "follows from a row that visible_to() has found"
GATE = "part of the gate, or of what proves it"
KEYS = "the keys come from visible_to()"
# Module and model: why the question is not asked through visible_to().
OTHER_WAYS = {
    ("portal/retention.py", "Drawing"): "what is forgotten, by age",
    (
        "community/figures.py",
        "EnquiryMessage",
    ): "days and counts, of departments managed",
    ("consent/ahead/forecast.py", "Relation"): "asks the gate of another day",
    ("consent/before.py", "ConsentTalk"): FOUND,
    ("consent/facts.py", "Consent"): GATE,
    ("consent/facts.py", "Representation"): GATE,
    ("consent/facts.py", "Resident"): GATE,
    ("consent/givers.py", "Representation"): GATE,
    (
        "consent/looking/people.py",
        "Relation",
    ): "names in the log of a resident in sight",
    ("consent/protecting/could.py", "AccessEvent"): "where a resident in a look lived",
    (
        "consent/protecting/could.py",
        "Resident",
    ): "the resident of a look that is allowed",
    ("consent/record/history.py", "Consent"): FOUND,
    ("consent/record/history.py", "ConsentTalk"): FOUND,
    ("consent/record/receipts.py", "ConsentTalk"): KEYS,
    (
        "consent/renewals.py",
        "Consent",
    ): "the grants of this user, and residents visible",
    ("consent/rooms.py", "Consent"): "by the grants of this user",
    ("consent/standing.py", "Consent"): FOUND,
    ("consent/standing.py", "Representation"): FOUND,
    ("consent/verification.py", "Call"): GATE,
    ("meetings/handed.py", "Consent"): FOUND,
    ("meetings/invited.py", "HandOut"): "one's own alone",
    ("meetings/meeting_rooms.py", "Meeting"): "within at_work_of(user)",
    (
        "meetings/papers/agreements.py",
        "Agreement",
    ): "only keys; told to `by` is asked after",
    ("meetings/papers/agreements.py", "Part"): KEYS,
    ("meetings/papers/agreements.py", "Review"): KEYS,
    ("meetings/participants.py", "Representation"): FOUND,
    ("news/audience.py", "Relative"): "whom an item is for, not what they may read",
    ("news/publishing.py", "NewsItem"): FOUND,
    ("news/rooms.py", "NewsItem"): KEYS,
    ("portal/batches.py", "Drawing"): "behind the page, by the number it was handed",
    ("portal/drawing.py", "Drawing"): "behind the page, by the number it was handed",
    ("relatives/forms/log.py", "Contact"): "one's own alone",
    (
        "relatives/forms/people.py",
        "Relative",
    ): "whether an address is taken, in one home",
    ("relatives/forms/relations.py", "Representation"): FOUND,
    ("relatives/opened.py", "Representation"): "one's own alone",
    ("relatives/readings.py", "AgreementReply"): "one's own reply alone",
    ("relatives/everything.py", "Relative"): "names, to mask them",
    ("relatives/readings.py", "Part"): KEYS,
    ("relatives/register/rooms.py", "Resident"): "whether a home has any",
    ("relatives/register/there.py", "Relation"): "a home's whole register, by who may",
    ("relatives/register/there.py", "Relative"): "a home's whole register, by who may",
    ("relatives/register/there.py", "Resident"): "a home's whole register, by who may",
    ("relatives/today.py", "Contact"): KEYS,
    ("relatives/views/agreement_changes.py", "Relative"): "who a change is told",
    ("relatives/views/agreements.py", "Relative"): "who an agreement in sight is for",
    ("relatives/views/finding.py", "Relative"): KEYS,
    ("relatives/views/my_agreements.py", "AgreementReply"): "one's own reply alone",
    ("residents/everything.py", "AccessEvent"): "who looked at oneself, by role alone",
    ("residents/everything.py", "Resident"): "names, to mask them",
    ("residents/ledger.py", "AccessEvent"): "the log writes itself",
    ("residents/log_lines.py", "AccessEvent"): "counts beside rows that were found",
    (
        "residents/lookups.py",
        "Resident",
    ): "names of one home, for its protection officer",
    ("residents/sealing.py", "AccessEvent"): "the log seals itself",
}


def about_people():
    """The models whose rows not everybody may see."""
    return {
        model.__name__
        for model in apps.get_models()
        if hasattr(model._default_manager.none(), "visible_to")
    }


def test_people_are_read_only_through_visible_to():
    private = about_people()
    assert {"Resident", "Contact", "Consent", "DiaryEntry"} <= private

    asked = {
        (name(path), model)
        for path in CODE
        if not NOT_READING.search(name(path))
        for model, _line in direct_questions(path)
        # In a view nothing is asked of anybody, whatever the model says of itself.
        if model in private or ("views" in name(path) and model not in NOT_PERSONAL)
    }

    assert asked - OTHER_WAYS.keys() == set()
    # What is no longer asked needs no reason.
    assert OTHER_WAYS.keys() - asked == set()


# Code


def imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno
            yield from (
                (f"{node.module}.{alias.name}", node.lineno) for alias in node.names
            )


def imported(*banned):
    def found(tree):
        return [
            line
            for module, line in imports(tree)
            if any(module == one or module.startswith(f"{one}.") for one in banned)
        ]

    return found


def called(*names):
    """Calls of these, as functions or as methods of anything."""

    def found(tree):
        return [
            node.lineno
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and getattr(node.func, "attr", getattr(node.func, "id", "")) in names
        ]

    return found


def from_the_request(tree):
    """filter(**request.GET), order_by(request.GET[…]): who asks chooses the question."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") in QUESTIONS
        and any(
            isinstance(inside, ast.Attribute) and inside.attr in ("GET", "POST")
            for argument in (
                *(word.value for word in node.keywords if word.arg is None),
                *(node.args if node.func.attr == "order_by" else ()),
            )
            for inside in ast.walk(argument)
        )
    ]


QUESTIONS = {
    "filter",
    "exclude",
    "get",
    "create",
    "update",
    "order_by",
    "Q",
    "annotate",
}

# The rule, a line that breaks it, where it may stand and why.
RULES = {
    "WeasyPrint fetches, and stays in its room": (
        imported("weasyprint"),
        "def draw():\n    from weasyprint import HTML",
        {"portal/press.py": "the room: a process of its own"},
    ),
    "work is handed to the queue when its row is committed": (
        called("delay", "apply_async", "send_task", "delay_on_commit"),
        "task.delay(1)",
        {
            "portal/drawing.py": "after the row is committed; without Redis it is drawn here",
            "portal/postman.py": "called by on_commit, and swept for if it is lost",
        },
    ),
    "what people write is escaped": (
        called("mark_safe", "SafeString"),
        "mark_safe(text)",
        {
            "consent/forms.py": "a constant",
            "knowledge/prose.py": "a constant",
            "portal/searching.py": "put together from escaped parts",
            "portal/templatetags/paper.py": "a constant, so many times",
        },
    ),
    "no page is kept for whoever asks next": (
        imported("django.views.decorators.cache", "django.middleware.cache"),
        "from django.views.decorators.cache import cache_page",
        {},
    ),
    "a form from elsewhere is refused": (
        imported("django.views.decorators.csrf"),
        "from django.views.decorators.csrf import csrf_exempt",
        {
            "portal/views/mail_choices.py": "mail programs stop a mail, by a signed link",
            "portal/accounts/staff_idp.py": "the staff's provider posts a signed answer",
        },
    ),
    "nobody chooses the question": (
        from_the_request,
        "rows.filter(**request.GET.dict())",
        {},
    ),
    "the database is asked in Django's words": (
        called("raw", "extra"),
        'rows.raw("SELECT 1")',
        {},
    ),
    "only the log-in speaks with other services": (
        imported("requests", "urllib.request", "http.client", "httpx", "ftplib"),
        "import requests",
        {
            "portal/accounts/mitid.py": "catches what allauth meets at the broker",
        },
    ),
    "nothing is unpacked that may act": (
        imported("pickle", "marshal", "shelve", "yaml", "xml", "dill"),
        "import pickle",
        {},
    ),
    "no words of a person become a program": (
        called("eval", "exec", "compile_command", "system", "popen", "from_string"),
        "eval(text)",
        {},
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_the_code_keeps_the_rule(rule):
    broken, _example, allowed = RULES[rule]

    places = {
        name(path): lines
        for path in CODE
        if (lines := broken(ast.parse(path.read_text())))
    }

    assert {at: places[at] for at in places.keys() - allowed.keys()} == {}
    assert allowed.keys() - places.keys() == set()


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_sees_what_breaks_it(rule):
    broken, example, _allowed = RULES[rule]

    assert broken(ast.parse(example))
    assert not broken(ast.parse("rows = Resident.objects.visible_to(user)"))


# Templates

MARKS = re.compile(
    r"\|\s*(safe|safeseq)\b|\{%\s*autoescape\s+off|\{%\s*debug|javascript:"
)


def test_no_template_trusts_what_people_write():
    assert MARKS.search("{{ note|safe }}")
    assert MARKS.search("{% autoescape off %}")

    trusting = [
        name(path)
        for path in TEMPLATES
        for line in path.read_text().splitlines()
        if MARKS.search(line) and path.suffix == ".html"
    ]

    # A square of black and white that the portal has drawn itself.
    assert trusting == ["templates/mfa/totp/activate_form.html"]


# Scripts

SCRIPTS = [
    path for path in (ROOT / "static").rglob("*.js") if "vendor" not in path.parts
]
ACTING = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
    r"|localStorage|sessionStorage|indexedDB|document\.cookie|postMessage|__proto__"
    r"|https?://"
)


def test_no_script_makes_pages_of_words_or_keeps_them():
    assert SCRIPTS
    assert ACTING.search("node.innerHTML = said")
    assert ACTING.search('localStorage.setItem("a", 1)')

    acting = [
        f"{at(path, number)}: {line.strip()}"
        for path in SCRIPTS
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if ACTING.search(line)
    ]

    assert acting == []
