import django.utils.timezone
from django.db import migrations, models

# A house that has vectors of the default model is searched by them until others are whole.
FIRST = """
    INSERT INTO archive_embedderinuse (id, name, dimensions, base_url, model, since, trouble)
    SELECT 1, 'minilm', 0, '', 'all-MiniLM-L6-v2', now(), ''
    WHERE EXISTS (SELECT FROM archive_passageembedding WHERE model = 'all-MiniLM-L6-v2')
"""


class Migration(migrations.Migration):
    dependencies = [("archive", "0005_door_on_rows")]
    operations = [
        migrations.CreateModel(
            name="EmbedderInUse",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(help_text="As EMBEDDER names it.", max_length=200)),
                (
                    "dimensions",
                    models.PositiveIntegerField(
                        default=0, help_text="Asked for; 0: the model's own."
                    ),
                ),
                (
                    "base_url",
                    models.CharField(
                        blank=True, help_text="Of an endpoint; no key.", max_length=500
                    ),
                ),
                (
                    "model",
                    models.CharField(
                        help_text="What its vectors are stored under.", max_length=120
                    ),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "trouble",
                    models.TextField(blank=True, help_text="Why the change to another has halted."),
                ),
            ],
            options={
                "verbose_name_plural": "embedder in use",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="one_embedder_in_use"
                    )
                ],
            },
        ),
        migrations.RunSQL(FIRST, migrations.RunSQL.noop),
    ]
