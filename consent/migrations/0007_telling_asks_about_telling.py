from django.db import migrations

from consent import grants


class Migration(migrations.Migration):
    dependencies = [("consent", "0006_papers")]

    operations = [grants.TELLING_V2.dropped(), grants.TELLING_V3.created()]
