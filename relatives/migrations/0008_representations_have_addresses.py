import uuid

import django.db.models.deletion
from django.db import migrations, models

from portal.sqlviews import left_standing, looked_at_again


def number_them(apps, editor):
    representation = apps.get_model("relatives", "Representation")
    for row in representation.objects.filter(uuid=None):
        row.uuid = uuid.uuid4()
        row.save(update_fields=["uuid"])


class Migration(migrations.Migration):
    dependencies = [("relatives", "0007_told_force")]

    operations = [
        left_standing(),
        migrations.AddField(
            model_name="representation",
            name="other_holder",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="relatives.relation",
            ),
        ),
        migrations.AddField(
            model_name="representation",
            name="other_holder_name",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="representation",
            name="uuid",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.RunPython(number_them, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="representation",
            name="uuid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        looked_at_again(),
    ]
