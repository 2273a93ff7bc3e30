from django.db import migrations

# A passage and its vector belong to the brand of their document: said twice in the rows, for
# speed, and held equal by the database, for safety.
WALLS = (
    ("archive_passage", "document_id", "archive_document"),
    ("archive_passageembedding", "passage_id", "archive_passage"),
)


def wall(table: str, column: str, target: str) -> migrations.RunSQL:
    name = f"{table}_same_brand"
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}, brand_id)"
        f" REFERENCES {target} (id, brand_id) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_initial")]
    operations = [wall(*each) for each in WALLS]
