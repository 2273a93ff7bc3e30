import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0007_codes"),
        ("chat", "0002_message_support"),
    ]

    operations = [
        migrations.AddField(
            model_name="card",
            name="variant",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="catalog.variant",
            ),
        ),
    ]
