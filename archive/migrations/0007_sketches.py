from django.db import migrations, models

# The vectors are compared by the thousand and stay in their rows; sketches are read by the dozen,
# do not get smaller by compression, and are kept beside.
STORED = """
    ALTER TABLE archive_passageembedding
        ALTER COLUMN vector SET STORAGE MAIN, ALTER COLUMN sketch SET STORAGE EXTERNAL
"""
BEFORE = "ALTER TABLE archive_passageembedding ALTER COLUMN vector SET STORAGE EXTERNAL"


class Migration(migrations.Migration):
    dependencies = [("archive", "0006_index_of_audience")]
    operations = [
        migrations.AddField(
            "passageembedding",
            "sketch",
            models.BinaryField(
                help_text="Word-piece by word-piece; of models that tell (archive.embedding.sketch).",
                null=True,
            ),
        ),
        migrations.RunSQL(STORED, BEFORE),
    ]
