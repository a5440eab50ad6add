from django.core.management import call_command
from django.db import migrations

from portal import clock, workplaces


def set_clock(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(clock.POSTGRESQL, None)


def stop_clock(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP FUNCTION portal_today(); DROP FUNCTION portal_now();")


def make_cache(apps, editor):
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


def drop_cache(apps, editor):
    editor.execute("DROP TABLE portal_cache")


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(set_clock, stop_clock),
        migrations.RunPython(make_cache, drop_cache),
        workplaces.V1.created(),
    ]
