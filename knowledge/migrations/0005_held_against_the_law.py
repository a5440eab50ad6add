from django.db import migrations

from knowledge import library_files


def bring(apps, schema_editor):
    library_files.load(apps)


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0004_folder")]

    operations = [migrations.RunPython(bring, migrations.RunPython.noop)]
