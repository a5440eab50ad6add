import re

import pytest

from portal import danish, searching
from portal.models import User
from tests.factories import UserFactory

# What is typed, a text, and whether it is found.
FOUND = [
    ("møde", "Mødet er flyttet", True),
    ("møder", "et møde", True),
    ("mødet", "MØDERNE i maj", True),
    ("møder", "Forældremøde", True),
    ("moede", "Mødet", True),
    ("MØDE", "møde", True),
    ("indkøb", "Tøjindkøb", True),
    ("indkoeb", "tøjindkøb", True),
    ("tøjindkøb", "toejindkoeb", True),
    ("tandl", "Tandlægen ringer", True),
    ("aarhus", "Århus", True),
    ("århus", "i Aarhus", True),
    ("århus", "A\u030arhus", True),
    ("cafe", "Café i haven", True),
    ("café", "CAFE", True),
    ("bjørn", "Björn", True),
    ("muller", "Müller", True),
    ("cykler", "en cykel", True),
    ("cykel", "to cykler", True),
    ("busser", "en bus", True),
    ("bus", "bussen", True),
    ("huset", "Sygehus", True),
    ("huset", "husk det", False),
    ("sommer", "Sommerfesten", True),
    ("sommer", "som du vil", False),
    ("is", "en is", True),
    ("is", "Vi viser", False),
    ("friis anna", "Anna Friis", True),
    ("friis birk", "Anna Friis", False),
    ('"anna friis"', "hos Anna  Friis", True),
    ('"friis anna"', "Anna Friis", False),
    ("„anna friis”", "Anna Friis", True),
    ("a_b", "axb", False),
    ("a_b", "A_B", True),
    ("50%", "50 stole", True),
    ("e-mail", "E-mailen", True),
    ("(x|y)+", "xxyy", False),
    ("c++", "C", True),
    ("12.30", "kl. 12.30", True),
    ("12.30", "kl. 12x30", False),
]


@pytest.mark.parametrize(("typed", "text", "found"), FOUND)
def test_a_word_is_found_in_its_other_forms_and_in_longer_words(typed, text, found):
    terms = danish.terms(typed)

    assert terms
    assert all(re.search(term.pattern, text) for term in terms) is found


def test_the_database_finds_what_python_finds_and_nothing_else(db):
    texts = sorted({text for _typed, text, _found in FOUND})
    for number, text in enumerate(texts):
        UserFactory(name=text, email=f"u{number}@example.com")

    for typed in sorted({typed for typed, _text, _found in FOUND}):
        rows = searching.with_words(User.objects.all(), typed, "name")
        terms = danish.terms(typed)
        assert set(rows.values_list("name", flat=True)) == {
            text for text in texts if all(any(term.spans(text)) for term in terms)
        }, typed


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "%", "_ % .*", '""', '"', "\x00", "\u202e\u200f", "!!!", "-", "\\"],
)
def test_what_has_no_letter_in_it_is_nothing_to_look_for(typed):
    assert danish.terms(typed) == []


@pytest.mark.parametrize(
    "typed",
    ["\x00anna", "ann\u202ea", "[", "a[b", "a]", "(?i)a", "\\d", "a\\", "a{9999}"]
    + ["æ" * 100_000, "ord " * 25_000, "x" * 99 + '"', "ß", "ﬁ", "𝒜nna", "😀 a", "Ⅷ a"],
)
def test_no_word_breaks_the_database(db, typed):
    assert len(danish.typed(typed)) <= danish.MOST_CHARACTERS
    assert len(danish.terms(typed)) <= danish.MOST_WORDS
    list(searching.with_words(User.objects.all(), typed, "name", "email"))


def test_hits_are_marked_and_nothing_else_is_markup():
    text = "<b>Tøjindkøb</b> & indkøbet i “byen”"

    assert searching.marked(text, danish.terms("indkøb <b>")) == (
        "&lt;<mark>b</mark>&gt;Tøj<mark>indkøb</mark>&lt;/<mark>b</mark>&gt; &amp; "
        "<mark>indkøb</mark>et i “<mark>b</mark>yen”"
    )


def test_an_excerpt_is_the_words_around_the_first_hit():
    text = "ord " * 200 + "og så en tandlæge " + "igen " * 200

    found = searching.excerpt(text, danish.terms("tandlæge"))

    assert "tandlæge" in found
    assert found.startswith("… ord ")
    assert found.endswith("igen …")
    assert len(found) < 300
    assert searching.excerpt("Kort.\n\nTekst", danish.terms("mangler")) == "Kort. Tekst"
