"""Erasures, what the ledger is known of, and which session is of which browser."""

import uuid
from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from concierge.privacy.session_store import write_down


def write_down_sessions(apps: Any, _: Any) -> None:
    """Browsers that are here already are to be found as those to come."""
    write_down(apps.get_model("sessions", "Session"), apps.get_model("privacy", "BrowserSession"))


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("sessions", "0001_initial"),
        ("archive", "0021_likeness_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BrowserSession",
            fields=[
                ("session_key", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("browser", models.UUIDField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="LedgerMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveIntegerField(default=0)),
                ("hash", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("client", "The client asked for it"),
                            ("house", "The house asked for it"),
                            ("retention", "The time to keep it was over"),
                            ("off_record", "A conversation off the record ended"),
                            ("replay", "A restored backup had brought it back"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "visitors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), size=None
                    ),
                ),
                (
                    "clients",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), size=None
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        help_text="A keyed digest of the visitors' numbers.", max_length=64
                    ),
                ),
                (
                    "whom",
                    models.JSONField(
                        default=dict, help_text="Numbers of rows, until all are gone."
                    ),
                ),
                (
                    "found",
                    models.JSONField(default=dict, help_text="How much there was, by place."),
                ),
                ("asked", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "line",
                    models.PositiveIntegerField(
                        default=0, help_text="Of the ledger; 0: not yet there."
                    ),
                ),
                (
                    "held_until",
                    models.DateTimeField(
                        blank=True, help_text="Until when a process is at it.", null=True
                    ),
                ),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("finished", models.DateTimeField(blank=True, null=True)),
                (
                    "settled",
                    models.DateTimeField(
                        blank=True,
                        help_text="When it was last looked for anything that came after.",
                        null=True,
                    ),
                ),
                ("receipt", models.JSONField(blank=True, default=dict)),
                (
                    "brand",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="erasures",
                        to="archive.brand",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Of the staff; empty where it was the client or the product itself.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-asked"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled", None)),
                        fields=["asked"],
                        name="erasure_unsettled",
                    )
                ],
            },
        ),
        migrations.RunPython(write_down_sessions, migrations.RunPython.noop),
    ]
