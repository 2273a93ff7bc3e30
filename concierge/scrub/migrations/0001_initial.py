from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Pass",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("started", models.DateTimeField(auto_now_add=True)),
                ("finished", models.DateTimeField(blank=True, null=True)),
                (
                    "done",
                    models.JSONField(default=list, help_text="What was done, one sentence each."),
                ),
                (
                    "left",
                    models.JSONField(
                        default=list, help_text="What was not, one sentence each, and why."
                    ),
                ),
            ],
            options={"verbose_name_plural": "passes", "ordering": ["-started"]},
        ),
        migrations.CreateModel(
            name="Rewritten",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table", models.CharField(max_length=63, unique=True)),
                ("at", models.DateTimeField()),
                (
                    "deleted",
                    models.BigIntegerField(
                        help_text="Rows deleted by then, as the server counts them."
                    ),
                ),
                (
                    "counted_since",
                    models.DateTimeField(help_text="When that server was started."),
                ),
            ],
        ),
    ]
