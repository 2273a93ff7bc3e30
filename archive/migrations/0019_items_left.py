from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0016_signatures")]

    operations = [
        migrations.AddIndex(
            "ingestionitem",
            models.Index(
                fields=["run"],
                name="item_left",
                condition=models.Q(state__in=["waiting", "working"]),
            ),
        ),
    ]
