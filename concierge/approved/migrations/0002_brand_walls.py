from django.db import migrations

WALLS = (
    ("approved_wording", "wording_same_brand", "answer_id", "approved_approvedanswer"),
    (
        "approved_wordingembedding",
        "wordingembedding_same_brand",
        "wording_id",
        "approved_wording",
    ),
)


class Migration(migrations.Migration):
    """The database itself keeps a wording and its vectors in the brand of their answer."""

    dependencies = [("approved", "0001_initial")]
    operations = [
        migrations.RunSQL(
            f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}, brand_id)"
            f" REFERENCES {to} (id, brand_id) DEFERRABLE INITIALLY DEFERRED",
            f"ALTER TABLE {table} DROP CONSTRAINT {name}",
        )
        for table, name, column, to in WALLS
    ]
