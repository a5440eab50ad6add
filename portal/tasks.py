from celery import shared_task

from portal import drafts, postman


@shared_task
def empty_outbox():
    postman.empty_outbox()


@shared_task
def forget_old_drafts():
    drafts.sweep()
