import uuid

from django.db import migrations, models

from portal import workplaces


def give_each_its_own(apps, editor):
    employment = apps.get_model("portal", "Employment")
    for job in employment.objects.using(editor.connection.alias).iterator():
        job.uuid = uuid.uuid4()
        job.save(update_fields=["uuid"])


class Migration(migrations.Migration):
    dependencies = [("portal", "0003_draft_finished")]

    operations = [
        workplaces.V1.dropped(),
        migrations.AddField(
            "employment", "uuid", models.UUIDField(null=True, editable=False)
        ),
        migrations.RunPython(give_each_its_own, migrations.RunPython.noop),
        migrations.AlterField(
            "employment",
            "uuid",
            models.UUIDField(default=uuid.uuid4, unique=True, editable=False),
        ),
        workplaces.V1.created(),
    ]
