from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0013_runs_of_sources")]

    operations = [
        migrations.AddField(
            "ingestionitem",
            "size",
            models.BigIntegerField(default=0, help_text="Bytes, where they were counted."),
        ),
        migrations.AddField(
            "ingestionrun",
            "attempts",
            models.PositiveIntegerField(default=0, help_text="To end it."),
        ),
        migrations.AddField(
            "ingestionrun", "lease_until", models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddIndex(
            "ingestionrun",
            models.Index(fields=["id"], name="run_unfinished", condition=models.Q(finished=None)),
        ),
    ]
