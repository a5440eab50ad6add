"""The papers of a talk: what was printed to be answered, and what was signed."""

from django.db import transaction

from consent.models import PrintedQuestions, ScannedPaper
from portal import audit, clock


class EnteredBefore(Exception):
    """The answers on the paper have been entered already, in another talk."""


@transaction.atomic
def keep_scan(talk, *, scan, by):
    """Keep the signed paper of a talk. The same file again is the same paper."""
    paper, is_new = ScannedPaper.objects.get_or_create(
        talk=talk,
        sha256=scan.sha256,
        defaults={
            "kind": scan.kind,
            "content": scan.content,
            "size": len(scan.content),
            "scanned_by": by,
        },
    )
    if is_new:
        audit.record("consent.scanned", by=by, about=paper, sha256=paper.sha256)
    return paper


@transaction.atomic
def print_questions(*, relation, code, topics, text_version, content, by):
    """Keep the questions as they are printed, below the code that stands on the paper."""
    printed = PrintedQuestions.objects.create(
        relation=relation,
        code=code,
        topics=topics,
        text_version=text_version,
        content=content,
        printed_by=by,
    )
    audit.record("consent.printed", by=by, about=printed, topics=topics)
    return printed


@transaction.atomic
def enter_paper(printed, *, talk, by):
    """The answers of this talk stood on this paper. Raises EnteredBefore."""
    printed = PrintedQuestions.objects.select_for_update().get(pk=printed.pk)
    if printed.talk_id == talk.pk:
        return
    if printed.talk_id:
        raise EnteredBefore
    printed.talk, printed.entered_at = talk, clock.now()
    printed.save(update_fields=["talk", "entered_at"])
    audit.record("consent.paper_entered", by=by, about=printed, talk=talk.pk)
