from django.db import migrations

from consent import grants


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0001_initial"),
        ("portal", "0002_clock_and_workplaces"),
    ]

    operations = [grants.V1.created(), grants.TELLING_V1.created()]
