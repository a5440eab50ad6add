from django.db import migrations

from meetings import template_files


def load(apps, editor):
    template_files.load("2026-11-01", apps)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]

    # Backwards the rows stay: conversations may rest on them, and loading again sees them.
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
