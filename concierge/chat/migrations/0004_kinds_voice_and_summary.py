from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0003_card_variant"),
    ]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="summarised",
            field=models.PositiveIntegerField(
                default=0, help_text="The number of the last message that the summary holds."
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="summary",
            field=models.TextField(blank=True, help_text="What was said earlier, and by whom."),
        ),
        migrations.AddField(
            model_name="message",
            name="kind",
            field=models.CharField(blank=True, help_text="What was asked for.", max_length=20),
        ),
        migrations.AddField(
            model_name="message",
            name="person",
            field=models.BooleanField(default=False, help_text="A person was offered."),
        ),
        migrations.AddField(
            model_name="message",
            name="voice_faults",
            field=models.JSONField(
                default=list,
                help_text="[{rule, words}]: where it did not keep to the house's voice.",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="voice_score",
            field=models.FloatField(
                blank=True,
                help_text="From 0 to 1: how well it keeps to the house's voice.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="state",
            field=models.CharField(
                choices=[
                    ("pending", "Pending"),
                    ("streaming", "Streaming"),
                    ("complete", "Complete"),
                    ("failed", "Failed"),
                    ("stopped", "Stopped"),
                ],
                default="complete",
                max_length=10,
            ),
        ),
    ]
