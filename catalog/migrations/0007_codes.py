from django.db import migrations

CODES = """
CREATE FUNCTION catalog_codes(sku text, gtin text, mpn text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_remove(ARRAY[archive_code(sku), archive_code(gtin), archive_code(mpn)], '');

CREATE INDEX variant_codes ON catalog_variant
USING gin (catalog_codes(sku, gtin, mpn)) WITH (fastupdate = off);
CREATE INDEX product_codes ON catalog_product
USING gin (archive_codes(title, details)) WITH (fastupdate = off);
"""
UNDONE = """
DROP INDEX product_codes; DROP INDEX variant_codes; DROP FUNCTION catalog_codes;
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0006_products"), ("archive", "0009_code")]

    operations = [migrations.RunSQL(CODES, UNDONE)]
