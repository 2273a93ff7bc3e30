from django.db import migrations


class Migration(migrations.Migration):
    """One index for all audiences goes; `archive.embedding.index` makes one for each large one."""

    dependencies = [("archive", "0010_embedder_in_use")]
    operations = [
        migrations.RunSQL(
            "DROP INDEX IF EXISTS passage_vector_minilm",
            "CREATE INDEX passage_vector_minilm ON archive_passageembedding"
            " USING hnsw ((vector::vector(384)) vector_cosine_ops)"
            " WHERE model = 'all-MiniLM-L6-v2'",
        )
    ]
