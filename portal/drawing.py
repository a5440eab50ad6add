"""Papers for pages that do not wait: at once if it is quick, else on its way.

A page hands over the words and waits a few seconds. Most papers are there by then; else
the reader is sent to a page that says how far it is, and from there back to the page that
asked, which decides anew whether the reader may have it. With Redis a worker of Celery's
draws, without it a thread of this process; both by a process with limits (portal.press).
"""

import hashlib
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotInTime

from celery import current_app
from django.conf import settings
from django.db import connections
from django.shortcuts import redirect, render

from portal import pdf
from portal.models import Drawing
from portal.models.drawings import BEGUN_WITHIN

log = logging.getLogger(__name__)
# One press a process draws one paper at a time; those who wait stand in line here.
_line = ThreadPoolExecutor(max_workers=1, thread_name_prefix="papers")
A_LOOK = 0.1


def answer(request, template, words, *, filename, keep=None):
    """The paper, or where it can be waited for. For pages that are read with GET.

    `keep` is called with the bytes before they are sent.
    """
    try:
        paper, waiting = _paper(request, pdf.html(template, words))
    except pdf.Unavailable:
        return pdf.unavailable(request)
    except pdf.Failed as error:
        return failed(request, error)
    if paper is None:
        return redirect("drawing", waiting.uuid)
    if keep:
        keep(paper)
    return pdf.response(paper, filename=filename)


def failed(request, error):
    """In the reader's words that it could not be drawn, and that nothing is lost."""
    log.warning("A paper was not drawn: %s", error)
    return render(request, "paper_failed.html", {"path": request.path}, status=503)


def _paper(request, html):
    """(bytes, None), or (None, the drawing) if it takes longer than a page may wait."""
    digest = hashlib.sha256(html.encode()).hexdigest()
    asked = Drawing.objects.visible_to(request.user).filter(
        path=request.path, digest=digest
    )
    for one in asked:
        if one.state == one.State.DONE:
            return _fetched(one), None
        if not one.is_over:
            return None, one
        one.delete()
    if settings.REDIS_URL:
        drawing = _begun(request, digest, html=html)
        if handed_to_celery("portal.tasks.draw_paper", drawing):
            return _looked_for(drawing)
        drawing.delete()
    return _here(request, html, digest)


def _here(request, html, digest):
    """In this process's own line, beside the page."""
    drawn = _line.submit(pdf.draw, html)
    try:
        return drawn.result(timeout=settings.PAPER_WAIT), None
    except NotInTime:
        drawing = _begun(request, digest)
        drawn.add_done_callback(lambda drawn: _kept_later(drawing.pk, drawn))
        return None, drawing


def _begun(request, digest, **details):
    Drawing.objects.visible_to(request.user).too_old().delete()
    return Drawing.objects.create(
        asked_by=request.user, path=request.path, digest=digest, **details
    )


def _kept_later(number, drawn):
    """In the thread that drew it, which has a connection of its own."""
    try:
        error = drawn.exception()
        if error:
            log.warning("A paper was not drawn: %s", error)
        ended(number, None if error else drawn.result())
    finally:
        connections.close_all()


def ended(number, content):
    """It is drawn, or, without content, it never will be."""
    Drawing.objects.filter(pk=number).update(
        state=Drawing.State.DONE if content else Drawing.State.FAILED,
        content=content,
        html="",
    )


def handed_to_celery(task, drawing):
    try:
        current_app.send_task(
            task,
            [drawing.pk],
            retry=False,
            expires=BEGUN_WITHIN.total_seconds(),
        )
    except Exception as error:
        log.warning("Redis does not answer: %s", error)
        return False
    return True


def _looked_for(drawing):
    until = time.monotonic() + settings.PAPER_WAIT
    while time.monotonic() < until:
        time.sleep(A_LOOK)
        drawing.refresh_from_db(fields=["state"])
        if drawing.state == Drawing.State.DONE:
            return _fetched(drawing), None
        if drawing.is_over:
            drawing.delete()
            raise pdf.Failed("in the worker")
    return None, drawing


def _fetched(drawing):
    """It is handed over once; nobody keeps it here."""
    drawing.refresh_from_db(fields=["content"])
    content = bytes(drawing.content)
    drawing.delete()
    return content


def draw(number):
    """What a worker does for one paper."""
    drawing = Drawing.objects.filter(pk=number, state=Drawing.State.WAITING).first()
    if drawing is None:
        return
    try:
        content = pdf.draw(drawing.html)
    except (pdf.Failed, pdf.Unavailable) as error:
        log.warning("A paper was not drawn: %s", error)
        content = None
    ended(number, content)


def sweep():
    """Forget what nobody has fetched."""
    Drawing.objects.too_old().delete()
