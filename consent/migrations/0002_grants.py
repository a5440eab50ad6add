from django.db import migrations

from consent import grants_v1


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0001_initial"),
        ("portal", "0002_clock_and_workplaces"),
    ]

    operations = [grants_v1.V1.created(), grants_v1.TELLING_V1.created()]
