"""The library: what every home has, what it says in its own words, and how it is drawn."""

import datetime as dt
import re
import uuid

import pytest
from django.apps import apps
from django.urls import reverse

from knowledge import library_files, prose
from knowledge.actions import articles as actions
from knowledge.actions import pieces
from knowledge.models import Article, Association, Check, Word
from portal import clock
from portal.models import AuditEvent
from tests.factories import ArticleFactory, WordFactory
from tests.plain import HARDEST, lix

WORDS = {
    "title": "Guardianship here",
    "summary": "How we do it.",
    "text": "Ask Karen.",
    "easy": "",
    "subject": "guardianship",
    "audience": "everybody",
    "source": "",
}
GUARDIANSHIP = library_files.address("Article", "guardianship")


@pytest.fixture
def library(db):
    """The common texts, also after a test that has emptied the database."""
    library_files.load(apps)


def page(client, address=GUARDIANSHIP, read="whole"):
    return client.get(reverse("knowledge:article", args=[address]) + f"?read={read}")


def written(cast, **words):
    """The home's own version of the common article, published."""
    common = Article.objects.common().get(address=GUARDIANSHIP)
    latest = Article.objects.holding().filter(
        home=cast.solgaarden, address=GUARDIANSHIP
    )
    draft = actions.draft(
        uuid=uuid.uuid4(),
        home=cast.solgaarden,
        corrects=latest.first() or common,
        by=cast.clara,
        **WORDS | words,
    )
    return actions.publish(draft, as_of=draft.edited_at, by=cast.clara)


# What comes with the portal


def sentences(text):
    """What of an article is read as sentences: not its headings."""
    return "\n".join(
        line
        for kind, lines in prose.blocks(text)
        if kind != "heading"
        for line in lines
    )


@pytest.mark.parametrize("key", [key for key, _fields in library_files.articles()])
def test_every_common_article_is_easy_to_read(key):
    fields = dict(library_files.articles())[key]

    assert lix(sentences(fields["text"])) <= HARDEST["relatives"]
    assert lix(sentences(fields["easy"])) <= HARDEST["residents"]
    assert fields["source"]


def test_words_and_associations_are_easy_to_read():
    told = [fields["meaning"] for _key, fields in library_files.words()]
    told += [fields["about"] for _key, fields in library_files.associations()]

    assert lix("\n".join(told)) <= HARDEST["relatives"]
    assert len(told) > 30


def test_the_subjects_that_relatives_ask_for_are_there():
    asked = {"guardianship", "self-determination", "confidentiality", "economy"}
    asked |= {"visitation", "transitions", "childrens-assessment", "use-of-force"}

    assert asked <= dict(library_files.articles()).keys()


def test_files_are_brought_once_and_what_is_new_in_them_becomes_a_new_version(
    library, monkeypatch
):
    before = Article.objects.count()
    library_files.load(apps)
    assert Article.objects.count() == before

    renewed = [
        (key, fields | ({"text": "Anew."} if key == "guardianship" else {}))
        for key, fields in library_files.articles()
    ]
    monkeypatch.setattr(library_files, "articles", lambda: renewed)
    library_files.load(apps)

    old, new = Article.objects.filter(address=GUARDIANSHIP).order_by("pk")
    assert (new.corrects, new.text, old.replaced_at) == (old, "Anew.", new.published_at)
    assert Article.objects.count() == before + 1


def test_what_the_files_say_no_longer_ends_but_for_the_home_that_made_it_its_own(
    library, cast, sign_in, monkeypatch
):
    gone = ("a line", {"name": "A line", "about": "Ring.", "url": "", "phone": ""})
    with monkeypatch.context() as before:
        before.setattr(library_files, "associations", lambda: [gone])
        library_files.load(apps)
    common = Association.objects.common().get(name="A line")
    pieces.write(
        Association,
        uuid=uuid.uuid4(),
        home=cast.solgaarden,
        corrects=common,
        by=cast.clara,
        **gone[1] | {"name": "A line of ours"},
    )
    library_files.load(apps)

    def told(user):
        return sign_in(user).get(reverse("knowledge:associations")).content.decode()

    assert not Association.objects.common().filter(name="A line").exists()
    assert "A line of ours" in told(cast.anna)
    assert "A line" not in told(cast.ole)


# The home's own words


