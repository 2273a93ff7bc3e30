import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import archive.models.word

# Two words that differ by one letter, or by two neighbours changing places, are the same once one
# letter is left out of each; by two letters, once two are. So an index of what is left finds every
# near word without comparing any. Seven letters of the beginning are enough to tell words by, and
# keep a long word to 29 entries.
DELETIONS = """
CREATE FUNCTION archive_deletions(word text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT array_agg(DISTINCT
        overlay(overlay(left(word, 7) placing '' from i for 1) placing '' from j for 1))
    FROM generate_series(1, 8) AS i, generate_series(1, 8) AS j
    WHERE j = 8 OR (j < i AND length(word) > 5)  -- from the eighth letter nothing is left out
);
"""


class Migration(migrations.Migration):
    dependencies = [("archive", "0007_sketches")]

    operations = [
        migrations.RunSQL(DELETIONS, "DROP FUNCTION archive_deletions"),
        migrations.CreateModel(
            name="Word",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.CharField(help_text="The table whose rows have it.", max_length=63),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True, help_text="Whose stemmer it went through.", max_length=2
                    ),
                ),
                ("word", models.TextField()),
                ("lexeme", models.TextField()),
                (
                    "weight",
                    models.SmallIntegerField(
                        help_text="Binary logarithm of how many rows hold the lexeme, rounded down."
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.brand",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["brand", "lexeme"], name="word_lexeme"),
                    django.contrib.postgres.indexes.GinIndex(
                        archive.models.word.Deletions(models.F("word")),
                        fastupdate=False,
                        name="word_deletions",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("brand", "word", "lexeme", "language", "source"),
                        name="word_of_brand",
                    )
                ],
            },
        ),
    ]
