"""The pictograms of OpenMoji: all that we name is there, and draws and does nothing else."""

import re
from xml.etree import ElementTree

import pytest
from django.conf import settings

from consent import texts
from consent.models import Consent
from portal.templatetags.portal import pictogram
from relatives.models import Relation
from residents.topics import Topic

FOLDER = settings.BASE_DIR / "static" / "vendor" / "openmoji"
DRAWN = {path.stem: path for path in FOLDER.glob("*.svg")}


def named_in_templates():
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        yield from re.findall(r'{% pictogram "([^"]+)"', path.read_text())


def test_topics_answers_and_all_that_a_page_names_are_drawn():
    faces = {texts.face(Relation(kind=kind)) for kind in Relation.Kind}
    named = {*Topic.values, *Consent.Answer.values, *faces, *named_in_templates()}

    assert "see" in named
    assert named <= DRAWN.keys()


@pytest.mark.parametrize("name", DRAWN)
def test_a_pictogram_draws_and_does_nothing_else(name):
    tags = {
        element.tag.rpartition("}")[2]
        for element in ElementTree.parse(DRAWN[name]).iter()  # noqa: S314 – our own
    }

    assert "svg" in tags
    assert tags <= {"svg", "g", "path", "circle", "ellipse", "rect"} | {
        *("line", "polyline", "polygon")
    }


def test_beside_words_a_pictogram_is_decoration_and_alone_it_has_a_name():
    assert 'alt=""' in pictogram("health")
    assert 'alt="Stop &amp; go"' in pictogram("stop", "Stop & go")


def test_the_licence_of_the_drawings_goes_along():
    assert "ShareAlike 4.0" in (FOLDER / "LICENSE.txt").read_text()
