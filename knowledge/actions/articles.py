"""Articles: written, looked at before they are told, corrected, taken back, checked."""

from django.db import transaction

from knowledge.actions.pieces import ChangedMeanwhile, latest, locked
from knowledge.models import Article
from portal import audit, clock


@transaction.atomic
def draft(*, uuid, home, corrects=None, by, **words):
    """Write an article, or a new version of one, that nobody reads yet.

    Of a common text it becomes the home's own. Raises ChangedMeanwhile if somebody else
    is writing a new version already.
    """
    done = Article.objects.filter(uuid=uuid).first()
    if done:
        return done
    place = {"address": uuid}
    if corrects:
        place = _in_place_of(latest(corrects), home)
        others = Article.objects.filter(home=home, address=corrects.address)
        if others.drafts().exists():
            raise ChangedMeanwhile
    now = clock.now()
    article = Article.objects.create(
        uuid=uuid,
        home=home,
        author=by,
        written_at=now,
        edited_at=now,
        checked_on=clock.today(),
        **place,
        **words,
    )
    audit.record("article.drafted", by=by, about=article)
    return article


def _in_place_of(old, home):
    common = Article.objects.common().filter(address=old.address).first()
    return {
        "address": old.address,
        "corrects": old if old.home_id == home.pk else None,
        "based_on": common,
    }


@transaction.atomic
def edit(article, *, by, **words):
    """Change what nobody has read yet. Raises ChangedMeanwhile if it was published."""
    article = locked(article)
    if article.published_at:
        raise ChangedMeanwhile
    for name, value in words.items():
        setattr(article, name, value)
    article.edited_at = clock.now()
    article.save()
    audit.record("article.edited", by=by, about=article)
    return article


@transaction.atomic
def discard(article, *, by):
    """Throw away what nobody has read. What was published is taken back instead."""
    article = locked(article)
    if article.published_at:
        raise ChangedMeanwhile
    audit.record("article.discarded", by=by, about=article)
    article.delete()


@transaction.atomic
def publish(article, *, as_of, by):
    """Let everybody it is for read it, in place of what it corrects.

    Raises ChangedMeanwhile if the draft was edited after `as_of`: nobody publishes what
    they have not looked at.
    """
    article = locked(article)
    if article.published_at:
        return article
    if article.edited_at != as_of:
        raise ChangedMeanwhile
    now = clock.now()
    if article.corrects:
        article.corrects.replaced_at = now
        article.corrects.save(update_fields=["replaced_at"])
    article.published_at, article.published_by = now, by
    article.save(update_fields=["published_at", "published_by"])
    audit.record(
        "article.published", by=by, about=article, corrects=article.corrects_id
    )
    return article


@transaction.atomic
def check(article, *, home, by):
    """Somebody of the home has read it through, and it still holds."""
    article = latest(article)
    checked = article.checks.create(home=home, checked_by=by, checked_at=clock.now())
    audit.record("article.checked", by=by, about=article)
    return checked
