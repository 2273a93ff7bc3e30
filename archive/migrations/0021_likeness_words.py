from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0020_names_of_copies"),
    ]

    operations = [
        migrations.AlterField(
            model_name="likeness",
            name="kind",
            field=models.CharField(
                choices=[
                    ("exact", "The same text"),
                    ("near", "Nearly the same text"),
                    ("variant", "Much the same, with other numbers or names"),
                ],
                max_length=10,
            ),
        ),
    ]
