import django.db.models.deletion
import pgvector.django.vector
from django.db import migrations, models

ASPECTS = ["kind", "category", "option", "attribute", "tag", "vendor", "title"]
CONCEPTS = ["kind", "colour", "size", "material", "other", "piece"]
WAYS = ["whole", "part", "head", "beside", "above"]


def choices(values: list[str]) -> list[tuple[str, str]]:
    return [(value, value.title()) for value in values]


class Migration(migrations.Migration):
    """The words by which a catalogue knows its own values. They are learned at the next import."""

    dependencies = [("catalog", "0005_door_on_vectors")]

    operations = [
        migrations.CreateModel(
            name="CatalogName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("aspect", models.CharField(choices=choices(ASPECTS), max_length=10)),
                (
                    "name",
                    models.CharField(
                        blank=True, help_text="Of the option or attribute.", max_length=200
                    ),
                ),
                ("value", models.CharField(max_length=500)),
                ("concept", models.CharField(choices=choices(CONCEPTS), max_length=10)),
                ("way", models.CharField(choices=choices(WAYS), max_length=10)),
                (
                    "words",
                    models.CharField(help_text="Lexemes, in alphabetical order.", max_length=300),
                ),
                (
                    "model",
                    models.CharField(blank=True, help_text="Of the vector.", max_length=120),
                ),
                ("vector", pgvector.django.vector.VectorField(blank=True, null=True)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="catalog_names",
                        to="archive.brand",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["brand", "words"], name="catalog_name_words")],
            },
        ),
    ]
