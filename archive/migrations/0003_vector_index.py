from django.db import migrations


class Migration(migrations.Migration):
    """The default model's index; `archive.embedding.index` makes those of other models."""

    dependencies = [("archive", "0002_brand_walls")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX passage_vector_minilm ON archive_passageembedding"
            " USING hnsw ((vector::vector(384)) vector_cosine_ops)"
            " WHERE model = 'all-MiniLM-L6-v2'",
            "DROP INDEX passage_vector_minilm",
        )
    ]
