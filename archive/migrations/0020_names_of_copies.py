from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0019_items_left"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="drop",
            options={
                "ordering": ["document", models.OrderBy(models.F("page"), nulls_first=True), "pk"],
                "verbose_name": "stretch left out",
                "verbose_name_plural": "left out",
            },
        ),
        migrations.AlterModelOptions(
            name="likeness",
            options={
                "ordering": ["-found"],
                "verbose_name": "cluster of copies",
                "verbose_name_plural": "copies",
            },
        ),
    ]
