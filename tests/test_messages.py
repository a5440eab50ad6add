"""What people read: all of it in Danish, and no harder than they can take.

Needs gettext, which collects the strings: run with the services.
"""

import os
import re
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import polib
import pytest

from tests.plain import HARDEST, lix

pytestmark = pytest.mark.services

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale" / "da" / "LC_MESSAGES"
READ_BY_GETTEXT = [
    *("portal", "residents", "relatives", "consent"),
    *("meetings", "news", "community", "knowledge"),
    *("templates", "static", "locale", "demo", "manage.py"),
]


@pytest.fixture(scope="module")
def danish():
    return polib.pofile(str(CATALOGUE / "django.po"), wrapwidth=0)


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """Everything there is to translate today, as makemessages finds it."""
    assert shutil.which("xgettext"), "apt-get install gettext"
    copy = tmp_path_factory.mktemp("messages")
    for name in READ_BY_GETTEXT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(
                source, copy / name, ignore=shutil.ignore_patterns("vendor", "*.pyc")
            )
        else:
            shutil.copy(source, copy)
    subprocess.run(
        [
            *(sys.executable, "manage.py", "makemessages", "-l", "da"),
            *("--no-obsolete", "--ignore", "demo/*"),
        ],
        cwd=copy,
        env=os.environ | {"DEMO": "1"},
        check=True,
        capture_output=True,
    )
    return polib.pofile(str(copy / "locale/da/LC_MESSAGES/django.po"))


def test_every_string_has_its_danish(collected, danish):
    known = {(entry.msgctxt, entry.msgid) for entry in danish if entry.translated()}

    missing = [
        entry.msgid for entry in collected if (entry.msgctxt, entry.msgid) not in known
    ]
    assert missing == []


def test_the_compiled_catalogue_is_that_of_the_text(danish):
    compiled = polib.mofile(str(CATALOGUE / "django.mo"))

    def all_of(catalogue):
        return {
            (one.msgctxt, one.msgid): one.msgstr or one.msgstr_plural
            for one in catalogue
            if one.msgstr or any(one.msgstr_plural.values())
        }

    assert all_of(compiled) == all_of(danish)


def test_no_name_is_lost_in_translation(danish):
    def names(text):
        return set(re.findall(r"%\(\w+\)[sd]|%[sd]|\{\w*\}", text))

    lost = [
        entry.msgid
        for entry in danish.translated_entries()
        for text in [entry.msgstr, *entry.msgstr_plural.values()]
        if text
        and names(text) != names(entry.msgid) | names(entry.msgid_plural)
        # "Én dag" needs no number.
        and not entry.msgid_plural
    ]
    assert lost == []


# Who reads what, by the file it stands in. What stands elsewhere is for staff.
READERS = {
    "residents": [
        *("consent/texts.py", "templates/consent/my_*", "templates/consent/_my_*"),
        *(
            "templates/consent/together_over.html",
            "templates/consent/who_has_looked.html",
        ),
        *(
            "consent/looking/easy.py",
            "consent/record/words.py",
            "consent/paper/words.py",
        ),
        *("templates/consent/record/receipt.html", "templates/pdf/receipt.html"),
        "templates/pdf/questions.html",
        "templates/community/*_easy.html",
    ],
    "relatives": [
        *("templates/community/my_*", "templates/community/ask.html"),
        *("templates/community/ideas.html", "templates/community/idea_form.html"),
        *("templates/mail/*", "templates/invitations/*", "templates/account/*"),
        *("templates/relatives/my_*", "templates/relatives/_my_*"),
        *("templates/relatives/confidentiality.html", "templates/[0-9]*.html"),
        *("templates/relatives/agreement_ask.html", "templates/news/everyday.html"),
    ],
    "staff": ["*"],
}


def readers(entry):
    files = [place for place, _line in entry.occurrences]
    return next(
        who
        for who, patterns in READERS.items()
        if all(any(fnmatch(file, one) for one in patterns) for file in files)
    )


@pytest.mark.parametrize("who", READERS)
def test_what_they_read_is_plain(danish, who):
    # A sentence has a full stop; labels and headings are not read as prose.
    prose = [
        entry.msgstr
        for entry in danish.translated_entries()
        if entry.msgstr.rstrip().endswith((".", "?", "!")) and readers(entry) == who
    ]

    assert prose
    assert lix(" ".join(prose)) <= HARDEST[who]
