import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0002_people_keys_and_consent"),
        ("chat", "0006_visitors_of_houses"),
    ]

    operations = [
        migrations.AlterField(
            model_name="visitor",
            name="brand",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="visitors",
                to="archive.brand",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitor",
            constraint=models.UniqueConstraint(
                condition=models.Q(("off_record", False)),
                fields=("browser", "brand"),
                name="visitor_of_browser",
            ),
        ),
    ]
