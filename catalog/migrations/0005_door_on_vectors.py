from django.db import migrations, models

# As for passages (archive migration 0005): a vector's audience is its product's, by triggers.
COPIED = """
    CREATE FUNCTION catalog_productembedding_door() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        SELECT audience INTO NEW.audience
        FROM catalog_product WHERE id = NEW.product_id FOR SHARE;
        RETURN NEW;
    END $$;
    CREATE TRIGGER door BEFORE INSERT OR UPDATE OF audience, product_id
        ON catalog_productembedding
        FOR EACH ROW EXECUTE FUNCTION catalog_productembedding_door();

    CREATE FUNCTION catalog_product_door_moved() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE catalog_productembedding SET audience = NEW.audience WHERE product_id = NEW.id;
        RETURN NULL;
    END $$;
    CREATE TRIGGER door_moved AFTER UPDATE OF audience ON catalog_product FOR EACH ROW
        WHEN (OLD.audience <> NEW.audience) EXECUTE FUNCTION catalog_product_door_moved();
"""
REMOVED = """
    DROP FUNCTION catalog_productembedding_door, catalog_product_door_moved CASCADE
"""
FILLED = """
    UPDATE catalog_productembedding AS embedding SET audience = product.audience
    FROM catalog_product AS product WHERE product.id = embedding.product_id;
    SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0004_import_memory"),
        ("archive", "0005_door_on_rows"),
    ]
    operations = [
        migrations.AddField(
            "productembedding",
            "audience",
            models.CharField(default="", editable=False, max_length=10),
            preserve_default=False,
        ),
        migrations.RunSQL(FILLED, migrations.RunSQL.noop),
        migrations.RunSQL(COPIED, REMOVED),
        migrations.RemoveIndex("productembedding", "product_embedding_door"),
        migrations.AddIndex(
            "productembedding",
            models.Index(fields=["brand", "model", "audience"], name="product_embedding_door"),
        ),
        # One index for all audiences goes; `archive.embedding.index` makes one for each large one.
        migrations.RunSQL(
            "DROP INDEX IF EXISTS product_vector_minilm",
            "CREATE INDEX IF NOT EXISTS product_vector_minilm ON catalog_productembedding"
            " USING hnsw ((vector::vector(384)) vector_cosine_ops)"
            " WHERE model = 'all-MiniLM-L6-v2'",
        ),
    ]
