"""Many papers as one file, drawn beside the pages: one after another, in little memory."""

import logging
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

from django.conf import settings
from django.db import connections
from django.urls import reverse

from portal import clock, drawing, pdf
from portal.models import Drawing

log = logging.getLogger(__name__)
# Beside the line of single papers: nobody waits for a whole department.
_line = ThreadPoolExecutor(max_workers=1, thread_name_prefix="batches")


def begin(job, *, department, by):
    """Draw the papers of this job (the `batches` of an app's rooms.py) for a department.

    Pressed again while it runs, it is the same one.
    """
    mine = Drawing.objects.visible_to(by).filter(job=job, department=department)
    running = next((one for one in mine if not one.is_over), None)
    if running:
        return running
    Drawing.objects.visible_to(by).too_old().delete()
    total, _each = _job(job)(department, by=by)
    begun = Drawing(asked_by=by, department=department, job=job, total=max(total, 1))
    begun.path = reverse("drawing-file", args=[begun.uuid])
    begun.save()
    if not (
        settings.REDIS_URL
        and drawing.handed_to_celery("portal.tasks.draw_batch", begun)
    ):
        _line.submit(_draw_here, begun.pk)
    return begun


def _job(name):
    """(department, by=) -> how many, and each paper's file name, template and words."""
    jobs = {}
    for room in settings.ROOMS:
        jobs |= getattr(import_module(room), "batches", dict)()
    return jobs[name]


def _draw_here(number):
    """In a thread of this process, which has a connection of its own."""
    try:
        draw(number)
    except Exception:
        log.exception("A batch was not drawn")
        drawing.ended(number, None)
    finally:
        connections.close_all()


def draw(number):
    """What a worker does: each paper goes into the file before the next one is read."""
    batch = (
        Drawing.objects.select_related("asked_by", "department")
        .filter(pk=number, state=Drawing.State.WAITING)
        .first()
    )
    if batch is None:
        return
    _total, papers = _job(batch.job)(batch.department, by=batch.asked_by)
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as together:
            for done, (name, template, words) in enumerate(papers, start=1):
                try:
                    together.writestr(name, pdf.render(template, words))
                except (pdf.Failed, pdf.Unavailable) as error:
                    # One that is missing would not be missed among many.
                    log.warning("A batch was given up: %s", error)
                    drawing.ended(number, None)
                    return
                Drawing.objects.filter(pk=number).update(
                    done=done, moved_at=clock.now()
                )
        file.seek(0)
        drawing.ended(number, file.read())
