from celery import shared_task

from residents import incidents, log_check, sealing


@shared_task
def seal_access_log():
    sealing.seal()


@shared_task
def check_the_logs():
    log_check.check_daily()


@shared_task
def remind_of_incidents():
    incidents.remind()
