from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0019_ending_of_runs")]

    operations = [
        migrations.AddField(
            "source",
            "attempts",
            models.PositiveIntegerField(
                default=0, help_text="Leases in a row that were not given back."
            ),
        ),
    ]