def test_a_homes_own_words_stand_before_the_common_ones_and_only_there(
    library, cast, sign_in
):
    written(cast, text="Ask Karen.")

    assert "Ask Karen." in page(sign_in(cast.anna)).content.decode()
    assert "Ask Karen." not in page(sign_in(cast.ole)).content.decode()
    assert page(sign_in(cast.ole)).status_code == 200


def test_what_the_portal_brings_later_does_not_overwrite_them(
    library, cast, sign_in, monkeypatch
):
    written(cast, text="Ask Karen.")
    fields = dict(library_files.articles())["guardianship"] | {"text": "Anew."}
    monkeypatch.setattr(library_files, "articles", lambda: [("guardianship", fields)])
    library_files.load(apps)

    assert "Ask Karen." in page(sign_in(cast.anna)).content.decode()
    assert "Anew." in page(sign_in(cast.ole)).content.decode()
    # The one who answers for it is shown what is new.
    assert "Anew." in page(sign_in(cast.clara)).content.decode()


def test_a_correction_is_a_new_row_that_says_so(library, cast, sign_in):
    first = written(cast, text="Ask Karen.")
    second = written(cast, text="Ask Clara.")

    first.refresh_from_db()
    assert (second.corrects, first.replaced_at) == (first, second.published_at)
    told = page(sign_in(cast.anna)).content.decode()
    assert "Ask Clara." in told
    assert "Ask Karen." not in told
    assert "Rettet den" in told
    assert "Ask Karen." in page(sign_in(cast.clara)).content.decode()


def test_nobody_reads_a_draft_and_nobody_publishes_what_they_have_not_seen(
    library, cast, sign_in
):
    draft = actions.draft(
        uuid=uuid.uuid4(), home=cast.solgaarden, by=cast.clara, **WORDS
    )
    seen = draft.edited_at
    actions.edit(draft, by=cast.clara, **WORDS | {"text": "Other words."})

    with pytest.raises(pieces.ChangedMeanwhile):
        actions.publish(draft, as_of=seen, by=cast.clara)
    assert page(sign_in(cast.anna), draft.address).status_code == 404


def test_two_do_not_correct_the_same_article_at_once(library, cast):
    common = Article.objects.common().get(address=GUARDIANSHIP)
    number = uuid.uuid4()
    same = {"home": cast.solgaarden, "corrects": common, "by": cast.clara, **WORDS}
    draft = actions.draft(uuid=number, **same)

    # Pressed twice it is one.
    assert actions.draft(uuid=number, **same) == draft
    with pytest.raises(pieces.ChangedMeanwhile):
        actions.draft(uuid=uuid.uuid4(), **same)


def test_what_a_home_takes_back_the_common_text_does_not_say_for_it(
    library, cast, sign_in
):
    common = Article.objects.common().get(address=GUARDIANSHIP)
    pieces.recall(common, home=cast.solgaarden, reason="Not here.", by=cast.clara)
    # Pressed twice it is taken back once.
    pieces.recall(common, home=cast.solgaarden, reason="Not here.", by=cast.clara)

    assert page(sign_in(cast.anna)).status_code == 404
    assert "Not here." in page(sign_in(cast.clara)).content.decode()
    assert page(sign_in(cast.ole)).status_code == 200
    assert AuditEvent.objects.filter(verb="article.recalled").count() == 1

    written(cast, text="Ask Karen.")
    assert page(sign_in(cast.anna)).status_code == 200


def test_an_article_is_read_by_those_it_is_for(cast, sign_in):
    for audience in ("residents", "relatives", "staff"):
        ArticleFactory(home=cast.solgaarden, title=audience, audience=audience)

    def titles(user):
        found = Article.objects.visible_to(user).filter(author__isnull=False)
        return {article.title for article in found}

    assert titles(cast.anna) == {"House rules", "relatives"}
    assert titles(cast.bos) == {"House rules", "relatives", "residents"}
    assert titles(cast.mette) == {"House rules", "relatives", "residents", "staff"}
    assert titles(cast.root) == titles(cast.liv) == set()


def test_a_resident_reads_the_easy_words_first(library, cast, sign_in):
    path = reverse("knowledge:article", args=[GUARDIANSHIP])
    easy = "Værgen kan også hjælpe"

    assert easy in sign_in(cast.bos).get(path).content.decode()
    assert easy not in sign_in(cast.anna).get(path).content.decode()
    assert easy not in page(sign_in(cast.bos)).content.decode()


# Looked through


