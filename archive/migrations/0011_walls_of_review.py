from django.db import migrations

# What is said of a document is said within its brand (see 0002).
TABLES = ("archive_proposal", "archive_change", "archive_notice")


def wall(table: str) -> migrations.RunSQL:
    name = f"{table}_same_brand"
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (document_id, brand_id)"
        f" REFERENCES archive_document (id, brand_id) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("archive", "0011_sources_and_review")]
    operations = [wall(each) for each in TABLES]
