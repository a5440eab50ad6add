from celery import shared_task

from relatives import reminding
from relatives.register import actions


@shared_task
def forget_register_uploads():
    actions.forget_old_uploads()


@shared_task
def remind_of_agreements():
    reminding.remind()
