from django.db import migrations


class Migration(migrations.Migration):
    """The database itself keeps a product's vector in the product's brand."""

    dependencies = [("catalog", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE catalog_productembedding ADD CONSTRAINT productembedding_same_brand"
            " FOREIGN KEY (product_id, brand_id) REFERENCES catalog_product (id, brand_id)"
            " DEFERRABLE INITIALLY DEFERRED",
            "ALTER TABLE catalog_productembedding DROP CONSTRAINT productembedding_same_brand",
        )
    ]
