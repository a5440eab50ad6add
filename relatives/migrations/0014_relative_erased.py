from django.db import migrations, models

from portal.sqlviews import left_standing, looked_at_again


class Migration(migrations.Migration):
    dependencies = [("relatives", "0013_contact_chain")]

    operations = [
        left_standing(),
        migrations.AddField(
            model_name="relative",
            name="erased_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        looked_at_again(),
    ]
