from celery import shared_task

from portal import batches, drafts, drawing, picture_sweep, postman


@shared_task
def empty_outbox():
    postman.empty_outbox()


@shared_task
def forget_old_drafts():
    drafts.sweep()


@shared_task
def draw_paper(number):
    drawing.draw(number)


@shared_task
def draw_batch(number):
    batches.draw(number)


@shared_task
def forget_old_drawings():
    drawing.sweep()


@shared_task
def forget_stray_pictures():
    picture_sweep.sweep()
