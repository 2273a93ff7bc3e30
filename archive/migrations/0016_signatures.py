import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0018_timings_of_items")]

    operations = [
        migrations.AddField(
            model_name="likeness",
            name="batch",
            field=models.UUIDField(
                blank=True, help_text="Of the changes that withdrew what was not kept.", null=True
            ),
        ),
        migrations.AddField(
            model_name="alike",
            name="digest",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Of the document's words when it was found.",
                max_length=32,
            ),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="signature",
                        serialize=False,
                        to="archive.documentversion",
                    ),
                ),
                (
                    "method",
                    models.PositiveSmallIntegerField(
                        help_text="Of making it; another is made anew."
                    ),
                ),
                ("digest", models.BinaryField(help_text="Of all words, 16 bytes.")),
                (
                    "sentences",
                    models.BinaryField(help_text="Unsigned numbers of 8 bytes, the lowest first."),
                ),
                (
                    "least",
                    models.BinaryField(help_text="Unsigned numbers of 4 bytes, the lowest first."),
                ),
                (
                    "anchors",
                    models.BinaryField(help_text="Unsigned numbers of 8 bytes, the lowest first."),
                ),
                ("size", models.PositiveIntegerField(help_text="Different 5-grams.")),
            ],
        ),
        migrations.CreateModel(
            name="Comparing",
            fields=[
                (
                    "brand",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="comparing",
                        serialize=False,
                        to="archive.brand",
                    ),
                ),
                ("asked", models.DateTimeField()),
                (
                    "finished",
                    models.DateTimeField(
                        blank=True, help_text="What was asked for by then.", null=True
                    ),
                ),
                (
                    "attempts",
                    models.PositiveIntegerField(default=0, help_text="Since it was asked for."),
                ),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
            ],
        ),
    ]
