import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0011_walls_of_review"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "ingestionrun",
            "gathering",
            models.BooleanField(
                default=False,
                help_text="Whether its source is still being read: more items may come.",
            ),
        ),
        migrations.AddField(
            "listing",
            "asked",
            models.DateTimeField(
                blank=True, help_text="When its bytes were last asked for.", null=True
            ),
        ),
        migrations.AddField(
            "listing",
            "created",
            models.DateTimeField(auto_now_add=True, default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            "listing",
            "stamp",
            models.CharField(
                blank=True,
                help_text="What the list said of its state: a time, a size.",
                max_length=200,
            ),
        ),
        migrations.AddField("source", "lease_until", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "source",
            "leases",
            models.PositiveIntegerField(default=0, help_text="Tells one lease from a later one."),
        ),
        migrations.AddField(
            "source",
            "scheduled",
            models.DateTimeField(
                blank=True, help_text="Since when the schedule is as it is.", null=True
            ),
        ),
        migrations.AddField(
            "source",
            "wanted",
            models.DateTimeField(blank=True, help_text="When a run was asked for.", null=True),
        ),
        migrations.AddField(
            "source",
            "wanted_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
