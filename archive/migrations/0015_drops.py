import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0017_review_of_runs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="drop",
            name="left_out",
            field=models.BooleanField(
                default=True, help_text="Whether the document's present text is without it."
            ),
        ),
        migrations.CreateModel(
            name="Boilerplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("fingerprint", models.CharField(help_text="As of a drop.", max_length=64)),
                (
                    "documents",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        default=list,
                        help_text="That hold it.",
                        size=None,
                    ),
                ),
                (
                    "left_out",
                    models.BooleanField(help_text="null: nobody has decided.", null=True),
                ),
                ("decided", models.DateTimeField(blank=True, null=True)),
                ("found", models.DateTimeField(auto_now_add=True)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.brand",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-found"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("brand", "fingerprint"), name="boilerplate_fingerprint"
                    )
                ],
            },
        ),
    ]
