"""Beside the columns of clients' words, those that take them sealed."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0007_conversations_have_a_visitor"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="voice_rules",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                blank=True,
                default=list,
                help_text="Of the faults.",
                size=None,
            ),
        ),
        *(
            migrations.AddField(
                model_name=model,
                name=f"sealed_{name}",
                field=models.BinaryField(default=b""),
            )
            for model, name in (
                ("conversation", "summary"),
                ("message", "text"),
                ("message", "voice_faults"),
            )
        ),
    ]
