"""Days and moments as they stand on paper."""

from django.utils.formats import date_format
from django.utils.timezone import localtime


def day(day):
    return date_format(localtime(day) if hasattr(day, "hour") else day, "DATE_FORMAT")


def short(day):
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""


def moment(moment):
    return date_format(localtime(moment), "DATETIME_FORMAT")