def test_an_article_that_is_due_stands_on_the_centre_managers_start_page(cast, sign_in):
    yesterday = clock.today() - dt.timedelta(days=1)
    Article.objects.filter(pk=cast.rules.pk).update(check_on=yesterday)

    def told(user):
        return "House rules" in sign_in(user).get(reverse("home")).content.decode()

    assert (told(cast.clara), told(cast.karen), told(cast.anna)) == (True, False, False)
    sign_in(cast.clara).post(
        reverse("knowledge:article-checked", args=[cast.rules.address])
    )
    assert not told(cast.clara)
    assert Check.objects.get().next_on > clock.today()
    assert "Clara" in page(sign_in(cast.anna), cast.rules.address).content.decode()


# Words and associations


def test_a_word_is_explained_where_it_first_stands(cast):
    guardian = WordFactory.build(term="værge")
    text = "En værge hjælper. Værgen må spørge.\n\n- værger\n\nVærgemål"

    told = prose.html(text, words=[guardian])

    assert told.count("<a ") == 1
    assert f'#word-{guardian.address}">værge</a>' in told


def test_the_longest_word_is_meant():
    short, long = (
        WordFactory.build(term="fuldmagt"),
        WordFactory.build(term="fremtidsfuldmagt"),
    )
    told = prose.html("En fremtidsfuldmagt og en fuldmagt.", words=[short, long])

    assert re.findall(r'">(\w+)</a>', told) == ["fremtidsfuldmagt", "fuldmagt"]


def test_whatever_is_written_comes_out_as_words():
    text = '<script>x</script>\n\n## <b>\n\n- <img src=x onerror="y">\n\none\nand [a](javascript:b)'

    told = prose.html(text, words=[WordFactory.build(term="script")])

    assert "<script" not in told
    assert "<img" not in told
    assert "<b>" not in told
    assert "&lt;img" in told
    assert set(re.findall(r"<(\w+)", told)) == {"p", "h2", "ul", "li", "a", "br"}


def test_a_long_text_is_drawn_at_once():
    text = "- - ## " * 2_000 + "\n" * 4_000

    assert len(prose.html(text, words=[])) < 100_000


def test_a_home_changes_a_common_word_for_itself_alone(library, cast, sign_in):
    common = Word.objects.common().get(term="VUM")
    client = sign_in(cast.clara)
    form = client.get(reverse("knowledge:word-change", args=[common.address]))
    client.post(
        reverse("knowledge:word-change", args=[common.address]),
        {
            "slip": form.context["form"].initial["slip"],
            "term": "VUM",
            "meaning": "Ask Karen about VUM.",
        },
    )

    def told(user):
        return (
            "Ask Karen about VUM"
            in sign_in(user).get(reverse("knowledge:words")).content.decode()
        )

    assert (told(cast.anna), told(cast.ole)) == (True, False)


def test_a_word_stands_in_the_list_once(library, cast, sign_in):
    client = sign_in(cast.clara)
    path = reverse("knowledge:word-write")
    slip = client.get(path).context["form"].initial["slip"]

    answer = client.post(path, {"slip": slip, "term": "VÆRGE", "meaning": "Twice."})

    assert answer.context["form"].errors.keys() == {"term"}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://x.dk", "x y"])
def test_an_association_has_a_web_address_or_none(cast, sign_in, url):
    client = sign_in(cast.clara)
    path = reverse("knowledge:association-write")
    slip = client.get(path).context["form"].initial["slip"]

    answer = client.post(path, {"slip": slip, "name": "N", "about": "A", "url": url})

    assert answer.context["form"].errors.keys() == {"url"}
    assert not Association.objects.filter(name="N").exists()


def test_links_that_lead_away_do_not_say_where_from(library, cast, sign_in):
    told = sign_in(cast.anna).get(reverse("knowledge:associations")).content.decode()

    away = re.findall(r'<a [^>]*href="https?://[^>]*>', told)
    assert away
    assert all('rel="noreferrer"' in link for link in away)


@pytest.mark.parametrize("count", [1, 3])
def test_a_longer_library_costs_no_more_questions(
    library, cast, sign_in, count, django_assert_max_num_queries
):
    for _number in range(count):
        ArticleFactory(home=cast.solgaarden, author=cast.clara)
        WordFactory(home=cast.solgaarden, author=cast.clara)
    client = sign_in(cast.anna)

    for name in ("articles", "words", "associations"):
        with django_assert_max_num_queries(4):
            client.get(reverse(f"knowledge:{name}"))
    with django_assert_max_num_queries(6):
        page(client)
