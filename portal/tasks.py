from celery import shared_task

from portal import postman


@shared_task
def empty_outbox():
    postman.empty_outbox()
