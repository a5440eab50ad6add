from celery import shared_task

from portal import batches, drafts, drawing, picture_sweep, postman, retention


@shared_task
def empty_outbox():
    postman.look()


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


@shared_task
def forget_old_mails():
    retention.sweep()
